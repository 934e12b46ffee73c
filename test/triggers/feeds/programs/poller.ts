/** Polls the feeds of tickets of some connections, in a process of its own for tests that kill it: database and connections are its arguments. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createBudgets } from '../../../../calls/budget.ts';
import { createHaloClient } from '../../../../halo/client.ts';
import { configurationReader } from '../../../../organizations/configuration.ts';
import { openStore } from '../../../../store/store.ts';
import { createPoll } from '../../../../triggers/feeds/poll.ts';
import { triggerReader } from '../../../../triggers/registry.ts';
import { createHaloPort } from '../../../../worker/haloPort.ts';

const [url = '', ...connections] = process.argv.slice(2);
const store = await openStore({ url, embedded: true });
const configuration = configurationReader(store);
const halo = createHaloPort({
  store,
  budgets: createBudgets(store),
  halo: createHaloClient(),
  configuration,
});
const poll = createPoll({ store, configuration, triggers: triggerReader(store), halo });

async function keepPolling(connection: string): Promise<never> {
  for (;;) {
    await poll({ connection, kind: 'tickets' });
    await sleep(50);
  }
}

process.stdout.write('"ready"\n');
await Promise.all(connections.map(keepPolling));
