/** One look into Halo for the record that a lost write may have made. */
import { findAction } from '../actions/index.ts';
import { HaloNotFoundError } from '../errors.ts';
import { isObject, wholeNumber } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { haloTime } from './compare.ts';
import { isStamp, judge, madeAt, notBefore } from './judge.ts';
import type { Evidence, Verdict } from './judge.ts';

/** Reads with the credentials of the write. Throws as every call does. */
export type Read = (action: string, input: JsonObject) => Promise<unknown>;

export interface Sight {
  /** Everything that was made since the write has been seen. */
  readonly isComplete: boolean;
  /** Carries the stamp. */
  readonly ours: JsonObject | null;
  readonly equal: readonly JsonObject[];
  readonly unclear: readonly JsonObject[];
  /** A record has been seen that shows a stamp, so that Halo keeps them. */
  readonly showsStamps: boolean;
}

export interface Looking {
  readonly read: Read;
  readonly evidence: Evidence;
  /** Which of these records are known to be of other writes. */
  readonly claimed: (records: readonly JsonObject[]) => Promise<readonly JsonObject[]>;
}

const PAGE = 100;
const MOST_PAGES = 20;
const MOST_READ = 100;

/** Looks once. Throws as reads do. */
export async function look(looking: Looking): Promise<Sight> {
  const { rows, isComplete } = await newRows(looking);
  const showsStamps = rows.some((row) => hasStamp(looking.evidence, row));
  const evidence = showsStamps ? { ...looking.evidence, stamps: 'kept' as const } : looking.evidence;
  const found = rows.find((row) => judge(evidence, row, false) === 'ours');
  const nothing = { equal: [], unclear: [], showsStamps };
  // Deleted since, it was made all the same.
  if (found) return { ...nothing, isComplete, ours: (await inFull(looking, found)) ?? found };
  const likely = rows.filter((row) => isLikely(evidence, row, { showsStamps, isSorted: isDescending(rows) }));
  const claimed = await looking.claimed(likely);
  const open = likely.filter((row) => !claimed.includes(row));
  const { seen, isAll } = await readNew(looking, open);
  const known = seen.map(({ record }) => record).filter((record) => record !== null);
  const verdicts = new Map(known.map((record) => [record, judge(evidence, record, true)]));
  const those = (wanted: Verdict): JsonObject[] => known.filter((record) => verdicts.get(record) === wanted);
  // Gone between the list and the look at it, it may have been ours.
  const gone = seen
    .filter(({ row, record }) => record === null && judge(evidence, row, false) !== 'renamed')
    .map(({ row }) => row);
  return {
    isComplete: isComplete && isAll,
    ours: those('ours')[0] ?? null,
    equal: those('equal'),
    unclear: [...those('unclear'), ...gone],
    showsStamps: showsStamps || known.some((record) => hasStamp(evidence, record)),
  };
}

interface Order {
  readonly showsStamps: boolean;
  readonly isSorted: boolean;
}

/** Whether a row is worth a second look. A list that shows stamps shows ours too. */
function isLikely(evidence: Evidence, row: JsonObject, { showsStamps, isSorted }: Order): boolean {
  const verdict = judge(evidence, row, showsStamps);
  // Without an order there is no end to what would have to be read.
  return verdict !== 'other' && (verdict !== 'renamed' || isSorted);
}

interface Seen {
  readonly row: JsonObject;
  /** Null when it is gone. */
  readonly record: JsonObject | null;
}

const TOGETHER = 5;

/** The rows in full, newest first, down to the first that was made before the write. */
async function readNew(
  looking: Looking,
  rows: readonly JsonObject[],
): Promise<{ readonly seen: readonly Seen[]; readonly isAll: boolean }> {
  const { reconcile, sent, since } = looking.evidence;
  const seen: Seen[] = [];
  for (let from = 0; from < Math.min(rows.length, MOST_READ); from += TOGETHER) {
    const some = rows.slice(from, Math.min(from + TOGETHER, MOST_READ));
    seen.push(...(await Promise.all(some.map(async (row) => ({ row, record: await inFull(looking, row) })))));
    const last = seen.at(-1)?.record;
    const time = last ? notBefore(reconcile, sent, last) : null;
    if (isDescending(rows) && time !== null && time < since()) return { seen, isAll: true };
  }
  return { seen, isAll: seen.length === rows.length };
}

/** Halo that was seen to drop stamps is believed to keep them when a write of its own tells. */
function hasStamp({ action, stamps }: Evidence, row: JsonObject): boolean {
  return stamps !== 'dropped' && action.stamp !== undefined && isStamp(row[action.stamp]);
}

/** The record in full; null when it is gone. */
async function inFull({ read, evidence }: Looking, row: JsonObject): Promise<JsonObject | null> {
  const { get, getBy = [] } = evidence.reconcile;
  if (get === undefined) return row;
  try {
    const input = Object.fromEntries(
      ['id', ...getBy].map((name) => [name, row[name] ?? evidence.sent[name]]),
    );
    const record = await read(get, input);
    return isObject(record) ? { ...row, ...record } : row;
  } catch (error) {
    if (error instanceof HaloNotFoundError) return null;
    throw error;
  }
}

interface Rows {
  readonly rows: readonly JsonObject[];
  readonly isComplete: boolean;
}

/** The rows of the list down to the first that was made before the write. */
async function newRows(looking: Looking): Promise<Rows> {
  const { read, evidence } = looking;
  const { list, query = {}, by = [], around = {} } = evidence.reconcile;
  const narrowed = by.filter((name) => evidence.sent[name] !== undefined && evidence.sent[name] !== null);
  const input = {
    ...query,
    ...Object.fromEntries(narrowed.map((name) => [name, moved(evidence.sent[name], around[name])])),
  };
  if (findAction(list)?.paged !== true) return { rows: objects(await read(list, input)), isComplete: true };
  const rows: JsonObject[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const paging = { order: 'id', orderdesc: true, pageinate: true, page_size: PAGE, page_no: page };
    const fresh = objects(await read(list, { ...input, ...paging }));
    if (fresh.length === 0) return { rows, isComplete: true };
    // What was made between two pages moves rows to the next one, where they are seen again.
    const seen = new Set(rows.map(({ id }) => wholeNumber(id)));
    rows.push(...fresh.filter(({ id }) => !seen.has(wholeNumber(id))));
    if (isDescending(rows) && (await endsBefore(looking, fresh))) return { rows, isComplete: true };
  }
  return { rows, isComplete: false };
}

const DAY_MS = 24 * 3600_000;

/** A date some days before or after, as Halo takes it; anything else as it is. */
function moved(value: unknown, days = 0): unknown {
  const at = days === 0 ? null : haloTime(value);
  return at === null ? value : new Date(at + days * DAY_MS).toISOString().slice(0, 19);
}

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Whether Halo kept to the order asked for; then a later row is an older record. */
function isDescending(rows: readonly JsonObject[]): boolean {
  const ids = rows.map(({ id }) => wholeNumber(id));
  return ids.every((id, at) => id !== null && (at === 0 || id <= (ids[at - 1] ?? Infinity)));
}

/** Whether the last row of a page, and so all that follow, were made before the write. */
async function endsBefore(looking: Looking, page: readonly JsonObject[]): Promise<boolean> {
  const { reconcile, sent, since } = looking.evidence;
  const last = page.at(-1);
  if (!last) return true;
  const shown = madeAt(reconcile, sent, last);
  const full = shown === null ? await inFull(looking, last) : last;
  const time = full && notBefore(reconcile, sent, full);
  return time !== null && time < since();
}
