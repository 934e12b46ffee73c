/** A worker process as the rate budget sees it: told to, it makes many calls at once; each asks Halo once it is granted. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BudgetWait, createBudgets } from '../../../calls/budget.ts';
import type { HostBudget } from '../../../calls/budget.ts';
import { openStore } from '../../../store/store.ts';

export interface Job {
  readonly database: string;
  /** Each call is a GET there, with `key` and `organization` in the query. */
  readonly halo: string;
  readonly host: HostBudget;
  readonly calls: readonly { readonly key: string; readonly organization: string }[];
  /** Whether long waits give the slot back, as before a call's first request. */
  readonly mayGiveUp: boolean;
}

const { database, halo, host, calls, mayGiveUp } = JSON.parse(process.argv[2]!) as Job;
const store = await openStore({ url: database, embedded: true, poolSize: 5 });
const budgets = createBudgets(store);

async function call(key: string, organization: string): Promise<void> {
  for (;;) {
    try {
      const signal = AbortSignal.timeout(600_000);
      const budget = budgets.for(host, {
        organization,
        key,
        lane: 'normal',
        mayGiveUp: () => mayGiveUp,
        signal,
      });
      const grant = await budget.take();
      const { status } = await fetch(`${halo}?${new URLSearchParams({ key, organization }).toString()}`);
      grant.replied({ status });
      return;
    } catch (error) {
      if (!(error instanceof BudgetWait)) throw error;
      // A new attempt comes when Temporal has handed it out, a little later.
      await sleep(Math.max(1_000, error.retryAfterMs) + Math.random() * 100);
    }
  }
}

process.stdout.write('{"ready":true}\n');
await once(process.stdin, 'data');
await Promise.all(calls.map(({ key, organization }) => call(key, organization)));
await budgets.close();
await store.close();
process.stdout.write('{"finished":true}\n');
// An open standard input would keep the process.
process.stdin.destroy();
