/** A Halo host's budget under test: callers, and a clock that can be moved. */
import { randomUUID } from 'node:crypto';
import { BudgetWait, createBudgets } from '../../calls/budget.ts';
import type { Budgets, Caller, HostBudget } from '../../calls/budget.ts';
import type { Grant } from '../../halo/types.ts';
import type { Store } from '../../store/store.ts';
import { asTold } from './clock.ts';

export interface TestHost {
  readonly host: HostBudget;
  readonly budgets: Budgets;
  /** Asks once: the grant, or how long to wait in milliseconds. */
  readonly ask: (caller?: Partial<Caller>, limit?: Partial<HostBudget>) => Promise<Grant | number>;
  /** Asks `times` times, each for another call; how many were granted (and answered by Halo, unless told). */
  readonly granted: (
    times: number,
    caller?: Partial<Caller>,
    options?: { replies?: boolean },
  ) => Promise<number>;
  /** Keys of the waiting rows, first of the queue first. */
  readonly waiting: () => Promise<string[]>;
  /** As if that many seconds had gone by for this host, in Postgres, where the only clock is. */
  readonly pass: (seconds: number) => Promise<void>;
}

export function testHost(store: Store, limit: Partial<HostBudget> = {}): TestHost {
  const host: HostBudget = {
    host: `${randomUUID()}:443`,
    requests: 10,
    perSeconds: 300,
    requestTimeoutMs: 30_000,
    ...limit,
  };
  const budgets = createBudgets(store);

  async function ask(caller: Partial<Caller> = {}, limit: Partial<HostBudget> = {}): Promise<Grant | number> {
    const budget = budgets.for(
      { ...host, ...limit },
      {
        organization: 'acme',
        lane: 'normal',
        key: randomUUID(),
        mayGiveUp: () => true,
        signal: new AbortController().signal,
        ...caller,
      },
    );
    return budget.take().catch((error: unknown) => {
      if (error instanceof BudgetWait) return asTold(store, error.retryAfterMs);
      throw error;
    });
  }

  return {
    host,
    budgets,
    ask,
    async granted(times, caller, { replies = true } = {}) {
      let count = 0;
      for (let time = 0; time < times; time += 1) {
        const answer = await ask(caller);
        if (typeof answer === 'number') continue;
        count += 1;
        if (replies) answer.replied({ status: 200 });
      }
      await budgets.close();
      return count;
    },
    async waiting() {
      const { rows } = await store.pool.query<{ key: string }>(
        'select key from budget_waits where host = $1 order by rank, tag, id',
        [host.host],
      );
      return rows.map(({ key }) => key);
    },
    async pass(seconds) {
      const values = [host.host, `${seconds} s`];
      await store.pool.query(
        'update budget_grants set granted_at = granted_at - $2::interval, expires_at = expires_at - $2::interval where host = $1',
        values,
      );
      await store.pool.query(
        'update budget_waits set asks_at = asks_at - $2::interval where host = $1',
        values,
      );
      await store.pool.query(
        `update budget_hosts set horizon = horizon - $2::interval, refused_at = refused_at - $2::interval,
          named_at = named_at - $2::interval where host = $1`,
        values,
      );
    },
  };
}

/** The rows of a table that belong to a host. */
export async function rowsOf(store: Store, table: string, host: string): Promise<Record<string, unknown>[]> {
  const { rows } = await store.pool.query<Record<string, unknown>>(`select * from ${table} where host = $1`, [
    host,
  ]);
  return rows;
}
