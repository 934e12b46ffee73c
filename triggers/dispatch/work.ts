/** What is done with one claimed row of the inbox. */
import { ConfigurationError } from '../../errors.ts';
import type { EventRow, Trigger } from '../types.ts';
import { claim } from './claim.ts';
import { decide } from './decide.ts';
import { markFor, whySilent, whySpent } from './failure.ts';
import { fanOut } from './fanOut.ts';
import { heldBy } from './hold.ts';
import { withReason } from './marks.ts';
import type { Mark } from './marks.ts';
import { runFor } from './runs.ts';
import { decidedRun } from './starts.ts';
import { lookAt } from './look.ts';
import type { Working } from './working.ts';
import { workBatch } from './batch.ts';

/** Never throws for what is wrong with the row: that becomes its mark. */
export async function work(working: Working, row: EventRow): Promise<void> {
  let mark: Mark | null;
  try {
    mark = heldBy(working.configuration, row);
    mark ??= row.workflowId === null ? await consider(working, row) : await begin(working, row);
  } catch (error) {
    mark = working.signal?.aborted
      ? { row, status: 'pending', reason: row.reason, delayMs: 0, unspent: true }
      : markFor(row, error);
  }
  if (mark) await working.marks.mark(mark);
  working.done(row.id);
}

/** A row that is decided is only started. */
async function begin({ starts, decided }: Working, row: EventRow): Promise<Mark> {
  const silent = whySilent(row);
  if (silent !== null) {
    return { row, status: 'failed', reason: `${silent}; its run ${row.run} may have been started` };
  }
  return await starts.start(row, decidedRun(decided, row));
}

async function consider(working: Working, row: EventRow): Promise<Mark | null> {
  working.signal?.throwIfAborted();
  const trigger = working.trigger(row.trigger);
  const early = refuseEarly(working, row, trigger);
  if (early) return early;
  if (!trigger) return null;
  if (row.kind !== null && trigger.parameters['deliver'] === 'batch') {
    return await workBatch(working, trigger, row);
  }
  const occurrence = await lookAt(working, trigger, row);
  if ('status' in occurrence) return occurrence;
  const verdict = decide(working.configuration, trigger, occurrence);
  const { status, reason, about, organization, outcome, event } = verdict;
  if (status !== 'accepted') return { row, status, reason, organization: about, outcome, payload: event };
  if (organization === null || verdict.workflowId === null) return await spread(working, row, verdict);
  const workflowId = working.prefix + verdict.workflowId;
  const run = runFor(working.configuration, { trigger, row, organization, workflowId, event });
  const won = await working.marks.decide({ row, run, outcome: withReason(outcome, reason), payload: event });
  return won ? await working.starts.start(row, run) : null;
}

/** What needs no look at the record. */
function refuseEarly(working: Working, row: EventRow, trigger: Trigger | undefined): Mark | null {
  if (!trigger) return { row, status: 'failed', reason: 'trigger deleted' };
  if (!trigger.enabled) return { row, status: 'filtered', reason: 'trigger disabled' };
  const spent = whySpent(row);
  if (spent !== null) return { row, status: 'failed', reason: spent };
  if (working.isWorkflow(trigger.workflow)) return null;
  throw new ConfigurationError(
    `workflow ${trigger.workflow} is not in the bundle: export a function of that name from a file in the folder of workflows`,
  );
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
