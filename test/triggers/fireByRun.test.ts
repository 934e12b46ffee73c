/** Workflows that start other workflows by firing their triggers. */
import { fileURLToPath } from 'node:url';
import { asc, eq } from 'drizzle-orm';
import { configurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { fireByRun } from '../../triggers/dispatch/fireByRun.ts';
import { createClient } from '../../triggers/client.ts';
import { triggerReader } from '../../triggers/registry.ts';
import type { EventRow, Trigger } from '../../triggers/types.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow, TestRun } from '../support/haloflow.ts';
import { untilFound } from '../support/polling.ts';
import { eventually } from './eventually.ts';

const MSP: TestRun = { organization: 'northwind' };
const CLIENT: TestRun = { organization: 'acme' };

let haloflow: TestHaloflow;

async function trigger(id: string, changes: Partial<Trigger> = {}): Promise<void> {
  await haloflow.store.db.insert(triggers).values({
    id,
    organization: 'northwind',
    type: 'always-pass',
    workflow: 'echoes',
    runAs: 'client',
    runFor: { owner: true, organizations: [], tags: [], allClients: false },
    overrides: {},
    parameters: {},
    variables: {},
    enabled: true,
    origin: 'manual',
    ...changes,
  });
  await haloflow.reconfigure('select');
}

const fires = (run: TestRun, ...args: readonly unknown[]): Promise<unknown> =>
  haloflow.run('fires', args, run);

const eventsOf = async (id: string): Promise<EventRow[]> =>
  await haloflow.store.db.select().from(events).where(eq(events.trigger, id)).orderBy(asc(events.id));

beforeAll(async () => {
  const workflows = fileURLToPath(new URL('workflows', import.meta.url));
  haloflow = await startHaloflow({ workflows, triggers: true });
  await trigger('report');
  await trigger('everybody', {
    runFor: { owner: true, organizations: ['acme'], tags: [], allClients: false },
  });
  await trigger('of-acme', { organization: 'acme' });
  await trigger('paused', { enabled: false });
  await trigger('alerts', { type: 'webhook' });
}, 60_000);

afterAll(async () => {
  await haloflow.close();
});

test('a workflow fires a trigger, whose run gets the record and says who fired it', async () => {
  const { run, handle } = await haloflow.start('fires', ['report', { client: 'Acme', open: 3 }], MSP);
  const { event } = (await handle.result()) as { event: number };

  const [row] = await eventually(async () => {
    const rows = await eventsOf('report');
    expect(rows).toMatchObject([{ id: event, status: 'accepted', source: 'run', firedBy: run }]);
    return rows;
  });
  expect(row?.key).toMatch(/^call\/[0-9a-f]{64}$/);
  const started = haloflow.starter.client.workflow.getHandle(row?.workflowId ?? '');
  expect(await started.result()).toEqual({ client: 'Acme', open: 3 });
});

test('it runs for each organization of the trigger, or for the one that is named', async () => {
  expect(await fires(MSP, 'everybody')).toEqual({ event: expect.any(Number) });
  await eventually(async () => {
    const accepted = (await eventsOf('everybody')).filter(({ workflowId }) => workflowId !== null);
    expect(accepted).toMatchObject([
      { organization: 'northwind', status: 'accepted', firedBy: expect.any(String) },
      { organization: 'acme', status: 'accepted', firedBy: expect.any(String) },
    ]);
  });
  const one = (await fires(MSP, 'everybody', {}, { organization: 'acme' })) as { event: number };
  await eventually(async () => {
    const row = (await eventsOf('everybody')).find(({ id }) => id === one.event);
    expect(row).toMatchObject({ organization: 'acme', status: 'accepted', payload: {} });
  });
});

test("a client's run fires its own triggers and never those of its MSP, whose run fires both", async () => {
  expect(await fires(CLIENT, 'of-acme')).toEqual({ event: expect.any(Number) });
  expect(await fires(MSP, 'of-acme')).toEqual({ event: expect.any(Number) });
  const before = (await eventsOf('report')).length;
  expect(await fires(CLIENT, 'report')).toEqual({
    type: 'ConfigurationError',
    message: expect.stringContaining('a run for acme cannot fire trigger report, which northwind owns'),
  });
  expect(await fires({ organization: 'globex' }, 'of-acme')).toMatchObject({ type: 'ConfigurationError' });
  expect(await eventsOf('report')).toHaveLength(before);
});

test.each([
  ['a misspelt trigger', ['repotr'], 'there is no trigger repotr. Did you mean "report"?'],
  ['a name that Postgres cannot hold', ['rep\0rt'], 'there is no trigger rep'],
  [
    'a trigger of another type',
    ['alerts'],
    'is of type webhook: a workflow fires triggers of type always-pass',
  ],
  ['a disabled trigger', ['paused'], 'trigger paused is disabled'],
  [
    'an organization that is not below the owner',
    ['of-acme', {}, { organization: 'globex' }],
    'trigger of-acme cannot run for globex',
  ],
  [
    'a misspelt organization',
    ['everybody', {}, { organization: 'acmee' }],
    'at or below its owner northwind. Did you mean "acme"?',
  ],
])('%s is refused at once', async (_what, args, message) => {
  expect(await fires(MSP, ...args)).toEqual({
    type: 'ConfigurationError',
    message: expect.stringContaining(message),
  });
});

test('a record that is no object, nested too deep, or larger than a run can be started with, is refused', async () => {
  expect(await haloflow.run('firesDeep', ['report', 5_000], MSP)).toEqual({
    type: 'SchemaError',
    message: expect.stringMatching(/is nested (too deep to be read|more than \d+ levels deep)/),
  });
  expect(await fires(MSP, 'report', [1])).toEqual({
    type: 'SchemaError',
    message: expect.stringContaining('takes an object as its record'),
  });
  expect(await haloflow.run('firesMuch', ['report', 3_000], MSP)).toMatchObject({ type: 'SchemaError' });
  await trigger('heavy', { variables: { text: 'x'.repeat(1_000_000) } });
  expect(await haloflow.run('firesMuch', ['heavy', 1_500], MSP)).toEqual({
    type: 'SchemaError',
    message: expect.stringContaining('2 MB that a run can be started with, its variables included'),
  });
  expect(await eventsOf('heavy')).toEqual([]);
});

test('nothing is fired for a disabled organization, neither by its runs nor by its triggers', async () => {
  await haloflow.reconfigure("update organizations set enabled = false where slug = 'acme'");
  expect(await fires(MSP, 'of-acme')).toMatchObject({
    message: expect.stringContaining('organization acme, which owns trigger of-acme, is disabled'),
  });
  await haloflow.reconfigure('update organizations set enabled = true');
});

test('the tries of one call fire once, at the same time or after the trigger was disabled; another call fires again', async () => {
  const { run } = await haloflow.start('echoes', [{ event: {} }], MSP);
  await trigger('once');
  const { store } = haloflow;
  const parts = { store, configuration: configurationReader(store), triggers: triggerReader(store) };
  const fire = (call: string): Promise<number> =>
    fireByRun(parts, { run, call, trigger: 'once', record: {}, organization: undefined });

  const [first, ...others] = await Promise.all(['1', '1', '1', '1'].map(fire));
  expect(new Set(others)).toEqual(new Set([first]));
  expect(await fire('2')).not.toBe(first);
  await haloflow.reconfigure("update triggers set enabled = false where id = 'once'");
  expect(await fire('1')).toBe(first);
  await expect(fire('3')).rejects.toThrow('trigger once is disabled');
  expect(await eventsOf('once')).toHaveLength(2);
});

test('a workflow that was not started through haloflow fires nothing', async () => {
  const client = createClient({ connection: haloflow.starter.client.connection });
  const answer: unknown = await client.workflow.execute('fires', {
    taskQueue: haloflow.queues.runs,
    workflowId: `foreign-${haloflow.queues.runs}`,
    args: ['report'],
  });
  expect(answer).toMatchObject({
    type: 'ConfigurationError',
    message: expect.stringContaining('triggers.fire was called by a workflow that was not started through'),
  });
});

/** How the last of a chain of runs ended. */
async function endOf(id: string): Promise<string> {
  return await untilFound(async () => {
    const rows = await haloflow.store.db.select().from(runs).where(eq(runs.trigger, id));
    const failed = rows.find(({ status }) => status === 'failed');
    return failed && `${failed.errorType}: ${failed.errorMessage}`;
  });
}

test('workflows that fire each other end, and say why', async () => {
  await trigger('ping', { workflow: 'firesOn' });
  await trigger('pong', { workflow: 'firesOn' });
  await haloflow.start('firesOn', [{ event: {} }], MSP);

  expect(await endOf('ping')).toMatch(
    /^ConfigurationError: trigger pong was not fired: 10 runs have started one another in a row/,
  );
  expect([...(await eventsOf('ping')), ...(await eventsOf('pong'))]).toHaveLength(10);
}, 90_000);

test('so do those that go round through the ends of runs', async () => {
  await trigger('round', { workflow: 'echoes' });
  await trigger('follow', {
    type: 'workflow-completed',
    workflow: 'startsRound',
    runFor: { owner: true, organizations: [], tags: [], allClients: true },
    parameters: { workflows: ['echoes'], outcomes: ['completed'] },
  });
  await haloflow.run('echoes', [{ event: {} }], MSP);

  expect(await endOf('follow')).toMatch(/^ConfigurationError: trigger round was not fired: 10 runs/);
}, 90_000);
