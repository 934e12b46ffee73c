/** One look at the store for all who follow it in this process: up to where, whose rows have changed, whose tokens count. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '../../access/principal.ts';
import { liveTokens } from '../../access/tokens.ts';
import type { Store } from '../../store/store.ts';
import { touchedSince } from '../../triggers/show/changes.ts';

/** What a follower is told. */
interface Seen {
  /** All that changed before this transaction can be read; 0 before the first look. */
  readonly until: number;
  /** Of what has changed before this transaction, and since this was asked last, nothing is the follower's. */
  readonly clear: number;
  /** Whether some of the rest may be. */
  readonly isTouched: boolean;
  readonly isLive: boolean;
}

export interface Watched {
  /** What was seen since this was asked last. Throws what the look threw. */
  take(): Seen;
  /** Resolves with the next look that concerns the follower, or after `ms`. */
  news(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Follower {
  readonly principal: Principal;
  seen: Seen;
  error: unknown;
  wake: () => void;
  readonly onRevoked: () => void;
}

interface Watcher {
  readonly followers: Set<Follower>;
  /** 0 while nobody follows: who comes then reads for himself what has changed meanwhile. */
  until: number;
  isLooking: boolean;
}

type Looked = Pick<Store, 'db' | 'pool'>;

const watchers = new WeakMap<Store['pool'], Watcher>();

interface Watching {
  readonly principal: Principal;
  /** How often the tables are looked at, if nobody follows yet. */
  readonly everyMs: number;
  readonly onRevoked?: () => void;
}

/** Begins to follow. */
export function watch(store: Looked, { principal, everyMs, onRevoked = () => undefined }: Watching): Watched {
  const watcher = watchers.get(store.pool) ?? { followers: new Set(), until: 0, isLooking: false };
  watchers.set(store.pool, watcher);
  const follower: Follower = {
    principal,
    seen: { until: watcher.until, clear: watcher.until, isTouched: true, isLive: true },
    error: undefined,
    wake: () => undefined,
    onRevoked,
  };
  watcher.followers.add(follower);
  if (!watcher.isLooking) void keepLooking(store, watcher, everyMs);
  return {
    take() {
      const { seen, error } = follower;
      if (error !== undefined) throw error;
      follower.seen = { ...seen, clear: seen.until, isTouched: false };
      return seen;
    },
    async news(ms, signal) {
      if (follower.seen.isTouched || !follower.seen.isLive || follower.error !== undefined) return;
      const waited = new AbortController();
      const woken = new Promise<void>((resolve) => (follower.wake = resolve));
      const late = sleep(ms, undefined, { signal: AbortSignal.any([signal, waited.signal]) });
      await Promise.race([woken, late.catch(() => undefined)]);
      waited.abort();
    },
    close: () => void watcher.followers.delete(follower),
  };
}

async function keepLooking(store: Looked, watcher: Watcher, everyMs: number): Promise<void> {
  watcher.isLooking = true;
  while (watcher.followers.size > 0) {
    try {
      await lookOnce(store, watcher);
    } catch (error) {
      for (const follower of watcher.followers) {
        follower.error = error;
        follower.wake();
      }
    }
    await sleep(everyMs, undefined, { ref: false });
  }
  watcher.isLooking = false;
  watcher.until = 0;
}

async function lookOnce(store: Looked, watcher: Watcher): Promise<void> {
  const asked = new Set([...watcher.followers].map(({ principal }) => principal.actor));
  const [touched, live] = [await touchedSince(store, watcher.until), await liveTokens(store, [...asked])];
  const isMine = ({ organization }: Principal): boolean =>
    organization === null ? touched.isAny : touched.organizations.has(organization);
  for (const follower of watcher.followers) {
    const { principal, seen } = follower;
    // Who has come meanwhile was not asked for.
    const isLive = live.has(principal.actor) || !asked.has(principal.actor);
    const isTouched = seen.isTouched || touched.isAll || isMine(principal);
    follower.seen = {
      until: touched.until,
      clear: isTouched ? seen.clear : touched.until,
      isTouched,
      isLive,
    };
    if (isTouched || !isLive) follower.wake();
    if (!isLive) follower.onRevoked();
  }
  watcher.until = touched.until;
}
