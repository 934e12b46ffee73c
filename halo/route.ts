import type { Action } from '../actions/types.ts';
import { SchemaError } from '../errors.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { RequestOptions } from './types.ts';

/** One request below `/api`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its placeholders filled in. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** To be sent as JSON; undefined for none. */
  readonly body?: unknown;
}

/** The request for one element of input, as the action declares it. Throws SchemaError. */
export function routeOf(action: Action, input: unknown, options: RequestOptions = {}): Route {
  const { method } = action;
  if (method === '*') throw new SchemaError(`${action.id} has no fixed route`);
  const given = inputObject(action, input);
  const { path, used } = fillPath(action, given);
  const rest = without(given, used);
  const extra = checkedExtra(action, options.extra);
  if (method !== 'POST') {
    return { method, path, query: queryOf({ ...action.query, ...rest }) };
  }
  const inQuery = action.queryInput ?? [];
  const asked = Object.fromEntries(Object.entries(rest).filter(([name]) => inQuery.includes(name)));
  const record = { ...without(rest, inQuery), ...extra, ...action.body };
  return { method, path, query: queryOf({ ...action.query, ...asked }), body: [record] };
}

/** Query parameters as Halo reads them: booleans as true and false, arrays comma separated, null left out. */
export function queryOf(values: JsonObject): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    query.set(name, queryText(value));
  }
  return query;
}

/** A copy of query parameters with some replaced, or removed by null. */
export function withQuery(
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}

function queryText(value: unknown): string {
  if (Array.isArray(value)) return value.map(queryText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The properties of `extra`, for writes only; an id there would turn a create into an update. */
function checkedExtra(action: Action, extra: RequestOptions['extra']): JsonObject {
  if (extra === undefined) return {};
  if (action.method !== 'POST' || action.effect === 'read') {
    throw new SchemaError(`${action.id}: extra is merged into the body of a write, and this is none`);
  }
  if (Object.hasOwn(extra, 'id')) {
    throw new SchemaError(`${action.id}: extra must not hold id: put it into the input`);
  }
  return extra;
}

function inputObject(action: Action, input: unknown): JsonObject {
  if (input === undefined || input === null) return {};
  if (isObject(input)) return input;
  throw new SchemaError(`${action.id}: the input must be an object`);
}

function fillPath(action: Action, input: JsonObject): { path: string; used: readonly string[] } {
  const used: string[] = [];
  const path = action.path.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => {
    used.push(name);
    const value = input[name];
    const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
    // An empty or dotted segment would be another route: DELETE /Tickets/ is not DELETE /Tickets/7.
    if (/^\.{0,2}$/.test(text))
      throw new SchemaError(`${action.id}: ${name} must be an id`, { details: { field: name } });
    return encodeURIComponent(text);
  });
  return { path, used };
}

function without(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
