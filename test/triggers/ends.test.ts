import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { asc, eq } from 'drizzle-orm';
import { runsEnded } from '../../calls/metrics.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { calls, runEnds, runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { triggerReader } from '../../triggers/registry.ts';
import type { RunEnds } from '../../triggers/runEnds/close.ts';
import { readRunEnds } from '../../triggers/runEnds/read.ts';
import type { StartedRun } from '../../triggers/start.ts';
import type { EventRow } from '../../triggers/types.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';

let haloflow: TestHaloflow;
let parts: RunEnds;

beforeAll(async () => {
  const workflows = fileURLToPath(new URL('workflows', import.meta.url));
  haloflow = await startHaloflow({ workflows });
  parts = {
    store: haloflow.store,
    client: haloflow.starter.client,
    taskQueue: haloflow.queues.runs,
    configuration: configurationReader(haloflow.store),
    triggers: triggerReader(haloflow.store),
  };
});

afterAll(async () => {
  await haloflow.close();
});

afterEach(async () => {
  await haloflow.reconfigure('delete from triggers');
  await haloflow.northwind.clearFaults();
});

const read = (): Promise<number> => readRunEnds(parts, new AbortController().signal);

async function rowOf({ run }: Pick<StartedRun, 'run'>): Promise<typeof runs.$inferSelect> {
  const [row] = await haloflow.store.db.select().from(runs).where(eq(runs.id, run));
  if (!row) throw new Error(`no row of run ${run}`);
  return row;
}

/** Reads ends until the run's row is closed. */
async function closedRowOf(run: Pick<StartedRun, 'run'>): Promise<typeof runs.$inferSelect> {
  return await eventually(async () => {
    await read();
    const row = await rowOf(run);
    expect(row.status).not.toBe('running');
    return row;
  });
}

interface Follower {
  readonly id: string;
  readonly organization?: string;
  readonly workflows: readonly string[];
  readonly outcomes?: readonly string[];
  readonly enabled?: boolean;
}

async function follow({
  id,
  organization = 'northwind',
  workflows,
  outcomes,
  enabled = true,
}: Follower): Promise<void> {
  const everyOutcome = ['completed', 'failed', 'cancelled', 'terminated', 'timed-out'];
  await haloflow.store.db.insert(triggers).values({
    id,
    organization,
    type: 'workflow-completed',
    workflow: 'endsWell',
    runAs: 'client',
    runFor: { owner: true, organizations: [], tags: [], allClients: true },
    overrides: {},
    parameters: { workflows, outcomes: outcomes ?? everyOutcome },
    variables: {},
    enabled,
    // The clocks of Temporal and Postgres are the same here, their precision is not.
    enabledAt: new Date(Date.now() - 1_000),
    origin: 'manual',
  });
  await haloflow.reconfigure('select');
}

const eventsOf = (trigger: string): Promise<EventRow[]> =>
  haloflow.store.db.select().from(events).where(eq(events.trigger, trigger)).orderBy(asc(events.id));

const start = (workflow: string, args: readonly unknown[] = [], organization = 'acme'): Promise<StartedRun> =>
  haloflow.start(workflow, args, { organization });

