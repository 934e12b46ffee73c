/** Whether a record that Halo shows is the one that a lost write has made. */
import type { Action, Reconcile } from '../actions/types.ts';
import type { Stamps } from '../calls/proofs.ts';
import type { JsonObject } from '../halo/json.ts';
import { differs, fileSize, haloTime, isInstruction, isShown, sameValue } from './compare.ts';

/**
 * `ours`: it carries the stamp. `other`: certainly another record. `equal`: every property sent is there as it was
 * sent. `unclear`: too like to be passed over, too unlike to be taken; the record in full may tell. `renamed`: it is
 * called otherwise, and a row of a list does not show whether it was always.
 */
export type Verdict = 'ours' | 'other' | 'equal' | 'unclear' | 'renamed';

/** What a lost write left to go by. */
export interface Evidence {
  readonly action: Action;
  readonly reconcile: Reconcile;
  /** What was sent, without the stamp. */
  readonly sent: JsonObject;
  readonly stamp: string | null;
  /** Whether Halo is known to keep stamps: then only a stamped record is ours. Known not to: it is as if none was sent. */
  readonly stamps: Stamps;
  /** Nothing made before this is ours, milliseconds since 1970 by Halo's clock, as far as that is known by now. */
  readonly since: () => number;
  /** The agent whose credentials sent it, or null when that is not known. */
  readonly agent: { readonly id: unknown; readonly name: unknown } | null;
}

/** `isFull`: not a thin row of a list, where a property that is missing means nothing. */
export function judge(evidence: Evidence, record: JsonObject, isFull: boolean): Verdict {
  const byStamp = judgeStamp(evidence, record, isFull);
  if (byStamp !== 'unclear') return byStamp;
  const { reconcile, sent } = evidence;
  const made = madeAt(reconcile, sent, record);
  const latest = notBefore(reconcile, sent, record);
  if (latest !== null && latest < evidence.since()) return 'other';
  const agent = judgeAgent(evidence, record);
  if (agent === 'other') return 'other';
  if (reconcile.names.some((name) => isShown(sent[name]) && differs(sent[name], record[name]))) {
    if (!isFull && !isTelling(evidence, record)) return 'renamed';
    if (!mayBeRenamed(evidence, record)) return 'other';
  }
  const isSure = made !== null && agent === 'fits' && !isStampMissed(evidence, record);
  const fits = Object.entries(sent).every(([name, value]) => holdsSent({ reconcile, record, name, value }));
  return isSure && fits ? 'equal' : 'unclear';
}

function judgeStamp({ action, stamp, stamps }: Evidence, record: JsonObject, isFull: boolean): Verdict {
  if (stamp === null || action.stamp === undefined) return 'unclear';
  const shown = record[action.stamp];
  if (shown === stamp) return 'ours';
  if (isStamp(shown)) return 'other';
  // Something else than a stamp may have been written over it.
  return stamps === 'kept' && isFull && !hasText(shown) ? 'other' : 'unclear';
}

/** Sent with a stamp that did not come back, by a Halo that may keep stamps: equal or not, it may be anybody's. */
function isStampMissed({ action, stamp, stamps }: Evidence, record: JsonObject): boolean {
  if (stamp === null || action.stamp === undefined) return false;
  return stamps !== 'dropped' || hasText(record[action.stamp]);
}

const hasText = (shown: unknown): boolean => isShown(shown) && shown !== '';

/** Whether it is a stamp of haloflow's. */
export function isStamp(shown: unknown): boolean {
  return typeof shown === 'string' && shown.startsWith('haloflow:');
}

/** Whether a row of a list shows all by which a record that was renamed could be known. */
function isTelling({ action, reconcile, sent, stamp, stamps }: Evidence, row: JsonObject): boolean {
  const hidesStamp = stamp !== null && stamps !== 'dropped' && row[action.stamp ?? ''] === undefined;
  if (hidesStamp) return false;
  const { date, changed } = reconcile;
  if (date === undefined || changed === undefined) return true;
  return madeAt(reconcile, sent, row) !== null && row[changed] !== undefined;
}

/** Changed after it was made, and equal in all but what tells records apart. */
function mayBeRenamed({ reconcile, sent }: Evidence, record: JsonObject): boolean {
  if (!wasEdited(reconcile, sent, record)) return false;
  return Object.entries(sent).every(
    ([name, value]) =>
      reconcile.names.includes(name) || !isShown(record[name]) || !differs(value, record[name]),
  );
}

/** Halo stamps both times of a new record within this. */
const SAME_MOMENT_MS = 2_000;

function wasEdited(reconcile: Reconcile, sent: JsonObject, record: JsonObject): boolean {
  const made = madeAt(reconcile, sent, record);
  const changed = reconcile.changed === undefined ? null : haloTime(record[reconcile.changed]);
  return made !== null && changed !== null && changed > made + SAME_MOMENT_MS;
}

/** When the record was made, by a property that Halo and not the author has set. */
export function madeAt(reconcile: Reconcile, sent: JsonObject, record: JsonObject): number | null {
  const names = (reconcile.date ?? []).filter((name) => !isShown(sent[name]));
  return names.map((name) => haloTime(record[name])).find((time) => time !== null) ?? null;
}

/** A moment that is not before the record was made: its last change, where it does not say more. */
export function notBefore(reconcile: Reconcile, sent: JsonObject, record: JsonObject): number | null {
  const made = madeAt(reconcile, sent, record);
  return made ?? (reconcile.changed === undefined ? null : haloTime(record[reconcile.changed]));
}

function judgeAgent({ reconcile, sent, agent }: Evidence, record: JsonObject): 'fits' | 'other' | 'unknown' {
  if (reconcile.agent === undefined) return 'fits';
  const { property, is, mayDiffer = false } = reconcile.agent;
  const shown = record[property];
  // Set by the author, or not shown: it says nothing about who has sent it.
  if (isShown(sent[property]) || !isShown(shown) || shown === '') return 'fits';
  if (agent === null) return 'unknown';
  if (sameValue(agent[is], shown)) return 'fits';
  return mayDiffer ? 'unknown' : 'other';
}

interface Property {
  readonly reconcile: Reconcile;
  readonly record: JsonObject;
  readonly name: string;
  readonly value: unknown;
}

function holdsSent({ reconcile, record, name, value }: Property): boolean {
  const size = reconcile.sizes?.[name];
  if (size !== undefined) return !isShown(record[size]) || Number(record[size]) === fileSize(value);
  const shown = record[name];
  if (isShown(shown)) return sameValue(value, shown, name);
  return isInstruction(name, value) || reconcile.silent?.includes(name) === true;
}
