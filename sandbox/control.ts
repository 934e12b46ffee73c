import { json, type Reply } from './http/reply.ts';
import type { Fault } from './http/faults.ts';
import { findResource } from './resources/index.ts';
import { parseHaloDate } from './rest/dates.ts';
import { fullRecord } from './rest/read.ts';
import { Refusal } from './rest/refusal.ts';
import { Query } from './rest/query.ts';
import { DELETED } from './rest/table.ts';
import { writeRecords } from './rest/write.ts';
import { mergeSettings } from './settings.ts';
import type { Tenant } from './tenant.ts';

/** The agent that records typed in by hand are from. */
const HUMAN_AGENT = 3;

export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

type Handler = (tenant: Tenant, request: ControlRequest, name: string) => Reply;

const done = json(200, { ok: true });

const HANDLERS: Readonly<Record<string, Handler>> = {
  'POST reset': (tenant) => {
    tenant.reset();
    return done;
  },
  'POST backups': (tenant, _request, name) => {
    tenant.backUp(name);
    return done;
  },
  'POST restore': (tenant, _request, name) => {
    tenant.restore(name);
    return done;
  },
  'GET requests': (tenant, { url }) =>
    json(200, tenant.log.since(Number(url.searchParams.get('since') ?? 0))),
  'DELETE requests': (tenant) => {
    tenant.log.clear();
    return done;
  },
  'GET faults': (tenant) => json(200, tenant.faults.list()),
  'POST faults': (tenant, { body }) => {
    tenant.faults.add(JSON.parse(body) as Fault);
    return done;
  },
  'DELETE faults': (tenant) => {
    tenant.faults.clear();
    return done;
  },
  'GET settings': (tenant) => json(200, tenant.settings),
  'POST settings': (tenant, { body }) => {
    tenant.settings = mergeSettings(tenant.settings, JSON.parse(body));
    return json(200, tenant.settings);
  },
  'GET limits': (tenant, { url }) => {
    const { requests, perSeconds } = tenant.settings.rateLimit;
    const asked = Number(url.searchParams.get('perSeconds')) || perSeconds;
    return json(200, tenant.limiter.report({ requests, perSeconds: asked }));
  },
  'GET records': (tenant, { url }, name) => json(200, records(tenant, name, url.searchParams)),
  'POST records': (tenant, request, name) => write(tenant, name, request),
};

/** Answers `/_control/…`: what tests and demos do to a tenant behind the back of its clients. */
export function answerControl(tenant: Tenant, request: ControlRequest): Reply {
  const [, what = '', name = ''] = request.url.pathname.split('/').filter((part) => part !== '');
  const handler = HANDLERS[`${request.method} ${what.toLowerCase()}`];
  if (!handler) return json(404, { error: `there is no control ${request.method} ${request.url.pathname}` });
  try {
    return handler(tenant, request, name);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function resourceOf(name: string) {
  const resource = findResource(name);
  if (!resource) throw new Error(`there is no resource ${name}`);
  return resource;
}

/** All records of a resource in full; parameters are properties that must be equal, `deleted=true` adds deleted ones. */
function records(tenant: Tenant, name: string, parameters: URLSearchParams): readonly unknown[] {
  const resource = resourceOf(name);
  const conditions = [...parameters].filter(([field]) => field !== 'deleted');
  const deleted = parameters.get('deleted') === 'true';
  return tenant.work((context) =>
    tenant.db
      .table(resource.table)
      .all()
      .filter(
        (row) =>
          (deleted || !row[DELETED]) && conditions.every(([field, value]) => String(row[field]) === value),
      )
      .map((row) => fullRecord(resource, row, context)),
  );
}

/**
 * Creates or updates as a person at the screen would: with all rules and events, without a token. `newId=N` creates one
 * record with that id, and `now=DATE` with everything at that time: one that was begun before others and is only
 * visible after them.
 */
function write(tenant: Tenant, name: string, { body, url }: ControlRequest): Reply {
  const resource = resourceOf(name);
  const newId = Number(url.searchParams.get('newId') ?? 0);
  const now = parseHaloDate(url.searchParams.get('now') ?? '');
  const many = body.trimStart().startsWith('[');
  const query = new Query(many ? [['returnall', 'true']] : []);
  return tenant.work(
    (context) =>
      writeRecords(resource, many ? body : `[${body}]`, query, {
        ...context,
        ...(newId > 0 && { newId }),
        ...(now !== null && { now }),
      }),
    HUMAN_AGENT,
  );
}