describe('the row of a run', () => {
  it('is closed when the workflow has completed', async () => {
    const run = await start('endsWell', ['fine']);
    await run.handle.result();
    const row = await closedRowOf(run);
    expect(row).toMatchObject({ status: 'completed', errorType: null, errorMessage: null });
    expect(row.closedAt?.getTime()).toBeGreaterThanOrEqual(row.startedAt.getTime() - 1_000);
  });

  it.each([
    ['endsBadly', ['no such \0customer'], 'TicketError', 'no such \u{FFFD}customer'],
    ['failsInHalo', [], 'HaloNotFoundError', expect.stringContaining('999999')],
    ['failsInChild', [], 'TicketError', 'the child gave up'],
  ])('says why %s has failed', async (workflow, args, errorType, errorMessage) => {
    const run = await start(workflow, args, 'northwind');
    await run.handle.result().catch(() => undefined);
    expect(await closedRowOf(run)).toMatchObject({ status: 'failed', errorType, errorMessage });
  });

  it('is closed when somebody cancelled or terminated it, with the reason given', async () => {
    const [cancelled, terminated] = await Promise.all([start('neverEnds'), start('neverEnds')]);
    await cancelled.handle.cancel();
    await terminated.handle.terminate('the customer called it off');
    expect(await closedRowOf(cancelled)).toMatchObject({ status: 'cancelled', errorType: null });
    await closedRowOf(cancelled);
    expect((await runsEnded.get()).values).toContainEqual(
      expect.objectContaining({ labels: { workflow: 'neverEnds', status: 'cancelled' }, value: 1 }),
    );
    expect(await closedRowOf(terminated)).toMatchObject({
      status: 'terminated',
      errorType: 'TerminatedFailure',
      errorMessage: 'the customer called it off',
    });
  });

  it('is closed when the run was over its time', async () => {
    const { store, starter, queues } = haloflow;
    const id = randomUUID();
    await store.db.insert(runs).values({
      id,
      workflowId: `o/acme/test/${id}`,
      workflow: 'neverEnds',
      owner: 'northwind',
      organization: 'acme',
      overrides: {},
      startedBy: 'test',
    });
    await starter.client.workflow.start('neverEnds', {
      workflowId: `o/acme/test/${id}`,
      taskQueue: queues.runs,
      workflowExecutionTimeout: '1 second',
    });
    expect(await closedRowOf({ run: id })).toMatchObject({ status: 'timed-out' });
  });

  it('stays open while the run is under way, and when it is carried on by a reset', async () => {
    const run = await start('neverEnds');
    await eventually(async () => {
      const { historyLength } = await run.handle.describe();
      expect(historyLength).toBeGreaterThanOrEqual(4);
    });
    await read();
    expect((await rowOf(run)).status).toBe('running');
    await haloflow.starter.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: run.workflowId },
      // The generated type says Long; protobufjs takes numbers.
      workflowTaskFinishEventId: 4 as never,
      requestId: randomUUID(),
      reason: 'test',
    });
    await start('endsWell').then(closedRowOf);
    expect((await rowOf(run)).status).toBe('running');
    await haloflow.starter.client.workflow.getHandle(run.workflowId).terminate('enough');
    expect((await closedRowOf(run)).status).toBe('terminated');
  });

  it('is not touched by workflows of another queue', async () => {
    const elsewhere = { ...parts, taskQueue: `${haloflow.queues.runs}-other` };
    const run = await start('endsWell');
    await run.handle.result();
    expect(await readRunEnds(elsewhere, new AbortController().signal)).toBe(0);
    expect((await rowOf(run)).status).toBe('running');
    await closedRowOf(run);
  });
});

describe('the calls of a run that was terminated', () => {
  it('are closed too, since no worker will', async () => {
    await haloflow.northwind.fault({ kind: 'delay', delayMs: 5_000, match: { path: '/Agent' }, times: 5 });
    const run = await start('waitsForHalo', [], 'northwind');
    const callsOf = (): Promise<(typeof calls.$inferSelect)[]> =>
      haloflow.store.db.select().from(calls).where(eq(calls.run, run.run));
    await eventually(async () => expect(await callsOf()).toMatchObject([{ status: 'running' }]));
    await run.handle.terminate();
    await closedRowOf(run);
    expect(await callsOf()).toMatchObject([
      { action: 'agents.list', status: 'failed', errorMessage: 'the run was terminated' },
    ]);
  });
});

describe('a trigger on the end of runs', () => {
  it('gets one event with the run and its result, for the organization of the run', async () => {
    await follow({ id: 'after-well', workflows: ['endsWell'] });
    const run = await start('endsWell', [{ tickets: 3 }]);
    await run.handle.result();
    const row = await closedRowOf(run);
    await read();
    const found = await eventsOf('after-well');
    expect(found).toMatchObject([
      { key: `run/${run.run}`, source: 'run', status: 'pending', organization: 'acme' },
    ]);
    expect(found[0]?.payload).toEqual({
      run: {
        id: run.run,
        workflow: 'endsWell',
        organization: 'acme',
        trigger: null,
        status: 'completed',
        started_at: row.startedAt.toISOString(),
        closed_at: row.closedAt?.toISOString(),
        error: null,
      },
      result: { tickets: 3 },
      organization: 'acme',
    });
  });

  it('hears of the ends it asked for only', async () => {
    await follow({
      id: 'failures',
      workflows: ['endsWell', 'endsBadly'],
      outcomes: ['failed', 'terminated'],
    });
    await follow({ id: 'off', workflows: ['endsBadly'], enabled: false });
    const [good, bad] = await Promise.all([start('endsWell'), start('endsBadly', ['broken'])]);
    await bad.handle.result().catch(() => undefined);
    await Promise.all([good, bad].map(closedRowOf));
    const found = await eventsOf('failures');
    expect(found.map(({ key }) => key)).toEqual([`run/${bad.run}`]);
    expect(found[0]?.payload).toMatchObject({
      run: { status: 'failed', error: { type: 'TicketError', message: 'broken' } },
      result: null,
    });
    expect(await eventsOf('off')).toEqual([]);
  });

  it('hears of the runs at or below its owner only', async () => {
    await follow({ id: 'of-acme', organization: 'acme', workflows: ['endsWell'] });
    const [own, other] = await Promise.all([start('endsWell'), start('endsWell', [], 'globex')]);
    await Promise.all([own, other].map(closedRowOf));
    expect((await eventsOf('of-acme')).map(({ key }) => key)).toEqual([`run/${own.run}`]);
  });

  it('does not follow a run that it started itself, nor one that ended before it was enabled', async () => {
    const early = await start('endsWell');
    await early.handle.result();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await follow({ id: 'itself', workflows: ['endsWell'] });
    const own = await haloflow.start('endsWell', [], { organization: 'acme', trigger: 'itself' });
    await Promise.all([early, own].map(closedRowOf));
    expect(await eventsOf('itself')).toEqual([]);
  });

  it('is told that a result is too large instead of getting it', async () => {
    await follow({ id: 'large', workflows: ['returnsMuch'] });
    const run = await start('returnsMuch', [1.5]);
    await run.handle.result();
    await closedRowOf(run);
    expect((await eventsOf('large'))[0]?.payload).toMatchObject({
      result: null,
      result_omitted: expect.stringMatching(/1\.5 MB is over the 1\.0 MB/),
    });
  });
});

