import type { Effect } from '../actions/types.ts';
import { SchemaError } from '../errors.ts';
import { effectOf } from './effect.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { everyPage, onePageQuery, rowLimit } from './paging.ts';
import { project } from './projection.ts';
import { isEmpty, jsonOf, refuseErrorBody, rowsOf } from './reply.ts';
import { queryOf, withQuery } from './route.ts';
import type { Route } from './route.ts';
import type { Session } from './session.ts';
import type { HaloCall } from './types.ts';

interface GenericInput {
  readonly method: Route['method'];
  readonly path: string;
  readonly query: JsonObject;
  readonly body?: unknown;
  readonly paged: boolean;
  readonly items: string | true | undefined;
  readonly effect: Effect;
}

const effects: readonly Effect[] = ['read', 'create', 'update', 'upsert', 'delete'];

/**
 * Any request below `/api`: the JSON of the reply, or the rows of all pages. A reply without content to a write
 * is null. Throws as declared actions do.
 */
export async function executeGeneric(call: HaloCall, session: Session): Promise<unknown> {
  const { options = {} } = call;
  const input = parse(call);
  const { method, path, effect } = input;
  const body = bodyOf(input);
  const route: Route = { method, path, query: queryOf(input.query), ...(body === undefined ? {} : { body }) };
  if (input.paged && options.all === true) {
    const rows = await everyPage({
      what: `${method} ${path}`,
      read: async (query) =>
        rowsOf(
          await session.send({ ...route, query: withQuery(route.query, query) }, { effect }),
          input.items,
        ),
      asked: input.query,
      options,
      onProgress: call.onProgress,
    });
    return project(rows, options.fields);
  }
  const limit = rowLimit(options);
  const paging = input.paged ? onePageQuery({ asked: input.query, options }) : {};
  const answer = await session.send({ ...route, query: withQuery(route.query, paging) }, { effect });
  if (method !== 'GET' && isEmpty(answer)) return null;
  const value = jsonOf(answer);
  refuseErrorBody(answer, value);
  return project(Array.isArray(value) ? value.slice(0, limit) : value, options.fields);
}

function parse({ action, input, options = {} }: HaloCall): GenericInput {
  if (!isObject(input)) throw new SchemaError('halo.request: the input must be an object');
  const { query, items, body } = input;
  const method = String(input['method']).toUpperCase();
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') {
    throw new SchemaError(`halo.request: method must be GET, POST or DELETE, not ${method}`);
  }
  if (query !== undefined && query !== null && !isObject(query)) {
    throw new SchemaError('halo.request: query must be an object');
  }
  const { path, inPath } = parsePath(input['path']);
  const effect = effectOf(action, input);
  if (!effects.includes(effect)) {
    throw new SchemaError('halo.request: effect must be read, create, update, upsert or delete');
  }
  if (effect !== 'read' && (input['paged'] === true || options.all === true)) {
    throw new SchemaError(
      `halo.request: ${method} ${path} counts as a write, which is sent once: leave out paged and the option all, or say effect: "read" if it only reads`,
    );
  }
  return {
    method,
    path,
    query: { ...inPath, ...query },
    body,
    paged: input['paged'] === true || (input['paged'] === undefined && options.all === true),
    items: typeof items === 'string' || items === true ? items : undefined,
    effect,
  };
}

/** A path below `/api`, which may be written with `/api` and with a query. Nothing else of the host is reachable. */
function parsePath(given: unknown): { path: string; inPath: JsonObject } {
  const text = typeof given === 'string' ? given.trim() : '';
  const refuse = (reason: string): never => {
    throw new SchemaError(`halo.request: path ${reason}: give a path below /api, such as /Tickets/7`);
  };
  if (text === '') refuse('is missing');
  if (/^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(text)) refuse('must not name a host');
  if (/[\\#\p{Cc}]/u.test(text)) refuse('holds a character that paths do not have');
  const [pathname = '', search = ''] = text.split(/\?(.*)/s);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (segments[0]?.toLowerCase() === 'api') segments.shift();
  if (segments.length === 0) refuse('is empty');
  const plain = segments.map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return refuse('is not well encoded');
    }
  });
  if (plain.some((segment) => /^\.{1,2}$/.test(segment) || /[/\\]/.test(segment)))
    refuse('must not climb up');
  return {
    path: plain.map((segment) => `/${encodeURIComponent(segment)}`).join(''),
    inPath: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** Halo's POST routes take arrays; only those that end in /Object take a single object. */
function bodyOf({ method, path, body }: GenericInput): unknown {
  if (method !== 'POST') {
    if (body !== undefined) throw new SchemaError(`halo.request: a ${method} has no body`);
    return undefined;
  }
  return isObject(body) && !/\/object$/i.test(path) ? [body] : body;
}
