/** What the routes of the control plane work with in this process, but for Temporal. */
import type { Control } from '../api/control/types.ts';
import { createBudgets } from '../calls/budget.ts';
import { createHaloClient } from '../halo/client.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { triggerReader } from '../triggers/registry.ts';
import { createConnector } from '../worker/check/connector.ts';
import { createHaloPort, LARGEST_REPLY } from '../worker/haloPort.ts';
import { files } from './files.ts';

export interface ControlParts {
  readonly parts: Omit<Control, 'starter' | 'taskQueue'>;
  close(): Promise<void>;
}

const REPLIES = { maxReplyBytes: LARGEST_REPLY, largeReplies: 2 };

/** Makes them, with a way of their own to Halo. */
export function controlParts(store: Store): ControlParts {
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient(REPLIES);
  const halo = createHaloPort({ store, budgets, halo: client, configuration });
  const triggers = triggerReader(store);
  const connector = createConnector({ store, configuration, triggers, budgets, client, port: halo });
  return {
    parts: { store, configuration, triggers, halo, connector, files },
    async close() {
      await budgets.close();
      await client.close();
    },
  };
}