describe('reading', () => {
  it('finds every end once, over several pages and with several readers at once', async () => {
    await follow({ id: 'many', workflows: ['endsWell'] });
    const started: StartedRun[] = [];
    // Nine at a time, so that none waits for a connection of the pool for as long as it may.
    for (let n = 0; n < 270; n += 9) {
      started.push(...(await Promise.all(Array.from({ length: 9 }, (_, i) => start('endsWell', [n + i])))));
    }
    await eventually(async () => {
      await Promise.all([read(), read(), read()]);
      const rows = await Promise.all(started.map(rowOf));
      expect(rows.filter(({ status }) => status === 'running')).toEqual([]);
    });
    const keys = (await eventsOf('many')).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(started.map(({ run }) => `run/${run}`).toSorted());
  });

  it('goes on from the mark of a look that died, and finds what it had not closed', async () => {
    await follow({ id: 'died', workflows: ['endsWell'] });
    const [first, second] = [await start('endsWell'), await start('endsWell')];
    await Promise.all([first, second].map(({ handle }) => handle.result()));
    const aborted = AbortSignal.abort(new Error('killed'));
    await expect(readRunEnds(parts, aborted)).rejects.toThrow();
    await Promise.all([first, second].map(closedRowOf));
    expect(await eventsOf('died')).toHaveLength(2);
  });

  it('commits a run and its events together: without the events, the run stays open', async () => {
    await follow({ id: 'together', workflows: ['endsWell'] });
    await haloflow.store.pool.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no events today'; end $$;
       create trigger refuse before insert on events for each row execute function refuse()`,
    );
    const run = await start('endsWell');
    await run.handle.result();
    await eventually(async () => {
      await expect(read()).rejects.toThrow();
    });
    expect((await rowOf(run)).status).toBe('running');
    await haloflow.store.pool.query('drop trigger refuse on events; drop function refuse()');
    await closedRowOf(run);
    expect(await eventsOf('together')).toHaveLength(1);
  });

  it('finds an end that visibility showed long after it, by asking for the run itself', async () => {
    const run = await start('endsWell');
    await run.handle.result();
    await haloflow.store.db
      .update(runs)
      .set({ startedAt: new Date(Date.now() - 3_600_000) })
      .where(eq(runs.id, run.run));
    const hour = new Date(Date.now() + 3_600_000);
    await haloflow.store.db.update(runEnds).set({ closedAt: hour, readAt: null });
    await read();
    expect((await rowOf(run)).status).toBe('completed');
    await haloflow.store.db.delete(runEnds);
  });

  it('closes a run that Temporal knows nothing of a day later', async () => {
    const id = randomUUID();
    await haloflow.store.db.insert(runs).values({
      id,
      workflowId: `o/acme/test/${id}`,
      workflow: 'endsWell',
      owner: 'northwind',
      organization: 'acme',
      overrides: {},
      startedBy: 'test',
      startedAt: new Date(Date.now() - 25 * 3_600_000),
    });
    await haloflow.store.db.update(runEnds).set({ readAt: null });
    expect(await closedRowOf({ run: id })).toMatchObject({
      status: 'failed',
      errorType: 'WorkflowNotFoundError',
      errorMessage: expect.stringContaining('no record'),
    });
  });
});
