import { findAction } from '../actions/index.ts';
import type { KnownWrite } from '../calls/ledger.ts';
import { HaloNotFoundError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { isStamp } from './judge.ts';
import { madeOf } from './made.ts';
import type { Plan } from './plan.ts';
import type { Settlement } from './settle.ts';

/** The record that the ledger holds under an id, as the Halo that is asked now has it. */
export interface ReadAgain {
  /** What is kept of it. */
  readonly record: unknown;
  /** It carries our stamp or, where either shows none, has the same date of creation: also in another Halo it is ours. */
  readonly isProven: boolean;
  /** It carries the stamp of another write or, where either shows none, was made at another time. */
  readonly isOfAnother: boolean;
}

type Written = Pick<KnownWrite, 'haloId' | 'stamp' | 'made' | 'result'>;

/**
 * Reads the record of a write by its id; null when it is not there, or cannot be read one by one.
 *
 * @throws what reading throws otherwise.
 */
export async function readAgain(
  { plan, read, kept }: Settlement,
  written: Written,
): Promise<ReadAgain | null> {
  const get = readerOf(plan);
  const input = get === null ? null : inputOf(plan, written);
  if (get === null || input === null) return null;
  let record: unknown;
  try {
    record = await read(get, input);
  } catch (error) {
    if (error instanceof HaloNotFoundError) return null;
    throw error;
  }
  return isObject(record) ? { record: kept(record), ...proofOf(plan, record, written) } : null;
}

function proofOf(plan: Plan, record: JsonObject, written: Written): Omit<ReadAgain, 'record'> {
  const shown = record[plan.resource.stamp ?? ''];
  if (written.stamp !== null && isStamp(shown)) {
    const isOurs = shown === written.stamp;
    return { isProven: isOurs, isOfAnother: !isOurs };
  }
  const made = written.made ?? madeOf(plan, written.result);
  const seen = madeOf(plan, record);
  if (made === null || seen === null) return { isProven: false, isOfAnother: false };
  const { date = [], changed = '' } = plan.resource.reconcile ?? {};
  // A change only moves this date on.
  const isOfAnother = date.includes(changed) ? seen < made : seen !== made;
  return { isProven: seen === made, isOfAnother };
}

/** What names the record of a write, where nothing else is known of it: `{ id }`. */
export function namesOf({ resource }: Plan, { haloId }: Pick<KnownWrite, 'haloId'>): JsonObject {
  const parts = haloId?.split('/') ?? [];
  const names = resource.identity ?? ['id'];
  if (parts.length !== names.length) return {};
  return Object.fromEntries(names.map((name, at) => [name, plain(parts[at] ?? '')]));
}

/** The action that reads one record of the resource, or null. */
function readerOf({ resource }: Plan): string | null {
  const get = resource.reconcile?.get ?? `${resource.id.split('.')[0]}.get`;
  return findAction(get) ? get : null;
}

function inputOf(plan: Plan, written: Pick<KnownWrite, 'haloId'>): JsonObject | null {
  const { resource, sent } = plan;
  const known = namesOf(plan, written);
  if (Object.keys(known).length === 0) return null;
  const wanted = ['id', ...(resource.reconcile?.getBy ?? [])];
  return Object.fromEntries(wanted.map((name) => [name, known[name] ?? sent[name]]));
}

const plain = (part: string): string | number => (/^-?\d{1,15}$/.test(part) ? Number(part) : part);
