/** Runs by the beginnings of their ids. */
import { eq, sql } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';

export type RunRow = typeof runs.$inferSelect;

/** As tables show a run's id: enough of it to name the run. */
export const shortId = (run: string): string => run.slice(0, 8);

/**
 * The run with this id, the only one whose id begins so, or the one with this workflow id.
 *
 * @throws ConfigurationError when there is none, or when several begin so.
 */
export async function findRun(store: Store, id: string): Promise<RunRow> {
  const found = id.includes('/')
    ? await store.db.select().from(runs).where(eq(runs.workflowId, id)).limit(2)
    : await beginningWith(store, id.toLowerCase());
  const [run] = found;
  if (found.length > 1) {
    throw new ConfigurationError(
      `several runs have an id that begins with ${id}: give more of it, for example ${found.map((each) => each.id.slice(0, 13)).join(' or ')}`,
    );
  }
  if (!run) {
    throw new ConfigurationError(`there is no run ${id}. \`haloflow runs list\` shows the latest ones`);
  }
  return run;
}

async function beginningWith(store: Store, prefix: string): Promise<RunRow[]> {
  if (!/^[0-9a-f][0-9a-f-]{0,35}$/.test(prefix)) return [];
  const lowest = filled(prefix, '0');
  const highest = filled(prefix, 'f');
  // The primary key serves a range of uuids, not a prefix of texts.
  return await store.db
    .select()
    .from(runs)
    .where(sql`${runs.id} between ${lowest}::uuid and ${highest}::uuid`)
    .limit(2);
}

/** The prefix completed to a uuid; digits where dashes belong are none of its business. */
function filled(prefix: string, digit: string): string {
  return `${prefix.replaceAll('-', '')}${digit.repeat(32)}`.slice(0, 32);
}
