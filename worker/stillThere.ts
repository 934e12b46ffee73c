import { findAction } from '../actions/index.ts';
import type { OnceHolder } from '../calls/onceKeys.ts';
import { HaloNotFoundError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { isStamp } from './judge.ts';
import { madeOf } from './made.ts';
import type { Plan } from './plan.ts';
import type { Settlement } from './settle.ts';

/**
 * Whether the Halo that is asked now has a record that the ledger holds as made on another one, or before Halo went back:
 * the record that has its id there carries our stamp or, where neither shows one, the same date of creation.
 *
 * @throws what reading throws, but for a record that is not there.
 */
export async function isStillThere({ plan, read }: Settlement, holder: OnceHolder): Promise<boolean> {
  const get = readerOf(plan);
  const input = get === null ? null : inputOf(plan, holder);
  if (get === null || input === null) return false;
  let record: unknown;
  try {
    record = await read(get, input);
  } catch (error) {
    if (error instanceof HaloNotFoundError) return false;
    throw error;
  }
  if (!isObject(record)) return false;
  const shown = record[plan.resource.stamp ?? ''];
  if (holder.stamp !== null && isStamp(shown)) return shown === holder.stamp;
  const made = madeOf(plan, record);
  return made !== null && made === (holder.made ?? madeOf(plan, holder.result));
}

/** The action that reads one record of the resource, or null. */
function readerOf({ resource }: Plan): string | null {
  const get = resource.reconcile?.get ?? `${resource.id.split('.')[0]}.get`;
  return findAction(get) ? get : null;
}

function inputOf({ resource, sent }: Plan, { haloId }: OnceHolder): JsonObject | null {
  if (haloId === null) return null;
  const names = resource.identity ?? ['id'];
  const parts = haloId.split('/');
  if (parts.length !== names.length) return null;
  const known = Object.fromEntries(names.map((name, at) => [name, plain(parts[at] ?? '')]));
  const wanted = ['id', ...(resource.reconcile?.getBy ?? [])];
  return Object.fromEntries(wanted.map((name) => [name, known[name] ?? sent[name]]));
}

const plain = (part: string): string | number => (/^-?\d{1,15}$/.test(part) ? Number(part) : part);
