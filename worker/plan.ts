/**
 * What one element of a write is, before it is sent: its row in the ledger, its stamp, and how a lost reply is settled.
 */
import { createHash } from 'node:crypto';
import { catalogue } from '../actions/index.ts';
import type { Action, Effect } from '../actions/types.ts';
import type { Write } from '../calls/ledger.ts';
import { effectOf } from '../halo/effect.ts';
import { isObject } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { routeOf } from '../halo/route.ts';
import type { RequestOptions } from '../halo/types.ts';
import type { Decision } from '../organizations/types.ts';
import type { CallRequest } from '../sdk/options.ts';
import { ticketNumber } from './compare.ts';
import { marksOf } from './marks.ts';

/**
 * What an attempt does about a lost reply. `repeat`: sending it again changes nothing. `look`: for the record that it
 * may have made. `compare`: what the record that it changes is now. `never`: nobody can know.
 */
type Settling = 'repeat' | 'look' | 'compare' | 'never';

export interface Plan {
  readonly action: Action;
  /** The declaration of the resource that is written, which for the generic request is found by its path. */
  readonly resource: Action;
  readonly write: Write;
  readonly settling: Settling;
  /** The element as it goes out, with `extra` and secrets, and without the stamp. */
  readonly sent: JsonObject;
  readonly element: unknown;
  readonly options: RequestOptions;
}

export interface Planned {
  readonly action: Action;
  readonly element: unknown;
  readonly index: number;
  /** Whether the input is an array, so that a business key stands for several records. */
  readonly isOneOfMany: boolean;
  readonly request: CallRequest;
  readonly decision: Decision;
  /** The generation of the Halo that the write goes to. */
  readonly halo: string;
  /** The root of the connection's organization tree. */
  readonly tree: string;
  /** Key of the call. */
  readonly call: string;
  /** Puts secrets in the place of their markers, which all that is stored is made from. */
  readonly reveal: <T>(value: T) => T;
}

/** Throws SchemaError for an element that cannot be sent. */
export function planWrite(planned: Planned): Plan {
  const { action, element, index, request, decision, tree, call } = planned;
  const sent = bodyOf(planned);
  const { path, resource } = placeOf(action, element);
  const effect = effectOn(effectOf(action, element), sent);
  const stamp = stampOf({ action: resource, effect, sent, planned });
  const { fields: _fields, secrets: _secrets, ...options } = request;
  return {
    action,
    resource,
    element,
    sent: planned.reveal(sent),
    settling: settlingOf(resource === action ? action : null, effect, sent),
    options: stamp === null ? options : { ...options, extra: { ...request.extra, ...stamp } },
    write: {
      call,
      index,
      connection: decision.connection.id,
      tree,
      host: planned.halo,
      action: action.id,
      resource: path,
      effect,
      stamp: stamp === null ? null : (Object.values(stamp)[0] ?? null),
      once: onceOf(planned),
      digest: createHash('sha256')
        .update(
          JSON.stringify([action.method, path, element === sent ? null : queryOf(element), canonical(sent)]),
        )
        .digest('hex'),
      marks: marksOf(resource, sent),
      application: decision.connection.clientId,
      ticket: ticketNumber(resource.ticket === undefined ? null : sent[resource.ticket]),
      takesTurns: effect === 'create' && resource.oneAtATime === true,
    },
  };
}

function onceOf({ request, isOneOfMany, index }: Planned): string | null {
  if (request.once === undefined) return null;
  return isOneOfMany ? `${request.once}/${index}` : request.once;
}

/** The record as Halo gets it; for a delete and the generic request what says which record. */
function bodyOf({ action, element, request }: Planned): JsonObject {
  if (action.method !== 'POST') {
    const { body } = (element ?? {}) as { readonly body?: unknown };
    const [only] = Array.isArray(body) && body.length === 1 ? (body as unknown[]) : [body];
    if (action.method === '*' && isObject(only)) return only;
    return isObject(element) ? element : {};
  }
  const [record] = routeOf(action, element, request.extra ? { extra: request.extra } : {})
    .body as readonly JsonObject[];
  return record ?? {};
}

/** Input beside the body: it says what is written too (the generic request's path and query). */
function queryOf(element: unknown): JsonObject {
  const { body: _body, ...rest } = isObject(element) ? element : {};
  return 'path' in rest ? (canonical(rest) as JsonObject) : {};
}

const byPath: ReadonlyMap<string, Action> = new Map(
  [...catalogue.values()]
    .filter(({ effect, method }) => effect === 'create' && method === 'POST')
    .map((action) => [action.path.toLowerCase(), action]),
);

function placeOf(action: Action, element: unknown): { path: string; resource: Action } {
  if (action.method !== '*') return { path: action.path.replace(/\/\{.*$/, ''), resource: action };
  const { path } = (element ?? {}) as { readonly path?: unknown };
  const plain = `/${String(path)
    .replace(/\?.*$/s, '')
    .split('/')
    .filter((segment) => segment !== '' && segment.toLowerCase() !== 'api')
    .join('/')}`;
  const known = byPath.get(plain.replace(/(\/-?\d+|\/object)$/i, '').toLowerCase());
  return { path: known?.path ?? plain, resource: known ?? action };
}

/** Halo creates when there is no id, or 0. */
function effectOn(effect: Effect, sent: JsonObject): Write['effect'] {
  if (effect !== 'upsert') return effect === 'read' ? 'upsert' : effect;
  return hasId(sent) ? 'update' : 'create';
}

const hasId = ({ id }: JsonObject): boolean =>
  id !== undefined && id !== null && id !== '' && id !== 0 && id !== '0';

function stampOf(given: {
  action: Action;
  effect: Write['effect'];
  sent: JsonObject;
  planned: Planned;
}): Readonly<Record<string, string>> | null {
  const { action, effect, sent, planned } = given;
  const { call, index } = planned;
  const isOurs = action === planned.action && effect === 'create' && action.stamp !== undefined;
  if (!isOurs || action.stamp === undefined || Object.hasOwn(sent, action.stamp)) return null;
  const hash = createHash('sha256').update(`${call}/${index}`).digest('hex').slice(0, 32);
  return { [action.stamp]: `haloflow:${hash}` };
}

function settlingOf(action: Action | null, effect: Write['effect'], sent: JsonObject): Settling {
  if (action === null || action.method === '*') return 'never';
  if (effect === 'delete') return 'repeat';
  if (effect === 'create') return action.reconcile ? 'look' : 'never';
  if (isRepeatable(sent)) return 'repeat';
  return action.reconcile?.get && action.reconcile.changed ? 'compare' : 'never';
}

const TIME = /time_?taken|traveltime|mileage|billabletime|nonbilltime|timeworked/i;
const FILE = /^(data_base64|data|file|attachments|images)$/i;

/** Sent twice, these are there twice: time, files, and rows without an id inside the record. */
function isRepeatable(sent: JsonObject): boolean {
  return Object.entries(sent).every(([name, value]) => {
    if (value === null || value === undefined || value === 0 || value === '') return true;
    if (TIME.test(name) || FILE.test(name)) return false;
    if (!Array.isArray(value)) return !isObject(value) || isRepeatable(value);
    return value.every((row) => !isObject(row) || (hasId(row) && isRepeatable(row)));
  });
}

/** The same value with its properties in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, canonical(value[name])]),
  );
}
