/**
 * What the rows of a reading say of a feed's past: whether Halo's ids went back, as after a restore from a backup. Pure;
 * what it cannot tell from rows it names, to be read.
 */
import type { FeedRow } from './source.ts';

/** The newest records that a feed has read, newest first: id and date of creation, milliseconds. */
export type Newest = readonly (readonly [number, number | null])[];

/** So many are kept. */
const KEPT = 100;

/** What a feed knows from before. */
export interface Past {
  /** The largest id read. */
  readonly mark: number;
  readonly newest: Newest;
  /** Ids that it has read, beside those up to the floor. */
  readonly isRead: (id: number) => boolean;
  /** The last good poll, by Halo's clock, milliseconds. */
  readonly lastGood: number;
}

/** The newest records with those that were read now. */
export function withRows(newest: Newest, rows: readonly FeedRow[]): Newest {
  const known = new Map(newest);
  for (const { id, occurredAt } of rows) known.set(id, occurredAt?.getTime() ?? known.get(id) ?? null);
  return [...known].sort(([left], [right]) => right - left).slice(0, KEPT);
}

const isAfter = ({ occurredAt }: FeedRow, moment: number): boolean =>
  occurredAt !== null && occurredAt.getTime() > moment;

/** `same` and `changed` are records that were known, by their date; the others were not known. */
type Kind = 'same' | 'changed' | 'made since' | 'older';

function kindOf({ newest, lastGood }: Past, known: ReadonlyMap<number, number | null>, row: FeedRow): Kind {
  const before = known.get(row.id);
  if (before === undefined) return isAfter(row, lastGood) ? 'made since' : 'older';
  const now = row.occurredAt?.getTime() ?? null;
  return before === null || now === null || before === now || newest.length === 0 ? 'same' : 'changed';
}

/** Clocks apart, and creations that took long: what is this much older than the last good poll may still be new. */
const SLACK_MS = 600_000;

/** Whether a second look is worth its requests: a known record has another date, or there is one where none can be. */
export function isSuspicious(past: Past, rows: readonly FeedRow[]): boolean {
  const known = new Map(past.newest);
  if (known.size === 0) return false;
  const kinds = rows.map((row) => [row, kindOf(past, known, row)] as const);
  const isKnown = kinds.some(([, kind]) => kind === 'same');
  return kinds.some(
    ([row, kind]) =>
      kind === 'changed' ||
      (kind === 'made since' && row.id <= past.mark) ||
      // Never read and old: restored or imported records, or all the records of another database.
      (kind === 'older' &&
        !isKnown &&
        !past.isRead(row.id) &&
        !isAfter(row, past.lastGood - SLACK_MS) &&
        row.occurredAt !== null),
  );
}

/**
 * `none`: nothing went back. `back`: the same database, at an earlier point; the lowest of `candidates` that was created
 * since is the first of the new generation. `other`: another database.
 */
export type Sight =
  | { readonly is: 'none' }
  | { readonly is: 'other' }
  | { readonly is: 'back'; readonly candidates: readonly Candidate[] };

/** One date may have been edited. */
const ENOUGH = 2;

export interface Candidate {
  readonly id: number;
  /** Whether it was known with another date: an edited date, or another record. */
  readonly changed: boolean;
}

/**
 * Judges the newest records that Halo has now.
 *
 * @param probes Known records, read one by one where the newest show none of them; those that are gone are left out.
 * @param agreement How many of the older ones that the newest show have the date that events have for them.
 */
export async function judge(
  past: Past,
  top: readonly FeedRow[],
  more: { readonly probes: readonly FeedRow[]; readonly agreement: () => Promise<Agreement> },
): Promise<Sight> {
  const known = new Map(past.newest);
  const kinds = [...top, ...more.probes].map((row) => [row, kindOf(past, known, row)] as const);
  const ids = (wanted: Kind): number[] => kinds.flatMap(([{ id }, kind]) => (kind === wanted ? [id] : []));
  // In the same database everything up to the last one that stayed has stayed, and all above it is new.
  const stayed = Math.max(0, ...ids('same'));
  const changed = new Set(ids('changed'));
  if (stayed === 0) {
    const otherwise = kinds.filter(([row, kind]) => kind === 'changed' && !isAfter(row, past.lastGood));
    const above = ids('older').filter((id) => id > past.mark);
    if (otherwise.length >= ENOUGH || (changed.size === 0 && above.length >= ENOUGH)) return { is: 'other' };
  }
  const candidates = [...new Set([...changed, ...ids('made since').filter((id) => id <= past.mark)])]
    .filter((id) => id > stayed)
    .sort((left, right) => left - right)
    .map((id) => ({ id, changed: changed.has(id) }));
  if (candidates.length === 0) return { is: 'none' };
  if (stayed > 0) return { is: 'back', candidates };
  const { same, other } = await more.agreement();
  return other > same ? { is: 'other' } : { is: 'back', candidates };
}

export interface Agreement {
  readonly same: number;
  readonly other: number;
}

/** The known records worth reading one by one: some of the newest, and some below them. */
export function probesOf({ newest }: Past): readonly number[] {
  const ids = newest.map(([id]) => id);
  const step = Math.max(1, Math.floor(ids.length / 6));
  return [...new Set([...ids.slice(0, 2), ...ids.filter((_, at) => at % step === 0)])].slice(0, 6);
}
