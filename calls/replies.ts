import type { Grant } from '../halo/types.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { createBatch } from './batch.ts';
import { placeName } from './place.ts';
import type { Place } from './place.ts';

/** What callers of a budget tell it after they were answered, written behind their backs. */
export interface Replies {
  grant(id: string, place: Place): Grant;
  /** A grant that nobody will use; it counts for one window all the same. */
  unused(id: string): void;
  /** Gives up a place in the queue. */
  leave(place: Place, key: string): void;
  /** An answer that its caller no longer waits for: what comes of it is waited for at the close. */
  abandoned(asked: Promise<unknown>): void;
  /** Settles when every 429 that this process has seen at the place is in Postgres. */
  refusals(place: Place): Promise<unknown>;
  close(): Promise<void>;
}

/** Replies are noted together; late only means that a grant counts longer. */
const REPLY_DELAY_MS = 20;

/** For a 429 without Retry-After; HaloAPI, the PowerShell module, waits 5 s, then 10, then 20. */
const DEFAULT_RETRY_AFTER_MS = 10_000;
const LEAST_RETRY_AFTER_MS = 1_000;
/** A nonsensical Retry-After must not stop a host for good. */
const MOST_RETRY_AFTER_MS = 3_600_000;

export function createReplies(store: Store): Replies {
  const noted = createBatch<string>({
    write: async (ids) => {
      await store.pool.query({ name: 'budget_replied', text: 'select budget_replied($1)', values: [ids] });
    },
    delayMs: REPLY_DELAY_MS,
  });
  const note = (id: string): void => void noted.add(id).catch(() => undefined);
  const underWay = new Map<Promise<unknown>, string>();

  /** Runs in the background; what is lost is made good by time: grants expire, rows that nobody asks for leave. */
  function behind(what: string, work: () => Promise<unknown>): void {
    const done = retrying(work)
      .catch(() => undefined)
      .finally(() => underWay.delete(done));
    underWay.set(done, what);
  }

  return {
    grant: (id, place) => {
      let said: string | null = null;
      return {
        refusal: (text) => void (said = text),
        replied({ status, retryAfterMs = DEFAULT_RETRY_AFTER_MS }) {
          // Without a reply the request may have reached Halo at any time until its timeout, as the grant has it.
          if (status === null) return;
          if (status !== 429) {
            note(id);
            return;
          }
          const waitMs = Math.min(Math.max(retryAfterMs, LEAST_RETRY_AFTER_MS), MOST_RETRY_AFTER_MS);
          const { tree = '', host } = place;
          behind(`429 ${placeName(place)}`, async () => {
            await store.pool.query('select budget_refused($1, $2, $3)', [id, host, waitMs]);
            await store.pool.query('update budget_hosts set refusal = $3 where tree = $1 and host = $2', [
              tree,
              host,
              said,
            ]);
          });
        },
      };
    },
    unused: note,
    leave: ({ tree = '', host }, key) =>
      behind('leave', () =>
        store.pool.query('delete from budget_waits where tree = $1 and host = $2 and key = $3', [
          tree,
          host,
          key,
        ]),
      ),
    abandoned: (asked) => behind('asked', () => asked),
    refusals: (place) =>
      Promise.all(
        [...underWay].filter(([, what]) => what === `429 ${placeName(place)}`).map(([done]) => done),
      ),
    async close() {
      while (underWay.size > 0) await Promise.all(underWay.keys());
      await noted.flush();
    },
  };
}
