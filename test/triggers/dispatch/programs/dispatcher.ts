/** The dispatch of the inbox, in a process of its own for tests that kill it: database, queue prefix and Temporal's address
 * are its arguments. */
import { Connection } from '@temporalio/client';
import { createBudgets } from '../../../../calls/budget.ts';
import { createHaloClient } from '../../../../halo/client.ts';
import { configurationReader } from '../../../../organizations/configuration.ts';
import { openStore } from '../../../../store/store.ts';
import { createClient } from '../../../../triggers/client.ts';
import { keepDispatching } from '../../../../triggers/dispatch/keepDispatching.ts';
import { triggerReader } from '../../../../triggers/registry.ts';
import { wakeUp } from '../../../../triggers/wakeUp.ts';
import { createHaloPort } from '../../../../worker/haloPort.ts';
import { taskQueues } from '../../../../worker/queues.ts';

const [url = '', prefix = '', address = ''] = process.argv.slice(2);
const store = await openStore({ url, embedded: true });
const configuration = configurationReader(store);
const client = createClient({ connection: await Connection.connect({ address }) });
const halo = createHaloPort({
  store,
  budgets: createBudgets(store),
  halo: createHaloClient(),
  configuration,
});
const starter = { store, client, taskQueue: taskQueues(prefix).runs, eager: false };
process.stdout.write('"ready"\n');
await keepDispatching(
  { store, configuration, triggers: triggerReader(store), halo, starter },
  { signal: new AbortController().signal, until: Infinity, news: wakeUp(), onProgress: () => undefined },
);
