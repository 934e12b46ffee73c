/** Whatever an author hands over ends his run at worst, and nobody else's. */
import '../../protobufTexts.ts';
import protobuf from 'protobufjs/minimal.js';
import { Worker } from '@temporalio/worker';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { array, assert, constantFrom, integer, oneof, property, sample, tuple } from 'fast-check';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { HALF, halfAt } from './halves.ts';
import { FIELDS, SLIPS, UNTOUCHABLE, VALUES, WAYS } from './workflows/hostile.ts';

let haloflow: TestHaloflow;
beforeAll(async () => (haloflow = await startHaloflow()));
afterAll(() => haloflow.close());

const forNorthwind = { organization: 'northwind' };

interface Failed {
  readonly cause?: { readonly type?: string; readonly message?: string; readonly details?: unknown[] };
}

/** How a run ends; only a run that ends gives an answer at all. */
async function endOf(workflow: string, args: readonly unknown[]): Promise<string> {
  const { handle } = await haloflow.start(workflow, args, forNorthwind);
  return await handle.result().then(
    (result: unknown) => `completed ${JSON.stringify(result)}`,
    ({ cause }: Failed) => `${cause?.type}: ${cause?.message}`,
  );
}

/** A text as Temporal's messages have it, read back by somebody strict. */
function written(text: string): string {
  const bytes = protobuf.Writer.create().string(text).finish();
  const length = protobuf.Reader.create(bytes).uint32();
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    bytes.subarray(bytes.length - length),
  );
}
test('every text is written as UTF-8, wherever half a character is', () => {
  for (const length of [...Array(81).keys(), 126, 127, 128, 129, 4_000]) {
    for (let place = 0; place <= Math.min(length, 60); place += 1) {
      for (const half of [HALF, '\udd81']) {
        const message = halfAt(place, length).replace(HALF, half);
        expect(written(message)).toBe(message.replace(half, '\u{FFFD}'));
      }
    }
  }
});

test('texts of any units are written as what they are, halves replaced', () => {
  const text = array(integer({ min: 1, max: 0xffff }), { maxLength: 130 });
  assert(
    property(text, (units) => {
      const message = String.fromCharCode(...units);
      expect(written(message)).toBe(message.toWellFormed());
    }),
    { numRuns: 2_000 },
  );
});

test('a run that fails with half a character in its text says so, and the next run works', async () => {
  expect(await endOf('hostileText', ['message', 16, 30, 'No user: Printe 🦁🦁'])).toMatch(
    /^Error: No user: Printe \u{FFFD}/u,
  );
  expect(await endOf('echo', ['still here'])).toBe('completed "still here"');
});

test('half a character at each place of an error text', async () => {
  const places = [...Array(61).keys()];
  const ends = await Promise.all(places.map((place) => endOf('hostileText', ['message', place, 38])));
  expect(ends).toEqual(places.map((place) => `Error: ${halfAt(place, 38).replace(HALF, '\u{FFFD}')}`));
});

test.each(Object.keys(FIELDS))('any text in the field %s ends the run at most', async (field) => {
  const place = integer({ min: 0, max: 60 });
  const length = oneof(integer({ min: 0, max: 60 }), constantFrom(3_999, 4_000, 4_001, 2_000_000));
  const filler = constantFrom('a', 'ä', '🦁', '\0');
  // One at a time: two megabytes are enough for a slow machine.
  for (const text of sample(tuple(place, length, filler), { numRuns: 5, seed: 13 })) {
    expect(await endOf('hostileText', [field, ...text])).toMatch(/./);
  }
  expect(await endOf('echo', [1])).toBe('completed 1');
});

test.each(Object.keys(VALUES))('a result that is %s fails the run with a SchemaError', async (value) => {
  expect(await endOf('hostileValue', ['result', value])).toMatch(
    /^SchemaError: the result (cannot be stored as JSON: |of \d\.\d MB is over the 2 MB that Temporal stores)/,
  );
});

const REFUSING = Object.keys(WAYS).filter(
  (way) => !['caught', 'details', 'thrown', 'message', 'name', 'cause', 'stack', 'log'].includes(way),
);
test.each(REFUSING.flatMap((way) => ['bigint', 'circle', 'large', 'function'].map((value) => [way, value])))(
  'handing over by %s what is %s fails the run with a SchemaError',
  async (way, value) => {
    const end = await endOf('hostileValue', [way, value]);
    // A trigger's record is an object whose function JSON leaves out.
    if (way === 'fire' && value === 'function') expect(end).toContain('Activity task failed');
    else expect(end).toMatch(/^SchemaError: /);
  },
);

