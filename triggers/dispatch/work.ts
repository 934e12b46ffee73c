/** What is done with one claimed row of the inbox. */
import { ConfigurationError } from '../../errors.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { NewRun } from '../start.ts';
import type { EventRow, Trigger } from '../types.ts';
import { claim } from './claim.ts';
import { decide } from './decide.ts';
import { isSpent, markFor } from './failure.ts';
import { fanOut } from './fanOut.ts';
import type { Guard } from './guard.ts';
import type { Mark, Marks } from './marks.ts';
import type { Records } from './records.ts';
import { runFor } from './runs.ts';
import { decidedRun } from './starts.ts';
import type { Starts } from './starts.ts';
import { recordEvent } from './subject.ts';

/** What a dispatch has at hand for all its rows. */
export interface Working {
  readonly store: Store;
  readonly configuration: Configuration;
  readonly signal: AbortSignal | undefined;
  readonly trigger: (id: string) => Trigger | undefined;
  readonly isWorkflow: (name: string) => boolean;
  readonly guard: Guard;
  readonly records: Records;
  readonly starts: Starts;
  readonly marks: Marks;
  /** Runs that earlier tries have decided on. */
  readonly decided: ReadonlyMap<string, NewRun>;
  /** Rows that this dispatch has claimed on the way. */
  readonly take: (rows: readonly EventRow[]) => void;
  readonly done: (row: EventRow) => void;
}

/** Tickets that a create under way may have made are looked at again. */
const WAIT_FOR_CREATE_MS = 1_000;

/** Never throws for what is wrong with the row: that becomes its mark. */
export async function work(working: Working, row: EventRow): Promise<void> {
  let mark: Mark | null;
  try {
    mark = row.workflowId === null ? await consider(working, row) : await begin(working, row);
  } catch (error) {
    mark = working.signal?.aborted
      ? { row, status: 'pending', reason: row.reason, delayMs: 0, unspent: true }
      : markFor(row, error);
  }
  if (mark) await working.marks.mark(mark);
  working.done(row);
}

/** A row that is decided is only started. */
async function begin({ starts, decided }: Working, row: EventRow): Promise<Mark> {
  return await starts.start(row, decidedRun(decided, row));
}

async function consider(working: Working, row: EventRow): Promise<Mark | null> {
  const { configuration, guard, signal } = working;
  signal?.throwIfAborted();
  const trigger = working.trigger(row.trigger);
  const early = refuseEarly(working, row, trigger);
  if (early) return early;
  if (!trigger) return null;
  const guarded = trigger.parameters['includeOwn'] !== true && row.source !== 'manual';
  if (guarded && (await guard.mustWait(row))) {
    const reason = 'a ticket is being created on this host: this may be it';
    return { row, status: 'pending', reason, delayMs: WAIT_FOR_CREATE_MS, unspent: true };
  }
  const own = guarded && (await guard.isOwn(row));
  const event = own ? row.payload : await eventOf(working, row);
  const verdict = decide(configuration, trigger, {
    key: row.key,
    connection: row.connection,
    organization: row.organization,
    event,
    own,
  });
  const { status, reason, about, organization, workflowId, outcome } = verdict;
  if (status !== 'accepted') {
    return { row, status, reason, organization: about, outcome, payload: verdict.event };
  }
  if (organization === null || workflowId === null) return await spread(working, row, verdict);
  const run = runFor(configuration, { trigger, row, organization, workflowId, event: verdict.event });
  const won = await working.marks.decide({ row, run, outcome, payload: verdict.event });
  return won ? await working.starts.start(row, run) : null;
}

/** What needs no look at the record. */
function refuseEarly(working: Working, row: EventRow, trigger: Trigger | undefined): Mark | null {
  if (!trigger) return { row, status: 'failed', reason: 'trigger deleted' };
  if (!trigger.enabled) return { row, status: 'filtered', reason: 'trigger disabled' };
  if (isSpent(row)) {
    const reason = row.reason ?? 'Error: no try came to an end, as if each had ended its process';
    return { row, status: 'failed', reason };
  }
  if (working.isWorkflow(trigger.workflow)) return null;
  throw new ConfigurationError(
    `workflow ${trigger.workflow} is not in the bundle: export a function of that name from a file in the folder of workflows`,
  );
}

/** What the workflow gets, without its organization: known from insertion, or read from Halo now. */
async function eventOf({ records }: Working, row: EventRow): Promise<unknown> {
  const { payload, connection, kind, record } = row;
  if (payload !== null || connection === null || kind === null || record === null) return payload;
  return recordEvent(kind, await records.read({ connection, kind, record }));
}

/** One event for each organization; they are worked on at once. */
async function spread(working: Working, row: EventRow, verdict: ReturnType<typeof decide>): Promise<null> {
  const children = await fanOut(working.store, row, verdict);
  const claimed = await claim(working.store, {
    limit: children.length,
    ids: children.map(({ id }) => id),
    batchTriggers: [],
  });
  working.take(claimed);
  await Promise.all(claimed.map((child) => work(working, child)));
  return null;
}
