/** What Temporal or its SDK would refuse again and again ends its run, with the reason. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { REFUSED } from './workflows/refused.ts';

let haloflow: TestHaloflow;
beforeAll(async () => (haloflow = await startHaloflow()));
afterAll(() => haloflow.close());

interface Failed {
  readonly cause?: { readonly type?: string; readonly message?: string };
}

const asks = 'SchemaError: Temporal refuses what the workflow asks for: ';
const unknown = `${asks}BadSearchAttributes: Namespace default has no mapping defined for search attribute Nope`;
const unawaited = ' (in a promise that nothing awaits: await it, or catch what it fails with)';
const many =
  'exceed the 2000 that Temporal allows for one run: start them in groups, and wait for each group';

const ENDS: Readonly<Record<string, string>> = {
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
  calls: `SchemaError: 2001 calls at once ${many}`,
  signals: `SchemaError: 2001 signals at once ${many}`,
  cancels: `SchemaError: 2001 cancellations of other runs at once ${many}`,
  timers: 'completed 2001',
};

test.each(Object.keys(REFUSED))('%s: the run ends, and says why', async (what) => {
  const { handle } = await haloflow.start('refused', [what], { organization: 'northwind' });
  const end = await handle.result().then(
    (result: unknown) => `completed ${JSON.stringify(result)}`,
    ({ cause }: Failed) => `${cause?.type}: ${cause?.message}`,
  );
  expect(end.slice(0, ENDS[what]?.length)).toBe(ENDS[what]);
});

test('what is refused once is no more than one run', async () => {
  expect(await haloflow.run('echo', ['still here'], { organization: 'northwind' })).toBe('still here');
});
