/** Whose credentials a call uses, and that what is disabled meanwhile gets no call answered. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually, probe } from './helpers.ts';
import type { Answer } from './helpers.ts';

let haloflow: TestHaloflow;

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

describe('whose credentials', () => {
  const list = { action: 'agents.list', options: { fields: ['id'] } } as const;

  test("a client without a connection never gets its MSP's unasked", async () => {
    for (const run of [
      { organization: 'acme' },
      { organization: 'initech' },
      { organization: 'acme', owner: 'acme' },
    ]) {
      const { failure, calls } = await probe(haloflow, list, run);
      expect(failure?.type).toBe('ConfigurationError');
      expect(failure?.message).toMatch(/^HaloPSA integration is not installed for (Acme|Initech)/);
      expect(calls).toMatchObject([
        { status: 'failed', connection: null, attempts: 0, error_type: 'ConfigurationError' },
      ]);
    }
    const { failure } = await probe(haloflow, { ...list, as: 'initech' });
    expect(failure?.message).toMatch(/^HaloPSA integration is not installed for Initech/);
    expect(await haloflow.northwind.requests()).toEqual([]);
  });

  test("an override spends the owner's authority and no more", async () => {
    const mapped = await probe(haloflow, { ...list, using: { use: 'mapping' } }, { organization: 'acme' });
    expect(mapped.calls).toMatchObject([
      { connection: 'northwind-halo', because: 'action override: mapping' },
    ]);
    const trigger = { organization: 'acme', overrides: { halo: { use: 'default' } } } as const;
    expect((await probe(haloflow, list, trigger)).calls).toMatchObject([
      { because: 'trigger override: default' },
    ]);
    const below = await probe(
      haloflow,
      { ...list, using: { use: 'connection', connection: 'northwind-halo' } },
      { organization: 'globex', owner: 'globex' },
    );
    expect(below.failure).toMatchObject({
      type: 'ConfigurationError',
      message: expect.stringContaining('northwind-halo') as string,
    });
    const fallback = await probe(
      haloflow,
      { ...list, using: { use: 'mapping', fallback: 'default' } },
      { organization: 'initech' },
    );
    expect(fallback.calls).toMatchObject([
      { connection: 'northwind-halo', because: 'action override: mapping, fallback: default' },
    ]);
  });

  test('what is ambiguous or malformed reaches the author with the candidates', async () => {
    await haloflow.reconfigure(
      `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
        select 'northwind-second', organization, false, resource_server, client_id, sealed_secret, origin
        from connections where id = 'northwind-halo'`,
    );
    const named = await probe(haloflow, { ...list, using: { use: 'name', name: 'north' } });
    await haloflow.reconfigure(`delete from connections where id = 'northwind-second'`);
    expect(named.failure?.type).toBe('ConfigurationError');
    expect(named.failure?.message).toMatch(/northwind-halo.*northwind-second/);
    const malformed = await probe(haloflow, { ...list, using: { use: 'parent' } as never });
    expect(malformed.failure?.message).toContain('use: parent');
  });

  test.each([
    ['the organization itself', 'northwind', 'northwind', true],
    ['one below', 'northwind', 'globex', true],
    ['one above', 'globex', 'northwind', false],
    ['one beside', 'globex', 'acme', false],
    ['an unknown one', 'northwind', 'umbrella', false],
  ])('halo.as takes %s', async (_, organization, as, allowed) => {
    const { output, failure, calls } = await probe(haloflow, { ...list, as }, { organization });
    if (allowed) expect(output).toHaveLength(as === 'globex' ? 5 : 14);
    else
      expect(failure).toMatchObject({
        type: 'ConfigurationError',
        message: expect.stringContaining(as) as string,
      });
    expect(calls).toMatchObject([{ organization: as, status: allowed ? 'ok' : 'failed' }]);
  });
});

test('a run under way gets no call answered on a connection that is disabled meanwhile', async () => {
  const enable = (enabled: boolean): Promise<void> =>
    haloflow.reconfigure(`update connections set enabled = $1 where id = 'globex-halo'`, [enabled]);
  const list = { action: 'agents.list', options: { fields: ['id'] } };
  await haloflow.globex.clearRequests();
  const { handle } = await haloflow.start('probeTwice', [list], { organization: 'globex' });
  await eventually(async () =>
    (await haloflow.globex.requests()).some(({ path }) => path === '/api/Agent') ? true : undefined,
  );
  await enable(false);
  try {
    await handle.signal('go');
    const [first, second] = (await handle.result()) as [Answer, Answer];
    expect(first.output).toHaveLength(5);
    expect(second.failure).toMatchObject({
      type: 'ConfigurationError',
      message: expect.stringContaining('haloflow connections enable globex-halo') as string,
    });
  } finally {
    await enable(true);
  }
});

describe('a disabled organization', () => {
  const enable = (enabled: boolean): Promise<void> =>
    haloflow.reconfigure('update organizations set enabled = $1 where slug = $2', [enabled, 'globex']);
  afterEach(() => enable(true));

  test('cannot be started, and leaves no row', async () => {
    await enable(false);
    await expect(haloflow.start('listAgents', [], { organization: 'globex' })).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('globex is disabled') as string,
    });
    const { rows } = await haloflow.store.pool.query(
      `select 1 from runs where organization = 'globex' and workflow = 'listAgents'`,
    );
    expect(rows).toEqual([]);
  });

  test('gets no call answered any more, by a run under way or on behalf of it', async () => {
    const list = { action: 'agents.list', options: { fields: ['id'] } };
    const { handle } = await haloflow.start('probeTwice', [list], { organization: 'globex' });
    await eventually(async () =>
      (await haloflow.globex.requests()).some(({ path }) => path === '/api/Agent') ? true : undefined,
    );
    await enable(false);
    await handle.signal('go');
    const [first, second] = (await handle.result()) as [Answer, Answer];
    expect(first.output).toHaveLength(5);
    expect(second.failure).toMatchObject({
      type: 'ConfigurationError',
      message: expect.stringMatching(/globex\) is disabled.*haloflow\.yaml/) as string,
    });
    expect((await probe(haloflow, { ...list, as: 'globex' })).failure?.message).toContain('disabled');
  });

  test('may not act for organizations below it either', async () => {
    await haloflow.reconfigure(`update organizations set parent = 'globex' where slug = 'initech'`);
    const { handle } = await haloflow.start(
      'probeTwice',
      [
        {
          action: 'agents.list',
          as: 'initech',
          using: { use: 'mapping', fallback: 'default' },
          options: { fields: ['id'] },
        },
      ],
      { organization: 'globex' },
    );
    await eventually(async () =>
      (await haloflow.northwind.requests()).some(({ path }) => path === '/api/Agent') ? true : undefined,
    );
    await enable(false);
    await handle.signal('go');
    const [first, second] = (await handle.result()) as [Answer, Answer];
    await haloflow.reconfigure(`update organizations set parent = 'northwind' where slug = 'initech'`);
    expect(first.output).toHaveLength(14);
    expect(second.failure?.message).toContain('globex is disabled');
  });
});
