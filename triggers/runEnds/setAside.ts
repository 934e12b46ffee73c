/** Ends a task that kills workers, so that everything else continues. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { WorkerDiedError } from '../../errors.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { cut } from '../../texts.ts';
import { closeRuns } from './close.ts';
import type { RunEnds } from './close.ts';
import { latestOf, terminatedBecause } from './ends.ts';

/** The task: a run's workflow itself, or one of its activities. */
interface Culprit {
  readonly workflowId: string;
  readonly execution: string;
  /** Null for the workflow itself. */
  readonly activity: string | null;
}

const LONGEST_REASON = 500;

/**
 * Ends a run whose workflow kills workers: `failed` with WorkerDiedError and the reason. If an activity kills them, only
 * that fails for good, and the run continues by its own rules. Tasks that have already ended stay as they are.
 *
 * @throws what Temporal or Postgres throw; it is safe to repeat.
 */
export async function setAside(parts: RunEnds, culprit: Culprit, reason: string): Promise<void> {
  const { activity } = culprit;
  const short = cut(reason, LONGEST_REASON);
  if (activity === null)
    await endRun(parts, culprit, `${short}: the run was ended so that others can continue`);
  else await failActivity(parts, { ...culprit, activity }, `${short}: it will not be retried`);
}

async function endRun(
  parts: RunEnds,
  { workflowId, execution }: Omit<Culprit, 'activity'>,
  message: string,
): Promise<void> {
  try {
    // Nobody but a worker can fail a workflow; that this was no person's doing is in the reason.
    await parts.client.workflow
      .getHandle(workflowId, execution)
      .terminate(terminatedBecause({ type: WorkerDiedError.name, message }));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  const end = await latestOf(parts.client, workflowId);
  if (end && end !== 'running') await closeRuns(parts, [end]);
}

async function failActivity(
  { client, store }: { readonly client: Client; readonly store: Store },
  { workflowId, execution, activity }: Culprit & { readonly activity: string },
  message: string,
): Promise<void> {
  const { namespace } = client.options;
  try {
    await client.workflowService.respondActivityTaskFailedById({
      namespace,
      workflowId,
      runId: execution,
      activityId: activity,
      identity: 'haloflow start',
      failure: {
        message,
        source: 'haloflow',
        applicationFailureInfo: { type: WorkerDiedError.name, nonRetryable: true },
      },
    });
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== NOT_FOUND) throw error;
  }
  await retrying(() =>
    store.pool.query(
      `update calls set status = 'failed', error_type = $2, error_message = $3
        where key = $1 and status in ('running', 'waiting')`,
      [`${workflowId}/${execution}/${activity}`, WorkerDiedError.name, message],
    ),
  );
}

/** gRPC's. */
const NOT_FOUND = 5;
