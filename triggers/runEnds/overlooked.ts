/** Runs that stay open although visibility says nothing about them: asked for one by one. */
import { and, eq, sql } from 'drizzle-orm';
import { runs } from '../../store/schema/runs.ts';
import { closeRuns } from './close.ts';
import type { RunEnds } from './close.ts';
import { latestOf, NEVER_SEEN } from './ends.ts';
import type { End } from './ends.ts';
import { recordEnds } from './record.ts';

/** Of those that are old enough, so many at random: each has its turn within minutes, long ones cost little. */
const SOME = 20;
const OLD_MINUTES = 10;
/** A dispatcher gives up a start before that. */
const LOST_MINUTES = 24 * 60;

/**
 * Closes runs whose end came into visibility too late, or left it (retention) before anybody looked. A run that Temporal
 * has no record of a day after its start is closed as failed; nothing follows it.
 */
export async function closeOverlooked(parts: RunEnds, signal: AbortSignal): Promise<number> {
  const { store, client } = parts;
  const open = await store.db
    .select({
      run: runs,
      isOld: sql<boolean>`${runs.startedAt} < now() - ${LOST_MINUTES}::int * interval '1 minute'`,
    })
    .from(runs)
    .where(
      and(
        eq(runs.status, 'running'),
        sql`${runs.startedAt} < now() - ${OLD_MINUTES}::int * interval '1 minute'`,
      ),
    )
    .orderBy(sql`random()`)
    .limit(SOME);
  const ends: End[] = [];
  let lost = 0;
  for (const { run, isOld } of open) {
    signal.throwIfAborted();
    const latest = await latestOf(client, run.workflowId);
    if (latest === 'running') continue;
    if (latest) ends.push(latest);
    if (latest || !isOld) continue;
    const { id, workflow, organization, trigger, startedAt } = run;
    const message = `Temporal has no record of ${run.workflowId}: it was never started, or its record is past the retention`;
    lost += await recordEnds(store, [
      {
        id,
        workflow,
        organization,
        trigger,
        startedAt,
        status: 'failed',
        closedAt: new Date(),
        reason: { type: NEVER_SEEN, message },
        result: null,
        followers: [],
      },
    ]);
  }
  return lost + (await closeRuns(parts, ends));
}