test('the id of a patch with half a character is refused, since no replay would know it again', async () => {
  expect(await endOf('hostileText', ['patch', 3, 10])).toBe(
    'SchemaError: the id of a patch holds half a character',
  );
});

test('an author may catch what is refused', async () => {
  expect(await endOf('hostileValue', ['caught', 'bigint'])).toContain(
    'an argument of the child echo cannot be stored as JSON: rows.0.n is a BigInt; make it a string or a number',
  );
});

test.each(Object.keys(VALUES))(
  'an error keeps its type and message where its details are %s',
  async (value) => {
    const { handle } = await haloflow.start('hostileValue', ['details', value], forNorthwind);
    const { cause } = (await handle.result().catch((error: unknown) => error)) as Failed;
    expect(cause).toMatchObject({ type: 'Detailed', message: 'with details' });
    expect(cause?.details).toMatchObject([{ omitted: expect.any(String) as string }]);
  },
);

test.each(
  ['thrown', 'message', 'name', 'cause', 'stack'].flatMap((way) =>
    Object.keys(VALUES).map((value) => [way, value]),
  ),
)('an error fails the run, whatever it holds (%s: %s)', async (way, value) => {
  expect(await endOf('hostileValue', [way, value])).not.toMatch(/^completed|^undefined/);
});

test.each(
  Object.keys(WAYS)
    .filter((way) => !['caught', 'log'].includes(way))
    .flatMap((way) => Object.keys(UNTOUCHABLE).map((value) => [way, value])),
)('a value that throws whatever is done with it fails the run (%s: %s)', async (way, value) => {
  expect(await endOf('hostileValue', [way, value])).not.toMatch(/^completed|^undefined/);
});

test.each(Object.keys(VALUES))('a log line with %s does not keep the run', async (value) => {
  expect(await endOf('hostileValue', ['log', value])).toBe('completed "logged"');
});

const ALLOWED = new Set(['longSummary', 'negative']);
const OWN = new Set([
  'causes',
  'chain',
  'details',
  'failing',
  'getter',
  'infinite',
  'manyDetails',
  'manyDetailsOfCauses',
  'manyDetailsOfCancellation',
  'nan',
  'proxy',
  'yieldError',
]);
test.each(Object.keys(SLIPS))('the slip %s ends the run, and says why', async (slip) => {
  const end = await endOf('hostileSlip', [slip]);
  if (ALLOWED.has(slip)) expect(end).toMatch(/^completed/);
  else if (OWN.has(slip))
    expect(end).toMatch(/^(Error|Many|ValueError|undefined|\(its name cannot be read\)): ./);
  else expect(end).toMatch(/^SchemaError: ./);
});

test('calls that are too much together say what to do', async () => {
  expect(await endOf('hostileSlip', ['calls'])).toBe(
    'SchemaError: 3 calls or children at once pass 5.4 MB, but Temporal accepts 4 MB in one step: wait for some of them before you start the next, or pass less',
  );
});

test.each(Object.keys(VALUES))(
  'an answer that is %s fails the query and the update, not the run',
  async (value) => {
    const { handle } = await haloflow.start('hostileAnswers', [value], forNorthwind);
    await expect(handle.query('asked')).rejects.toThrow(
      /the answer to the query asked (cannot be stored|of )/,
    );
    const told = (await handle
      .executeUpdate('told')
      .catch((error: unknown) => error)) as WorkflowUpdateFailedError;
    expect(told).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(told.cause?.message).toMatch(/the answer to the update told (cannot be stored|of )/);
    await handle.signal('go');
    await expect(handle.result()).resolves.toBe('gone on');
  },
);

test('what a client sends is well-formed, too', async () => {
  const { client, taskQueue } = haloflow.starter;
  const text = `id-${HALF}-${taskQueue}`.slice(0, 39);
  const handle = await client.workflow.start('waiting', { taskQueue, workflowId: text, args: [text] });
  await handle.signal(`x${HALF}`, HALF);
  await expect(handle.query(`x${HALF}`)).rejects.toThrow(/did not register a handler for x\u{FFFD}/u);
  await handle.terminate(`since ${HALF}`);
  const { cause } = (await handle.result().catch((error: unknown) => error)) as Failed;
  expect(cause?.message).toBe('since \u{FFFD}');
});

test.each([`Printe ${HALF}`, halfAt(40, 60), '\0'])('a run with names of %j replays', async (text) => {
  const { handle } = await haloflow.start('hostileNames', [text], forNorthwind);
  await handle.result().catch(() => null);
  const history = await handle.fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: haloflow.workflowBundle }, history, handle.workflowId);
});
