/** What Temporal or its SDK would refuse again and again ends its run, with the reason. */
import { configurationReader } from '../../organizations/configuration.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { closeRuns } from '../../triggers/runEnds/close.ts';
import { latestOf } from '../../triggers/runEnds/ends.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { REFUSED } from './workflows/refused.ts';

let haloflow: TestHaloflow;
beforeAll(async () => (haloflow = await startHaloflow()));
afterAll(() => haloflow.close());

interface Row {
  readonly status: string;
  readonly error: string | null;
}

const asks = 'SchemaError: Temporal refuses what the workflow asks for: ';
const unknown = `${asks}BadSearchAttributes: Namespace default has no mapping defined for search attribute Nope`;
const unawaited = ' (in a promise that nothing awaits: await it, or catch what it fails with)';
const many =
  'exceed the 2000 that Temporal allows for one run: start them in groups, and wait for each group';

const ENDS: Readonly<Record<string, string>> = {
  child: 'SchemaError: the workflow "eco" is exported from no file of the workflows. Did you mean "echo"?',
  caughtChild: '"SchemaError"',
  plainActivity: 'SchemaError: the task queue',
  next: 'SchemaError: the workflow "nonesuch" is exported from no file of the workflows.',
  attribute: unknown,
  attributeAfterwards: unknown,
  attributeType: `${asks}BadSearchAttributes: invalid value for search attribute TriggerId of type Keyword: 7`,
  attributeOfChild: unknown,
  attributeOfNext: unknown,
  fairnessKey: `${asks}BadStartChildExecutionAttributes: fairness key length exceeds limit`,
  cron: `${asks}BadStartChildExecutionAttributes: invalid CronSchedule`,
  rejected: `TypeError: nobody waits for me${unawaited}`,
  rejectedLater: `TypeError: nobody waits for me${unawaited}`,
  rejectedText: 'Error: a text',
  rejectedCall: 'HaloNotFoundError: GET /Tickets/999999 answered 404',
  rejectedSignal: 'ExternalWorkflowExecutionNotFound: Unable to signal external workflow',
  rejectedReplayed: `TypeError: nobody waits for me${unawaited}`,
  rejectedReplayedLong: `Mine: own: ${'😀'.repeat(900)}`,
  duplicates: `${asks}ScheduleActivityDuplicateId`,
  determinism: 'DeterminismViolationError: not my kind',
  weak: 'DeterminismViolationError: WeakRef cannot be used in Workflows',
  calls: `SchemaError: 2001 calls at once ${many}`,
  signals: `SchemaError: 2001 signals at once ${many}`,
  cancels: `SchemaError: 2001 cancellations of other runs at once ${many}`,
  timers: '2001',
};

test.each(Object.keys(REFUSED))('%s: the run ends, and says why', async (what) => {
  const { handle, run, workflowId } = await haloflow.start('refused', [what], { organization: 'northwind' });
  const result: unknown = await handle.result().catch(() => undefined);
  const { store, queues, starter } = haloflow;
  const configuration = configurationReader(store);
  const ends = { store, client: starter.client, taskQueue: queues.runs, configuration };
  const end = await latestOf(starter.client, workflowId);
  if (end === null || end === 'running') throw new Error(`${what} has not ended`);
  await closeRuns({ ...ends, triggers: triggerReader(store) }, [end]);
  const { rows } = await store.pool.query<Row>(
    `select status, error_type || ': ' || error_message as error from runs where id = $1`,
    [run],
  );
  const says = ENDS[what] ?? '';
  const [row] = rows;
  expect(row?.error?.slice(0, says.length) ?? JSON.stringify(result)).toBe(says);
  expect(row?.status).toBe(row?.error ? 'failed' : 'completed');
});

test('what is refused once is no more than one run', async () => {
  expect(await haloflow.run('echo', ['still here'], { organization: 'northwind' })).toBe('still here');
});
