/** Starts the runs of decided rows: each once, whatever has happened before. */
import { ServiceError } from '@temporalio/client';
import { inArray } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import type { Configuration, Overrides } from '../../organizations/types.ts';
import { runs } from '../../store/schema/runs.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { launchRun, maybeStarted } from '../start.ts';
import type { NewRun, Starter } from '../start.ts';
import type { EventRow } from '../types.ts';
import { isTemporalAway, markFor } from './failure.ts';
import type { Mark } from './marks.ts';
import { NEVER_SEEN } from '../runEnds/ends.ts';
import { slots } from './slots.ts';
import type { Slots } from './slots.ts';

/** More do not make Temporal start more in a second. */
const AT_A_TIME = 20;
/** Of one start; a busy server needs 0.1 s. */
const START_TIMEOUT_MS = 10_000;

/** A run that an earlier try has decided on. */
export interface KnownRun extends NewRun {
  /** Temporal has told of its end. It may have forgotten the run since then, and would start it once more. */
  readonly hasEnded?: boolean;
}

export interface Starts {
  /** Starts the run, or finds it started; what to mark its row with. */
  start(row: EventRow, run: KnownRun): Promise<Mark>;
}

/** The line of starts, for all dispatches that share it. */
export const createStartLine = (): Slots => slots(AT_A_TIME);

export function createStarts(starter: Starter, configuration: Configuration, line: Slots): Starts {
  // Rows of one batch share a run.
  const started = new Map<string, Promise<void>>();
  let away: { readonly error: unknown } | null = null;

  async function launch(run: NewRun): Promise<void> {
    if (away) throw away.error;
    try {
      await starter.client.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
        launchRun(starter, configuration, run, { once: true }),
      );
    } catch (error) {
      const named = isLate(error) ? late(error) : error;
      // The other rows need not wait for their deadlines to learn the same.
      if (isTemporalAway(named)) away = { error: named };
      throw named;
    }
  }

  return {
    async start(row, run) {
      if (run.hasEnded) return { row, status: 'accepted', reason: null };
      const starting = started.get(run.id) ?? line(() => launch(run));
      started.set(run.id, starting);
      try {
        await starting;
        return { row, status: 'accepted', reason: null };
      } catch (error) {
        const mark = markFor(row, error);
        // Of a row that was decided before, an earlier try may have reached Temporal.
        const isFirst = row.workflowId === null;
        if (mark.status === 'failed' && isFirst && !maybeStarted(error)) await forget(starter.store, run.id);
        return mark;
      }
    },
  };
}

/** gRPC's DEADLINE_EXCEEDED. */
const isLate = (error: unknown): boolean =>
  error instanceof ServiceError && (error.cause as { readonly code?: unknown } | undefined)?.code === 4;

const late = (error: unknown): ServiceError =>
  new ServiceError(
    `Temporal did not answer within ${START_TIMEOUT_MS / 1_000} s when it was asked to start the run`,
    { cause: (error as ServiceError).cause as Error },
  );

/** A run that was never started is none. */
async function forget(store: Store, run: string): Promise<void> {
  await retrying(() => store.db.delete(runs).where(inArray(runs.id, [run])));
}

/** The runs that earlier tries have decided on, by their ids. */
export async function decidedRuns(
  store: Store,
  rows: readonly EventRow[],
): Promise<ReadonlyMap<string, KnownRun>> {
  const ids = rows.filter(({ workflowId }) => workflowId !== null).map(({ run }) => run);
  if (ids.length === 0) return new Map();
  const found = await retrying(() => store.db.select().from(runs).where(inArray(runs.id, ids)));
  return new Map(
    // Only start.ts and marks.ts write these rows, in the shape of NewRun.
    found.map((row) => [
      row.id,
      {
        ...row,
        overrides: row.overrides as Overrides,
        input: row.input as unknown[],
        hasEnded: row.closedAt !== null && row.errorType !== NEVER_SEEN,
      },
    ]),
  );
}

/** The run of a decided row. */
export function decidedRun(known: ReadonlyMap<string, KnownRun>, { id, run }: EventRow): KnownRun {
  const found = known.get(run);
  if (found) return found;
  throw new ConfigurationError(
    `event ${id} was decided and its run ${run} is not there any more: fire its record again with \`haloflow triggers rewind\``,
  );
}
