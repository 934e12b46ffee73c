/** A worker in a process of its own, for tests that kill it: database, queue prefix, bundle and the time limit of a request
 * to Halo in milliseconds are its arguments. */
import { openStore } from '../../../store/store.ts';
import { taskQueues } from '../../../worker/queues.ts';
import { startTestWorker } from '../../support/haloflow.ts';

const [url = '', prefix = '', codePath = '', timeout = '60000'] = process.argv.slice(2);
const store = await openStore({ url, embedded: true });
await startTestWorker({
  store,
  queues: taskQueues(prefix),
  workflowBundle: { codePath },
  requestTimeoutMs: Number(timeout),
});
process.stdout.write('"ready"\n');
