/** Reads from Temporal's visibility which runs have ended: every end once, whatever dies in between. */
import { sql } from 'drizzle-orm';
import { runEnds } from '../../store/schema/runs.ts';
import { closeRuns } from './close.ts';
import type { RunEnds } from './close.ts';
import { PAGE, endsSince } from './ends.ts';
import type { End } from './ends.ts';
import { closeOverlooked } from './overlooked.ts';

/** How late visibility may learn of an end: usually, and in the look that is made once a minute. */
const OVERLAP_MS = 3_000;
const WIDE_OVERLAP_MS = 120_000;
const WIDE_EVERY_MS = 60_000;

/**
 * One look at what has ended since the last one: closes the rows of runs and fires `workflow-completed` triggers.
 * Returns how many runs it closed. The mark moves last, so that a look that died is made again from the same place.
 *
 * @throws what Postgres or Temporal throw, and the signal's reason.
 */
export async function readRunEnds(parts: RunEnds, signal: AbortSignal): Promise<number> {
  const { store, client, taskQueue } = parts;
  const look = await nextLook(parts);
  if (!look) return 0;
  return await client.withAbortSignal(signal, async () => {
    let closed = 0;
    let newest = look.mark;
    let chunk: End[] = [];
    for await (const end of endsSince(client, taskQueue, look.since)) {
      if (newest === null || end.closedAt > newest) newest = end.closedAt;
      chunk.push(end);
      if (chunk.length < PAGE) continue;
      signal.throwIfAborted();
      closed += await closeRuns(parts, chunk);
      chunk = [];
    }
    signal.throwIfAborted();
    closed += await closeRuns(parts, chunk);
    if (look.isWide) closed += await closeOverlooked(parts, signal);
    await moveMark(store, newest, look.isWide);
    return closed;
  });
}

interface Look {
  readonly mark: Date | null;
  readonly since: Date;
  readonly isWide: boolean;
}

/** Null while no run has ever been started. */
async function nextLook({ store }: Pick<RunEnds, 'store'>): Promise<Look | null> {
  const { rows } = await store.pool.query<{ mark: Date | null; first: Date | null; wide: boolean }>(
    `select closed_at as mark, null as first, read_at is null or read_at < now() - $1::int * interval '1 ms' as wide
       from run_ends
     union all
     select null, min(started_at), true from runs where not exists (select from run_ends)`,
    [WIDE_EVERY_MS],
  );
  const [row] = rows;
  const from = row?.mark ?? row?.first;
  if (!row || !from) return null;
  const overlap = row.wide ? WIDE_OVERLAP_MS : OVERLAP_MS;
  return { mark: row.mark, since: new Date(from.getTime() - overlap), isWide: row.wide };
}

/** `read_at` is when the last wide look was made. */
async function moveMark(store: RunEnds['store'], mark: Date | null, isWide: boolean): Promise<void> {
  if (mark === null) return;
  await store.db
    .insert(runEnds)
    .values({ closedAt: mark, readAt: isWide ? sql`now()` : null })
    .onConflictDoUpdate({
      target: runEnds.one,
      set: {
        closedAt: sql`greatest(${runEnds.closedAt}, excluded.closed_at)`,
        readAt: sql`coalesce(excluded.read_at, ${runEnds.readAt})`,
      },
    });
}
