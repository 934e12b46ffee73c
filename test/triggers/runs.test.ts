import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { showRun } from '../../triggers/runDetails.ts';
import { readRunEnds } from '../../triggers/runEnds/read.ts';
import { cancelRun, findRun, listRuns, rerunRun } from '../../triggers/runs.ts';
import type { StartedRun } from '../../triggers/start.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';

let haloflow: TestHaloflow;

beforeAll(async () => {
  const workflows = fileURLToPath(new URL('workflows', import.meta.url));
  haloflow = await startHaloflow({ workflows });
});

afterAll(async () => {
  await haloflow.close();
});

const start = (workflow: string, args: readonly unknown[] = [], organization = 'acme'): Promise<StartedRun> =>
  haloflow.start(workflow, args, { organization });

const client = (): TestHaloflow['starter']['client'] => haloflow.starter.client;

async function readEnds(): Promise<void> {
  const { store, queues } = haloflow;
  await readRunEnds(
    {
      store,
      client: client(),
      taskQueue: queues.runs,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
    },
    new AbortController().signal,
  );
}

const missing = (message: RegExp): object =>
  expect.objectContaining({ message: expect.stringMatching(message) });

describe('the list of runs', () => {
  it('has the newest first, a page at a time, by organization with all below it, workflow, trigger and status', async () => {
    const made: StartedRun[] = [];
    for (const organization of ['northwind', 'acme', 'globex', 'acme', 'acme']) {
      made.push(await haloflow.start('endsWell', ['x'], { organization, trigger: `list-${organization}` }));
    }
    await Promise.all(made.map(({ handle }) => handle.result()));
    await eventually(async () => {
      await readEnds();
      expect(await listRuns(haloflow.store, { status: 'running', limit: 50 })).toEqual([]);
    });
    const ids = async (
      filters: Omit<Parameters<typeof listRuns>[1], 'limit'>,
      limit = 50,
    ): Promise<string[]> => (await listRuns(haloflow.store, { ...filters, limit })).map(({ id }) => id);
    const newest = made.map(({ run }) => run).toReversed();
    expect(await ids({ organization: 'northwind' })).toEqual(newest);
    expect(await ids({ organization: 'acme', workflow: 'endsWell' })).toEqual([
      newest[0],
      newest[1],
      newest[3],
    ]);
    expect(await ids({ trigger: 'list-globex', status: 'completed' })).toEqual([newest[2]]);
    expect(await ids({ workflow: 'endsBadly' })).toEqual([]);
    const page = await ids({}, 2);
    expect(page).toEqual(newest.slice(0, 2));
    expect(await ids({ before: newest[1] ?? '' }, 2)).toEqual(newest.slice(2, 4));
    const [row] = await listRuns(haloflow.store, { limit: 1 });
    expect(row).not.toHaveProperty('input');
  });
});

describe('a run', () => {
  it('is found by its id, the beginning of it, or its workflow id', async () => {
    const { run, workflowId } = await start('endsWell');
    const { store } = haloflow;
    for (const name of [run, run.slice(0, 13), run.toUpperCase(), workflowId]) {
      expect((await findRun(store, name)).id).toBe(run);
    }
  });

  it.each(['', 'no-such-run', 'ffffffff', 'o/acme/nothing', '%', '0'.repeat(40)])(
    'called %j is none',
    async (name) => {
      await expect(findRun(haloflow.store, name)).rejects.toThrow(ConfigurationError);
    },
  );

  it('whose id several begin with has to be named better', async () => {
    const beginning = 'abcdef01';
    const rows = [1, 2].map(() => {
      const id = `${beginning}${randomUUID().slice(8)}`;
      return {
        id,
        workflowId: `o/acme/${id}`,
        workflow: 'endsWell',
        owner: 'acme',
        organization: 'acme',
        overrides: {},
        startedBy: 'test',
      };
    });
    await haloflow.store.db.insert(runs).values(rows);
    await expect(findRun(haloflow.store, beginning)).rejects.toEqual(
      missing(/several runs.*give more of it/),
    );
    await haloflow.store.db.delete(runs).where(eq(runs.owner, 'acme'));
  });
});

