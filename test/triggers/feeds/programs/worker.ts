/** What `haloflow start` works with, in a process of its own for tests that kill it: database, queue prefix and bundle are its arguments. */
import { openStore } from '../../../../store/store.ts';
import { taskQueues } from '../../../../worker/queues.ts';
import { startTestWorker } from '../../../support/haloflow.ts';

const [url = '', prefix = '', codePath = ''] = process.argv.slice(2);
const store = await openStore({ url, embedded: true });
await startTestWorker({
  store,
  queues: taskQueues(prefix),
  workflowBundle: { codePath },
  triggers: true,
});
process.stdout.write('"ready"\n');
