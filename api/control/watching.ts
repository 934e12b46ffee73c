/** One look at the tables for all who follow them in this process: whose rows have changed, and up to where. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';
import { horizon } from '../../triggers/show/changes.ts';

/** What a follower is told; it takes what it has read of it. */
export interface Watched {
  /** All that changed before this transaction can be read. */
  until: number;
  /** Whether something of its tree may have changed since it has read last. */
  isTouched: boolean;
  /** The look failed: Postgres is away. */
  error: unknown;
  /** Resolves with the next look, or after `ms`. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Follower {
  readonly watched: Watched;
  /** The root organization of what it may see; null: everything. */
  readonly tree: () => string | null;
  wake: () => void;
}

/** More organizations than these in one look: everybody reads. */
const MOST_TOUCHED = 500;

const TOUCHED = `select (select version from configuration) as version, (
    select json_agg(distinct budget_tree(organization)) from (
      (select distinct organization from runs where changed >= $1 and changed < $2 limit ${MOST_TOUCHED})
      union
      (select distinct coalesce(e.organization, t.organization, '') from events e left join triggers t on t.id = e.trigger
        where e.changed >= $1 and e.changed < $2 limit ${MOST_TOUCHED})
    ) changed
  ) as trees`;

interface Watcher {
  readonly followers: Set<Follower>;
  /** Zero while nobody follows: what changed meanwhile is for the followers to read. */
  until: number;
  version: number | null;
  isLooking: boolean;
}

const watchers = new WeakMap<Store['pool'], Watcher>();

/** Begins to follow. The first look is everybody's to read; `everyMs` counts where nobody follows yet. */
export function watch(store: Pick<Store, 'pool'>, tree: () => string | null, everyMs: number): Watched {
  const watcher = watchers.get(store.pool) ?? {
    followers: new Set(),
    until: 0,
    version: null,
    isLooking: false,
  };
  watchers.set(store.pool, watcher);
  const follower: Follower = {
    tree,
    wake: () => undefined,
    watched: {
      until: watcher.until,
      isTouched: true,
      error: null,
      async next(ms, signal) {
        const waited = new AbortController();
        const news = new Promise<void>((resolve) => (follower.wake = resolve));
        const late = sleep(ms, undefined, { signal: AbortSignal.any([signal, waited.signal]) });
        await Promise.race([news, late.catch(() => undefined)]);
        waited.abort();
      },
      close: () => void watcher.followers.delete(follower),
    },
  };
  watcher.followers.add(follower);
  if (!watcher.isLooking) void keepLooking(store, watcher, everyMs);
  return follower.watched;
}

async function keepLooking(store: Pick<Store, 'pool'>, watcher: Watcher, everyMs: number): Promise<void> {
  watcher.isLooking = true;
  while (watcher.followers.size > 0) {
    await lookOnce(store, watcher).catch((error: unknown) => {
      for (const { watched, wake } of watcher.followers) {
        watched.error = error;
        wake();
      }
    });
    await sleep(everyMs, undefined, { ref: false });
  }
  watcher.isLooking = false;
  watcher.until = 0;
}

async function lookOnce(store: Pick<Store, 'pool'>, watcher: Watcher): Promise<void> {
  const until = await horizon(store);
  if (until === watcher.until) return;
  const seen = watcher.until === 0 ? null : await touchedBetween(store, watcher.until, until);
  // In another configuration other organizations may be of a tree.
  const isForAll = seen === null || seen.version !== watcher.version || seen.trees.length >= MOST_TOUCHED;
  const touched = new Set(seen?.trees);
  for (const { watched, tree, wake } of watcher.followers) {
    const own = tree();
    watched.until = until;
    watched.isTouched ||= isForAll || (own === null ? touched.size > 0 : touched.has(own));
    wake();
  }
  watcher.until = until;
  watcher.version = seen?.version ?? null;
}

async function touchedBetween(
  { pool }: Pick<Store, 'pool'>,
  from: number,
  until: number,
): Promise<{ readonly version: number; readonly trees: readonly string[] }> {
  const { rows } = await pool.query<{ version: string | null; trees: string[] | null }>(TOUCHED, [
    from,
    until,
  ]);
  return { version: Number(rows[0]?.version ?? 0), trees: rows[0]?.trees ?? [] };
}
