/** Triggers for one command: the parts that decide on events, with a way of their own to Halo. */
import { createBudgets } from '../calls/budget.ts';
import { createHaloClient } from '../halo/client.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import type { Dispatching } from '../triggers/dispatch/dispatch.ts';
import { triggerReader } from '../triggers/registry.ts';
import { createHaloPort } from '../worker/haloPort.ts';

/** All but what starts runs. */
export type Looking = Omit<Dispatching, 'starter'>;

/** Runs `body` with them, and closes what they opened. */
export async function withHalo<T>(store: Store, body: (parts: Looking) => Promise<T>): Promise<T> {
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient();
  try {
    const halo = createHaloPort({ store, budgets, halo: client, configuration });
    return await body({ store, configuration, triggers: triggerReader(store), halo });
  } finally {
    await budgets.close();
    await client.close();
  }
}
