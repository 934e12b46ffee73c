import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget, Grant } from '../halo/types.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { createReplies } from './replies.ts';
import { budgetWaitSeconds, haloRequests } from './metrics.ts';
import type { Replies } from './replies.ts';

/**
 * Who goes first and how much: `feed` and then `interactive` stand before the others; while a host has a feed, the
 * others together get at most 90 % of its limit; `bulk` gets at most 50 %.
 */
type Lane = 'feed' | 'interactive' | 'normal' | 'bulk';

/** The budget of one Halo host: `requests` in any `perSeconds`. */
export interface HostBudget {
  /** The resource server's, as URL.host has it (the port only where it is not the default). */
  readonly host: string;
  readonly requests: number;
  readonly perSeconds: number;
  /** A request without a reply is given up, and can no longer reach Halo, this long after it was granted. */
  readonly requestTimeoutMs: number;
}

export interface Caller {
  /** Whose fair share it takes. */
  readonly organization: string;
  readonly lane: Lane;
  /** Stable over attempts: the caller's place in the queue is kept under it. For a call, the key of its row. */
  readonly key: string;
  /** Whether a long wait may throw {@link BudgetWait}; false once this attempt has sent a request. */
  readonly mayGiveUp: () => boolean;
  /** Ends a wait, and the caller's place with it. */
  readonly signal: AbortSignal;
}

export interface Budgets {
  /**
   * The budget of a host as one attempt of one caller sees it; its first grant counts as an attempt in the call's row.
   * `take` waits for its turn; it throws BudgetWait, the signal's reason, or an error of Postgres, never without a
   * committed grant.
   */
  for(host: HostBudget, caller: Caller): Budget;
  /** Waits until what is still to be written is in Postgres. */
  close(): Promise<void>;
}

/** A wait, as a rule for the rate budget, that is longer than a slot should be held for; the caller's place is kept. Not a failure. */
export class BudgetWait extends Error {
  /** When to ask again. */
  readonly retryAfterMs: number;

  /** `reason`: what it waits for, for the run's history. */
  constructor(retryAfterMs: number, reason = 'Waiting for the rate budget') {
    super(`${reason}; to be tried again in ${Math.ceil(retryAfterMs / 1000)} s`);
    this.name = 'BudgetWait';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Longer waits give the slot back where they may. */
const SHORT_WAIT_MS = 2_000;

/** The rate budgets of all Halo hosts: exact over the rolling window, shared by every process on this database. */
export function createBudgets(store: Store): Budgets {
  const replies = createReplies(store);
  return {
    for: (host, caller) => budgetFor({ store, replies, host, caller }),
    close: () => replies.close(),
  };
}

interface Asking {
  readonly store: Store;
  readonly replies: Replies;
  readonly host: HostBudget;
  readonly caller: Caller;
}

type Answer =
  | { readonly grant_id: string; readonly wait_ms: null }
  | { readonly grant_id: null; readonly wait_ms: number };

function budgetFor(asking: Asking): Budget {
  const { replies, host, caller } = asking;
  const { signal } = caller;
  let first = true;

  async function take(): Promise<Grant> {
    for (;;) {
      const answer = await whileWanted(asking, ask(asking, first));
      if (answer.grant_id !== null) {
        first = false;
        return counted(replies.grant(answer.grant_id, host.host), host.host);
      }
      if (answer.wait_ms > SHORT_WAIT_MS && caller.mayGiveUp()) throw new BudgetWait(answer.wait_ms);
      await sleep(Math.ceil(answer.wait_ms), undefined, { signal });
    }
  }

  return {
    async take() {
      signal.throwIfAborted();
      const waited = budgetWaitSeconds.startTimer({ host: host.host, lane: caller.lane });
      try {
        return await take();
      } catch (error) {
        if (!signal.aborted) throw error;
        replies.leave(host.host, caller.key);
        throw signal.reason;
      } finally {
        waited();
      }
    },
  };
}

function counted(grant: Grant, host: string): Grant {
  return {
    ...grant,
    replied(reply) {
      haloRequests.inc({ host, status: reply.status ?? 'none' });
      grant.replied(reply);
    },
  };
}

async function ask({ store, replies, host, caller }: Asking, first: boolean): Promise<Answer> {
  await replies.refusals(host.host);
  const { rows } = await retrying(() =>
    // Named statements are planned once for each connection.
    store.pool.query<Answer>({
      name: 'budget_take',
      text: 'select * from budget_take($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [
        host.host,
        host.requests,
        host.perSeconds,
        host.requestTimeoutMs,
        caller.organization,
        caller.lane,
        caller.key,
        first,
      ],
    }),
  );
  return rows[0]!;
}

/** The answer, unless the caller is cancelled first; a grant that then still comes is accounted for as used. */
function whileWanted({ replies, host, caller }: Asking, asked: Promise<Answer>): Promise<Answer> {
  const { signal } = caller;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      replies.abandoned(settled);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    const settled = asked
      .then((answer) => {
        if (!signal.aborted) return resolve(answer);
        if (answer.grant_id !== null) replies.unused(answer.grant_id);
        replies.leave(host.host, caller.key);
        reject(signal.reason as Error);
      }, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
