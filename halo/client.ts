import type { Action } from '../actions/types.ts';
import { fileOf } from './download.ts';
import { eachElement } from './elements.ts';
import { executeGeneric } from './generic.ts';
import { checkServers } from './host.ts';
import { isObject } from './json.ts';
import { createPlaces } from './largeReplies.ts';
import { everyPage, onePage, rowLimit } from './paging.ts';
import { createPools } from './pools.ts';
import { probe } from './probe/probe.ts';
import type { ResolveName } from './pools.ts';
import { project } from './projection.ts';
import { isEmpty, recordOf, rowsOf } from './reply.ts';
import { tableOf } from './report.ts';
import { routeOf, withQuery } from './route.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { createTokens } from './tokens.ts';
import { createTransport } from './transport.ts';
import type { HaloCall, HaloClient } from './types.ts';

export interface HaloClientOptions {
  /** For one HTTP request, waiting for a socket and reading the reply included; default 60 seconds. */
  readonly requestTimeoutMs?: number;
  /** Largest JSON reply, default 32 MiB. */
  readonly maxReplyBytes?: number;
  /** How many replies over 256 KiB are read at a time, the others wait within their time limit; default all. */
  readonly largeReplies?: number;
  /** Largest file that a download action brings, default 20 MiB. */
  readonly maxDownloadBytes?: number;
  /** Sockets to one host at most, default 32. */
  readonly connectionsPerHost?: number;
  /** How long refused credentials are not tried again, default 30 seconds. */
  readonly refusalMs?: number;
  /** How host names are resolved; default the operating system's way. */
  readonly resolve?: ResolveName;
}

const MIB = 1024 * 1024;

/**
 * The client for any number of Halo instances (HaloPSA and HaloITSM have the same API). It keeps sockets and access
 * tokens, and nothing else: inputs are checked by the caller, and nothing is tried again but once after a 401, and after a
 * 429 in the middle of a call of several requests.
 */
export function createHaloClient(options: HaloClientOptions = {}): HaloClient {
  const { requestTimeoutMs = 60_000, connectionsPerHost = 32, refusalMs = 30_000, resolve } = options;
  const { maxReplyBytes = 32 * MIB, maxDownloadBytes = 20 * MIB } = options;
  const pools = createPools({
    connectionsPerHost,
    connectTimeoutMs: Math.min(10_000, requestTimeoutMs),
    ...(resolve === undefined ? {} : { resolve }),
  });
  const transport = createTransport(pools, requestTimeoutMs);
  const tokens = createTokens(transport, { refusalMs });
  const placeOf = options.largeReplies === undefined ? undefined : createPlaces(options.largeReplies);
  return {
    async execute(call) {
      call.signal?.throwIfAborted();
      const place = placeOf?.(call.credentials.connection);
      try {
        const session = openSession(call, {
          transport,
          tokens,
          maxReplyBytes: call.maxReplyBytes ?? maxReplyBytes,
          place,
        });
        return await executeWith(call, session, maxDownloadBytes);
      } finally {
        place?.leave();
      }
    },
    probe: (call) => probe(call, { transport, tokens, resolve }),
    async ready({ credentials, ...caller }) {
      checkServers(credentials);
      await tokens.get(credentials, caller);
    },
    async authenticate({ credentials, ...caller }) {
      checkServers(credentials);
      await tokens.renew(credentials, caller);
    },
    close: () => pools.close(),
  };
}

async function executeWith(call: HaloCall, session: Session, maxDownloadBytes: number): Promise<unknown> {
  const { action } = call;
  if (action.method === '*') return executeGeneric(call, session);
  if (action.items !== undefined) return list(call, session, action.items);
  if (action.errorKey !== undefined) return report(call, session);
  if (action.download === true) return download(call, session, maxDownloadBytes);
  if (action.method === 'DELETE') return remove(call, session);
  if (action.method === 'POST') return write(call, session);
  const answer = await session.send(routeOf(action, call.input, call.options));
  return project(recordOf(answer), call.options?.fields);
}

async function list(call: HaloCall, session: Session, items: NonNullable<Action['items']>): Promise<unknown> {
  const { action, options = {}, onProgress } = call;
  const limit = rowLimit(options);
  const route = routeOf(action, call.input, options);
  const read = async (query: Readonly<Record<string, string | null>>) => {
    const page = rowsOf(await session.send({ ...route, query: withQuery(route.query, query) }), items);
    if (page.total !== null) call.onTotal?.(page.total);
    return page;
  };
  if (action.paged !== true) return project((await read({})).rows.slice(0, limit), options.fields);
  const reader = {
    what: action.id,
    read,
    asked: isObject(call.input) ? call.input : {},
    options,
    onProgress,
  };
  return project(await (options.all === true ? everyPage(reader) : onePage(reader)), options.fields);
}

async function report(call: HaloCall, session: Session): Promise<unknown> {
  const { action, options = {} } = call;
  const limit = rowLimit(options);
  const { columns, rows } = tableOf(action, await session.send(routeOf(action, call.input, options)));
  return { columns, rows: project(rows.slice(0, limit), options.fields) };
}

async function download(call: HaloCall, session: Session, maxReplyBytes: number): Promise<unknown> {
  const route = routeOf(call.action, call.input, call.options);
  const name = route.path.slice(1).replaceAll('/', '-').toLowerCase();
  return fileOf(await session.send(route, { maxReplyBytes }), name);
}

/** Halo answers a delete with the deleted object, on some routes with nothing. */
async function remove(call: HaloCall, session: Session): Promise<unknown> {
  const answer = await session.send(routeOf(call.action, call.input, call.options));
  if (isEmpty(answer)) return { id: isObject(call.input) ? (call.input['id'] ?? null) : null };
  return project(recordOf(answer), call.options?.fields);
}

/** One request for each element; Halo answers with one object. */
async function write(call: HaloCall, session: Session): Promise<unknown> {
  const { action, input, options, onProgress } = call;
  const send = async (element: unknown): Promise<unknown> =>
    project(recordOf(await session.send(routeOf(action, element, options))), options?.fields);
  return Array.isArray(input) ? eachElement({ elements: input, send, onProgress }) : send(input);
}
