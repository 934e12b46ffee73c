/** What a call is given and leaves behind: its run, the options of a list, the record, and no secret. */
import { ServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { seal } from '../../store/seal.ts';
import { createClient, startingRun } from '../../triggers/client.ts';
import { startRun } from '../../triggers/start.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { activitiesOf, apiRequests, callsOf, eventually, historyText, probe } from './helpers.ts';
import type { Answer } from './helpers.ts';

let haloflow: TestHaloflow;
const MSP = { organization: 'northwind' };

beforeAll(async () => {
  haloflow = await startHaloflow();
});
afterAll(async () => {
  await haloflow.close();
});
afterEach(async () => {
  for (const tenant of [haloflow.northwind, haloflow.globex]) {
    await tenant.clearFaults();
    await tenant.clearRequests();
  }
});

describe('a workflow', () => {
  test('chains typed calls, under an override and for an organization below', async () => {
    const started = await haloflow.start('probeChain', [], MSP);
    expect(await started.handle.result()).toEqual({ same: true, agents: 14, globex: 5 });
    const { actions } = haloflow.queues;
    expect(await activitiesOf(started.handle)).toEqual([
      `tickets.list on ${actions}`,
      `tickets.get on ${actions}`,
      `agents.list on ${actions}`,
      `agents.list on ${actions}`,
    ]);
    expect(await callsOf(haloflow, started.run)).toMatchObject([
      {
        action: 'tickets.list',
        organization: 'northwind',
        connection: 'northwind-halo',
        because: 'own default',
      },
      {
        action: 'tickets.get',
        organization: 'northwind',
        connection: 'northwind-halo',
        because: 'own default',
      },
      { action: 'agents.list', connection: 'northwind-halo', because: 'action override: mapping' },
      { action: 'agents.list', organization: 'globex', connection: 'globex-halo', because: 'own default' },
    ]);
  });

  test('may await the proxy itself: nothing is scheduled', async () => {
    const { handle } = await haloflow.start('probeAwaitedProxy', [], MSP);
    expect(await handle.result()).toBe('nothing scheduled');
    expect(await activitiesOf(handle)).toEqual([]);
  });

  test('knows for whom it runs, at MSP level and at client level', async () => {
    expect(await haloflow.run('probeContext', [], MSP)).toEqual({
      organization: 'northwind',
      owner: 'northwind',
      trigger: null,
      client: 2,
    });
    const mapping = { halo: { use: 'mapping' } } as const;
    const run = { organization: 'acme', overrides: mapping, trigger: 'new-tickets' };
    expect(await haloflow.run('probeContext', [], run)).toEqual({
      organization: 'acme',
      owner: 'northwind',
      trigger: 'new-tickets',
      client: 12,
    });
    expect(await haloflow.run('probeContext', [], { organization: 'globex', owner: 'globex' })).toMatchObject(
      {
        owner: 'globex',
        client: null,
      },
    );
  });

  test('sees the organizations below its own, and no others', async () => {
    expect(await haloflow.run('probeBelow', [], MSP)).toEqual([
      { slug: 'acme', name: 'Acme', tags: ['gold'], enabled: true, client: 12 },
      { slug: 'globex', name: 'Globex', tags: [], enabled: true, client: null },
      { slug: 'initech', name: 'Initech', tags: [], enabled: true, client: null },
    ]);
    expect(await haloflow.run('probeBelow', [], { organization: 'globex' })).toEqual([]);
  });

  test('hands its run on to children and to the run that it continues as', async () => {
    const run = { organization: 'globex', trigger: 'nightly' };
    const { handle, run: id } = await haloflow.start('probeFamily', [], run);
    const attributes = ['OrgId=globex', 'OwnerId=northwind', 'TriggerId=nightly'];
    const answer = { output: Array.from({ length: 5 }, () => ({ id: expect.any(Number) as number })) };
    const result = (await handle.result()) as { attributes: string[]; child: { attributes: string[] } };
    expect(result).toMatchObject({ own: answer, child: { organization: 'globex', answer } });
    expect(result.attributes.toSorted()).toEqual(attributes);
    expect(result.child.attributes.toSorted()).toEqual(attributes);
    expect(await callsOf(haloflow, id)).toMatchObject([
      { organization: 'globex', connection: 'globex-halo', status: 'ok' },
      { organization: 'globex', connection: 'globex-halo', status: 'ok' },
    ]);
  });

  test('carries its organization in its id and in its search attributes', async () => {
    const { handle, workflowId } = await haloflow.start('probeContext', [], {
      organization: 'acme',
      trigger: 't1',
    });
    await handle.result();
    expect(workflowId).toMatch(/^o\/acme\//);
    const { typedSearchAttributes } = await handle.describe();
    const found = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const);
    expect(Object.fromEntries(found)).toMatchObject({ OrgId: 'acme', OwnerId: 'northwind', TriggerId: 't1' });
  });

  test('that was not started through haloflow has no organization, and is told so at once', async () => {
    const client = createClient({ connection: haloflow.starter.client.connection });
    const foreign = { taskQueue: haloflow.queues.runs, workflowId: `foreign-${haloflow.queues.runs}` };
    const answer = (await client.workflow.execute('probe', {
      ...foreign,
      args: [{ action: 'agents.list' }],
    })) as Answer;
    expect(answer.failure).toEqual({
      type: 'ConfigurationError',
      message: expect.stringContaining('not started through haloflow') as string,
    });
    const below = client.workflow.execute('probeBelow', foreign);
    await expect(below).rejects.toMatchObject({
      cause: {
        cause: {
          type: 'ConfigurationError',
          message: expect.stringContaining('start it with the haloflow command or a trigger') as string,
        },
      },
    });
    const context = client.workflow.execute('probeContext', foreign);
    await expect(context).rejects.toMatchObject({ cause: { type: 'ConfigurationError' } });
    expect(await apiRequests(haloflow.northwind)).toEqual([]);
  });

  test('that names a run which does not exist is refused', async () => {
    const header = {
      run: crypto.randomUUID(),
      organization: 'northwind',
      owner: 'northwind',
      trigger: null,
      client: 2,
    };
    const answer = (await startingRun(header, () =>
      haloflow.starter.client.workflow.execute('probe', {
        taskQueue: haloflow.queues.runs,
        workflowId: `made-up-${haloflow.queues.runs}`,
        args: [{ action: 'agents.list' }],
      }),
    )) as Answer;
    expect(answer.failure?.type).toBe('ConfigurationError');
  });
});

describe('the options of a list', () => {
  test('fields keeps the rest out of history, limit bounds the rows', async () => {
    const started = await haloflow.start(
      'probe',
      [{ action: 'tickets.list', options: { limit: 3, fields: ['id', 'summary'] } }],
      MSP,
    );
    const { output } = (await started.handle.result()) as { output: object[] };
    expect(output).toHaveLength(3);
    for (const row of output) expect(Object.keys(row)).toEqual(['id', 'summary']);
    expect(await apiRequests(haloflow.northwind)).toMatchObject([{ query: { page_size: '3' } }]);
    expect(await historyText(started.handle)).not.toContain('dateoccurred');
  });

  test('all reads every page, up to the limit', async () => {
    const { output } = await probe(haloflow, {
      action: 'tickets.list',
      options: { all: true, limit: 150, fields: ['id'] },
    });
    const ids = (output as { id: number }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(150);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(2);
  });
});

test('secrets and tokens are in no history, no row and no error', async () => {
  const { store } = haloflow;
  const marker = 'planted-secret-5b1f';
  const [northwind] = haloflow.sandbox.tenants;
  const sealed = await seal(store.key, marker);
  const own = await store.pool.query<{ sealed_secret: string }>(
    `select sealed_secret from connections where id = 'globex-halo'`,
  );
  await haloflow.reconfigure(`update connections set sealed_secret = $1 where id = 'globex-halo'`, [sealed]);
  const runs = [
    await haloflow.start('probe', [{ action: 'agents.list' }], { organization: 'globex' }),
    await haloflow.start('probe', [{ action: 'tickets.create', input: { summary: 'x' } }], MSP),
    await haloflow.start('probe', [{ action: 'agents.list', options: { all: true } }], MSP),
  ];
  const results = await Promise.all(runs.map(({ handle }) => handle.result()));
  await haloflow.reconfigure(`update connections set sealed_secret = $1 where id = 'globex-halo'`, [
    own.rows[0]?.sealed_secret,
  ]);
  expect(results[0]).toMatchObject({ failure: { type: 'HaloAuthenticationError' } });
  const histories = await Promise.all(runs.map(({ handle }) => historyText(handle)));
  const { rows } = await store.pool.query<{ all: string }>(
    `select json_build_array((select json_agg(r) from runs r), (select json_agg(c) from calls c),
      (select json_agg(w) from writes w))::text as all`,
  );
  // Payloads are base64 in a history.
  const texts = [...histories, ...histories.map(payloads), ...rows.map(({ all }) => all)].join('\n');
  expect(texts).toContain('globex-halo');
  for (const secret of [marker, northwind?.clientSecret ?? marker, sealed, 'Bearer ']) {
    expect(texts).not.toContain(secret);
  }
});

const payloads = (history: string): string =>
  [...history.matchAll(/"data": ?"([^"]*)"/g)]
    .map(([, data = '']) => Buffer.from(data, 'base64').toString())
    .join('\n');

describe('a start that fails', () => {
  /** A Temporal that answers every start with this gRPC status. */
  async function startAnswered(code: number): Promise<{ error: Error; rows: number }> {
    const cause = Object.assign(new Error('no mapping defined for search attribute OrgId'), { code });
    const start = (): Promise<never> =>
      Promise.reject(new ServiceError('Failed to start Workflow', { cause }));
    const starter = { ...haloflow.starter, client: { workflow: { start } } as unknown as Client };
    const request = {
      workflow: `fails-${code}`,
      args: [],
      owner: 'northwind',
      overrides: {},
      startedBy: 'test',
      ...MSP,
    };
    const error = await startRun(starter, await haloflow.configuration(), request).then(
      () => new Error('it was started'),
      (thrown: Error) => thrown,
    );
    const { rowCount } = await haloflow.store.pool.query('select from runs where workflow = $1', [
      `fails-${code}`,
    ]);
    return { error, rows: rowCount ?? 0 };
  }

  test('for certain leaves no row, and says what Temporal lacks', async () => {
    const { error, rows } = await startAnswered(3);
    expect(rows).toBe(0);
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      message: 'Temporal refused to start fails-3: no mapping defined for search attribute OrgId',
    });
  });

  test.each([4, 14])('perhaps (gRPC status %d) keeps it: the run would need it', async (code) => {
    expect(await startAnswered(code)).toMatchObject({ rows: 1, error: { name: 'ServiceError' } });
  });
});

describe('the record', () => {
  test('of a call that waits says so, and in the end how often it was tried', async () => {
    await haloflow.globex.fault({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '2' },
      match: { path: '/api/Agent' },
    });
    const { handle, run } = await haloflow.start('probe', [{ action: 'agents.list' }], {
      organization: 'globex',
    });
    const waiting = await eventually(async () =>
      (await callsOf(haloflow, run)).find(({ status }) => status === 'waiting'),
    );
    expect(waiting).toMatchObject({
      connection: 'globex-halo',
      attempts: 1,
      error_type: 'HaloRateLimitError',
    });
    await handle.result();
    const [call] = await callsOf(haloflow, run);
    expect(call).toMatchObject({
      action: 'agents.list',
      organization: 'globex',
      connection: 'globex-halo',
      because: 'own default',
      attempts: 2,
      status: 'ok',
      error_type: null,
      error_message: null,
    });
    expect(call?.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test('has a row for a call that its schema refuses', async () => {
    const { calls } = await probe(haloflow, { action: 'tickets.get', input: { id: 'seven' } });
    expect(calls).toMatchObject([
      { action: 'tickets.get', status: 'failed', attempts: 0, error_type: 'SchemaError' },
    ]);
  });
});
