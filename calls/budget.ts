import { HaloRateLimitError } from '../errors.ts';
import type { Budget, Grant } from '../halo/types.ts';
import { LONGEST_SLEEP_MS, sleep } from '../sleep.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { createReplies } from './replies.ts';
import { budgetWaitSeconds, haloRequests } from './metrics.ts';
import type { Place } from './place.ts';
import type { Replies } from './replies.ts';

/**
 * Who goes first and how much: `feed` and then `interactive` stand before the others; while a host has a feed, the
 * others together get at most 90 % of its limit; `bulk` gets at most 50 %.
 */
type Lane = 'feed' | 'interactive' | 'normal' | 'bulk';

/** The budget of one Halo host in one tree: `requests` in any `perSeconds`. */
export interface HostBudget extends Place {
  readonly requests: number;
  readonly perSeconds: number;
  /** A request without a reply is given up, and can no longer reach Halo, this long after it was granted. */
  readonly requestTimeoutMs: number;
  /** Of the configuration that the limit is by: a newer one replaces it at once. */
  readonly version?: number;
  /** Whose credentials ask. */
  readonly connection?: string;
  /** Every connection of the tree to the host: what was granted to them counts wherever they come from. */
  readonly connections?: readonly string[];
  /** The connection whose limit it is. */
  readonly limitedBy?: string;
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
  /** Milliseconds until the call's own time limit: a wait that goes beyond it is refused at once. None: no limit. */
  readonly leftMs?: () => number;
  /** The budget by the configuration as it is now: asked for when Postgres says that there is a newer version. */
  readonly renewed?: () => Promise<HostBudget>;
}

export interface Budgets {
  /**
   * The budget of a host as one attempt of one caller sees it; its first grant counts as an attempt in the call's row.
   * `take` waits for its turn; it throws BudgetWait, HaloRateLimitError when the turn comes after the call's time limit,
   * the signal's reason, or an error of Postgres, never without a committed grant.
   */
  for(host: HostBudget, caller: Caller): Budget;
  /** Waits until what is still to be written is in Postgres. */
  close(): Promise<void>;
}

/** A wait, as a rule for the rate budget, that is longer than a slot should be held for; the caller's place is kept. Not a failure. */
export class BudgetWait extends Error {
  /** When its turn may come. */
  readonly retryAfterMs: number;
  /** When to ask again: sooner, where the limit may have changed by then. */
  readonly askAgainMs: number;

  /** `reason`: what it waits for, for the run's history. `ahead`: how many wait for the same before it. */
  constructor(retryAfterMs: number, reason = 'Waiting for the rate budget', ahead = 0) {
    const askAgainMs = Math.min(retryAfterMs, Math.max(LONGEST_SLEEP_MS, ahead * ASKING_TAKES_MS));
    super(`${reason}; to be tried again in ${Math.ceil(askAgainMs / 1000)} s`);
    this.name = 'BudgetWait';
    this.retryAfterMs = retryAfterMs;
    this.askAgainMs = askAgainMs;
  }
}

/** So that of a thousand and more in one queue no more than some 16 ask in a second. */
const ASKING_TAKES_MS = 60;

/** Longer waits give the slot back where they may. */
const SHORT_WAIT_MS = 2_000;

/** The rate budgets of all Halo hosts, for each tree of organizations apart: exact over the rolling window, shared by every process on this database. */
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

interface Answer {
  readonly grant_id: string | null;
  readonly wait_ms: number | null;
  /** When its turn comes, where that is after the call's time limit. */
  readonly turn_ms?: number | null;
  /** How many wait before it. */
  readonly ahead?: string | null;
  /** The version of the configuration now. */
  readonly newest?: string | null;
}

function budgetFor({ host: initial, ...asking }: Asking): Budget {
  const { replies, caller } = asking;
  const { signal } = caller;
  let host = initial;
  let first = true;

  /** Whether there is another budget now than the one that was asked with. */
  async function renewed({ newest }: Answer): Promise<boolean> {
    if (!caller.renewed || host.version === undefined || !(Number(newest) > host.version)) return false;
    const before = host;
    host = await caller.renewed();
    return (
      host.tree !== before.tree || host.requests !== before.requests || host.perSeconds !== before.perSeconds
    );
  }

  async function take(): Promise<Grant> {
    for (;;) {
      const asked = { ...asking, host };
      const answer = await whileWanted(asked, ask(asked, first));
      const { grant_id: grant, wait_ms: waitMs } = answer;
      if (grant !== null) {
        first = false;
        return counted(replies.grant(grant, host), host.host);
      }
      if (await renewed(answer)) {
        replies.leave(asked.host, caller.key);
        continue;
      }
      if (typeof answer.turn_ms === 'number') {
        replies.leave(host, caller.key);
        throw tooLate(host, answer.turn_ms, caller.leftMs?.() ?? 0);
      }
      const wait = waitMs ?? 0;
      if (wait > SHORT_WAIT_MS && caller.mayGiveUp()) {
        throw new BudgetWait(wait, undefined, Number(answer.ahead ?? 0));
      }
      await sleep(Math.min(wait, LONGEST_NAP_MS), signal);
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
        replies.leave(host, caller.key);
        throw signal.reason;
      } finally {
        waited();
      }
    },
  };
}

/** How often who waits inside asks whether the limit has changed. */
const LONGEST_NAP_MS = 10_000;

/** Waiting would be in vain: the call is over before its turn comes. */
function tooLate(host: HostBudget, turnMs: number, leftMs: number): HaloRateLimitError {
  const { requests, perSeconds, connection } = host;
  const whose = connection === undefined ? '' : ` (connection ${connection})`;
  return new HaloRateLimitError(
    `the rate budget of ${host.host}${whose} has no place in time: the next one for this call is in ${Math.ceil(turnMs / 1000)} s, ` +
      `and the call's time limit is over in ${Math.max(0, Math.floor(leftMs / 1000))} s; ${requests} requests in ` +
      `${perSeconds} s are allowed: ask for less, or \`haloflow budget show\` says what holds it up`,
    {
      retryable: false,
      details: { host: host.host, requests, perSeconds, ...(connection === undefined ? {} : { connection }) },
    },
  );
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
  await replies.refusals(host);
  const leftMs = caller.leftMs?.();
  const { rows } = await retrying(() =>
    // Named statements are planned once for each connection.
    store.pool.query<Answer>({
      name: 'budget_take',
      text: 'select * from budget_take($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
      values: [
        host.tree ?? '',
        host.host,
        host.requests,
        host.perSeconds,
        host.version ?? null,
        host.connection ?? null,
        host.connections ?? null,
        host.requestTimeoutMs,
        caller.organization,
        caller.lane,
        caller.key,
        first,
        leftMs === undefined || !Number.isFinite(leftMs) ? null : Math.max(0, leftMs),
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
        replies.leave(host, caller.key);
        reject(signal.reason as Error);
      }, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