describe('showing a run', () => {
  it('tells its input, its event, its calls with connection, reason and answer, and its result', async () => {
    const { store } = haloflow;
    const [event] = await store.db
      .insert(events)
      .values({ trigger: 'show', key: 'manual/1', source: 'manual', status: 'accepted' })
      .returning();
    const { run, handle } = await start('asksHalo', [{ limit: 1 }], 'northwind');
    await store.db
      .update(runs)
      .set({ event: event?.id ?? 0 })
      .where(eq(runs.id, run));
    const result = await handle.result();
    const shown = await showRun(store, client(), run.slice(0, 12));
    expect(shown).toMatchObject({
      run: { id: run, status: 'completed', input: [{ limit: 1 }], organization: 'northwind' },
      event: { key: 'manual/1', trigger: 'show' },
      pending: [],
      reruns: [],
      result: { known: true, value: result },
    });
    expect(shown.calls).toMatchObject([
      {
        call: {
          action: 'agents.list',
          organization: 'northwind',
          connection: 'northwind-halo',
          because: 'own default',
          attempts: 1,
          status: 'ok',
          durationMs: expect.any(Number),
        },
        result: { known: true, value: [{ id: expect.any(Number) }] },
      },
      {
        call: { action: 'tickets.get', status: 'failed', errorType: 'HaloNotFoundError' },
        result: { known: false },
      },
    ]);
  });

  it('tells why it has failed before its row does', async () => {
    const { run, handle } = await start('endsBadly', ['no such customer']);
    await handle.result().catch(() => undefined);
    const shown = await showRun(haloflow.store, client(), run);
    expect(shown.run).toMatchObject({
      status: 'failed',
      errorType: 'TicketError',
      errorMessage: 'no such customer',
    });
    expect(shown.run.closedAt).toBeInstanceOf(Date);
    expect(shown.result.known).toBe(false);
  });

  it('tells what a run that is under way is waiting for', async () => {
    await haloflow.northwind.fault({ kind: 'status', status: 500, match: { path: '/Agent' }, times: 50 });
    const { run, handle } = await start('waitsForHalo', [], 'northwind');
    await eventually(async () => {
      const { run: row, pending } = await showRun(haloflow.store, client(), run);
      expect(row.status).toBe('running');
      expect(pending).toEqual([
        {
          action: 'agents.list',
          attempt: expect.any(Number),
          nextAttemptAt: expect.any(Date),
          lastError: expect.stringContaining('500'),
        },
      ]);
    });
    await handle.terminate();
    await haloflow.northwind.clearFaults();
  });

  it('works for a run that Temporal has forgotten', async () => {
    const id = randomUUID();
    await haloflow.store.db.insert(runs).values({
      id,
      workflowId: `o/acme/test/${id}`,
      workflow: 'endsWell',
      owner: 'northwind',
      organization: 'acme',
      overrides: {},
      startedBy: 'test',
      status: 'completed',
      closedAt: new Date(),
    });
    expect(await showRun(haloflow.store, client(), id)).toMatchObject({
      run: { status: 'completed' },
      calls: [],
      result: { known: false },
    });
    await expect(rerunRun(haloflow.starter, id)).rejects.toEqual(missing(/its input was not kept/));
  });
});

describe('cancelling a run', () => {
  it('stops it', async () => {
    const { run, handle } = await start('neverEnds');
    expect((await cancelRun(haloflow.store, client(), run.slice(0, 13))).id).toBe(run);
    await expect(handle.result()).rejects.toThrow();
    expect((await handle.describe()).status.name).toBe('CANCELLED');
  });

  it('is refused when it has ended, even if its row does not say so yet, or was never started', async () => {
    const { run, handle } = await start('endsWell');
    await handle.result();
    await expect(cancelRun(haloflow.store, client(), run)).rejects.toEqual(
      missing(/ended already \(completed\)/),
    );
    const id = randomUUID();
    await haloflow.store.db.insert(runs).values({
      id,
      workflowId: `o/acme/test/${id}`,
      workflow: 'endsWell',
      owner: 'northwind',
      organization: 'acme',
      overrides: {},
      startedBy: 'test',
    });
    await expect(cancelRun(haloflow.store, client(), id)).rejects.toEqual(missing(/no record of/));
  });
});

describe('starting a run again', () => {
  it('gives the same workflow the same input under a new id that points to the first', async () => {
    const overrides = { halo: { use: 'mapping' as const } };
    const first = await haloflow.start('endsWell', [{ ticket: 4711 }], {
      organization: 'acme',
      trigger: 'triage',
      overrides,
    });
    await first.handle.result();
    const second = await rerunRun(haloflow.starter, first.run);
    expect(await second.handle.result()).toEqual({ ticket: 4711 });
    const third = await rerunRun(haloflow.starter, second.run);
    await third.handle.result();
    expect(new Set([first.run, second.run, third.run]).size).toBe(3);
    expect(third.workflowId).not.toBe(first.workflowId);
    for (const again of [second, third]) {
      expect(await findRun(haloflow.store, again.run)).toMatchObject({
        workflow: 'endsWell',
        input: [{ ticket: 4711 }],
        organization: 'acme',
        owner: 'northwind',
        overrides,
        trigger: 'triage',
        startedBy: 'rerun',
        rerunOf: first.run,
      });
    }
    expect((await showRun(haloflow.store, client(), first.run)).reruns).toEqual([second.run, third.run]);
  });

  it('is refused while the first is under way', async () => {
    const { run, handle } = await start('neverEnds');
    await expect(rerunRun(haloflow.starter, run)).rejects.toEqual(missing(/still under way.*runs cancel/));
    await handle.terminate();
    await (await rerunRun(haloflow.starter, run)).handle.terminate();
  });

  it('is refused for an organization that is disabled by now', async () => {
    const { run, handle } = await start('endsWell');
    await handle.result();
    await haloflow.reconfigure("update organizations set enabled = false where slug = 'acme'");
    await expect(rerunRun(haloflow.starter, run)).rejects.toEqual(missing(/organization acme is disabled/));
    await haloflow.reconfigure("update organizations set enabled = true where slug = 'acme'");
  });
});
