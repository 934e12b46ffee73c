import { createServer } from 'node:net';
import { once } from 'node:events';
import { startSandbox, type SandboxTenant } from '../../sandbox/sandbox.ts';
import { DEMO_TENANTS, NORTHWIND_CLIENTS } from '../../sandbox/demo.ts';
import { control, type Settings } from '../support/sandbox.ts';
import { openSandbox, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
});
beforeEach(async () => {
  await halo.control.reset();
  caller = await halo.login();
  await halo.control.clearRequests();
});
afterAll(() => halo.close());

describe('the request log', () => {
  test('tells of every request who made it, what it said and what it got', async () => {
    const began = Date.now();
    await caller.post('Tickets?returnall=true', [{ summary: 'logged' }]);
    await caller.get('Tickets/999999');
    await halo.raw('/api/Agent');
    const entries = await halo.control.requests();
    const clientId = halo.tenant.clientId;
    expect(entries).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/api/Tickets',
        query: { returnall: 'true' },
        authorized: true,
        clientId,
        body: [{ summary: 'logged' }],
        status: 201,
        fault: null,
      }),
      expect.objectContaining({ path: '/api/Tickets/999999', status: 404, clientId, body: null }),
      expect.objectContaining({ path: '/api/Agent', status: 401, authorized: false, clientId: null }),
    ]);
    expect(entries[0]?.time).toBeGreaterThanOrEqual(began);
    expect(entries[0]?.time).toBeLessThanOrEqual(Date.now());
  });

  test('never holds a secret', async () => {
    await halo.token({ scope: 'all' });
    const [entry] = await halo.control.requests();
    expect(entry).toMatchObject({
      path: '/auth/token',
      clientId: halo.tenant.clientId,
      body: { scope: 'all' },
    });
    expect(JSON.stringify(entry)).not.toContain(halo.tenant.clientSecret);
  });

  test('can be read from a moment on, and cleared', async () => {
    await caller.get('Agent');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const since = Date.now();
    await caller.get('Status');
    expect((await halo.control.requests(since)).map((entry) => entry.path)).toEqual(['/api/Status']);
    await halo.control.clearRequests();
    expect(await halo.control.requests()).toEqual([]);
  });

  test('is of one tenant', async () => {
    await fetch(`${halo.other.baseUrl}/api/authinfo`);
    expect(await halo.control.requests()).toEqual([]);
  });
});

describe('records', () => {
  test('are added as by a person, with all rules', async () => {
    const ticket = await halo.control.add('Tickets', {
      summary: 'typed in',
      client_id: NORTHWIND_CLIENTS.acme,
    });
    expect(ticket).toMatchObject({ client_name: 'Acme', created_by: 'Ada Abbott', status_id: 1 });
    expect(await halo.control.records('Tickets', { summary: 'typed in' })).toHaveLength(1);
    await halo.control.add('Tickets', { id: ticket['id'], status_id: 9 });
    expect((await caller.get(`Tickets/${String(ticket['id'])}`)).object()).toMatchObject({
      hasbeenclosed: true,
    });
    await expect(halo.control.add('Tickets', {})).rejects.toThrow(/Please enter a Summary/);
    await expect(halo.control.records('Nonsense')).rejects.toThrow(/there is no resource Nonsense/);
  });

  test('deleted ones are shown on request', async () => {
    const ticket = await halo.control.add('Tickets', { summary: 'to go' });
    await caller.remove(`Tickets/${String(ticket['id'])}`);
    expect(await halo.control.records('Tickets', { summary: 'to go' })).toHaveLength(0);
    expect(await halo.control.records('Tickets', { summary: 'to go', deleted: true })).toHaveLength(1);
  });
});

describe('settings', () => {
  test('unknown names and wrong types are refused', async () => {
    await expect(halo.control.settings({ nonsense: 1 } as Partial<Settings>)).rejects.toThrow(
      /no setting nonsense/,
    );
    await expect(halo.control.settings({ pageCap: 'x' } as unknown as Partial<Settings>)).rejects.toThrow(
      /pageCap must be like 100/,
    );
  });

  test('latency delays every answer of Halo and none of the control surface', async () => {
    await halo.control.settings({ latencyMs: 120 });
    const started = performance.now();
    await caller.get('Agent');
    expect(performance.now() - started).toBeGreaterThan(115);
    // It would be answered tomorrow.
    await halo.control.settings({ latencyMs: 86_400_000 });
    await halo.control.settings({ latencyMs: 0 });
  });

  test('a reply that is still to come keeps no process from ending once the sandbox is closed', async () => {
    const sandbox = await startSandbox();
    const tenant = sandbox.tenants[0]!;
    await control(tenant).settings({ latencyMs: 60_000 });
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const gone = new AbortController();
    const unanswered = expect(fetch(`${tenant.baseUrl}/api/Agent`, gone)).rejects.toThrow();
    while ((await control(tenant).requests()).length === 0);
    gone.abort();
    await unanswered;
    await sandbox.close();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('reset brings back data, settings and faults, and keeps tokens', async () => {
    await halo.control.settings({ pageCap: 10 });
    await halo.control.fault({ kind: 'status', status: 500 });
    await caller.post('Client', [{ name: 'Temporary' }]);
    await halo.control.reset();
    expect((await caller.get('Tickets?pageinate=true&page_size=60')).rows('tickets')).toHaveLength(60);
    expect((await caller.get('Client?search=Temporary')).rows('clients')).toEqual([]);
  });

  test('there is nothing else under /_control', async () => {
    expect((await halo.raw('/_control/nonsense')).status).toBe(404);
    expect((await halo.raw('/other')).status).toBe(404);
  });
});

describe('starting', () => {
  const tickets = async (tenant: SandboxTenant | undefined): Promise<string> =>
    JSON.stringify(
      (await control({ controlUrl: tenant?.controlUrl ?? '' }).records('Tickets')).map(
        // The time left until the target is the one value that depends on when it is read.
        ({ slatimeleft: _timeLeft, ...ticket }) => ticket,
      ),
    );

  test('serves two tenants that share nothing but the machine', () => {
    expect(halo.tenant).toMatchObject({
      name: 'northwind',
      tenant: 'northwind',
      authUrl: `${halo.tenant.baseUrl}/auth`,
    });
    expect(halo.tenant.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(halo.other.baseUrl).not.toBe(halo.tenant.baseUrl);
    expect(halo.other.clientId).not.toBe(halo.tenant.clientId);
  });

  test('the data are the same for the same moment and scale', async () => {
    const options = { now: new Date('2026-10-03T12:00:00Z') };
    const [first, second, larger] = await Promise.all([
      startSandbox(options),
      startSandbox(options),
      startSandbox({ ...options, scale: 3 }),
    ]);
    try {
      expect(await tickets(first.tenants[0])).toBe(await tickets(second.tenants[0]));
      expect(await tickets(first.tenants[0])).not.toBe(await tickets(first.tenants[1]));
      expect(JSON.parse(await tickets(larger.tenants[0]))).toHaveLength(908);
    } finally {
      await Promise.all([first, second, larger].map((sandbox) => sandbox.close()));
    }
  });

  test('names the port that is taken, and leaves nothing running', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    await expect(startSandbox({ port })).rejects.toThrow(`port ${port} for the sandbox is in use`);
    await expect(startSandbox({ port: port - 1 })).rejects.toThrow(/port \d+ for the sandbox/);
    await expect(fetch(`http://127.0.0.1:${port - 1}/api/authinfo`)).rejects.toThrow();
    blocker.close();
  });

  test('takes consecutive ports from the one given', async () => {
    // Below the ports that the system gives out by itself; another program may still hold one of them.
    const candidates = Array.from(
      { length: 10 },
      (_, index) => 12_000 + (process.pid % 900) * 20 + index * 2,
    );
    const start = async ([port, ...others]: readonly number[]): Promise<number[]> => {
      if (port === undefined) throw new Error('no two free ports in a row');
      try {
        const sandbox = await startSandbox({ port });
        await sandbox.close();
        return [port, ...sandbox.tenants.map((tenant) => Number(new URL(tenant.baseUrl).port))];
      } catch {
        return start(others);
      }
    };
    const [asked = 0, first, second] = await start(candidates);
    expect([first, second]).toEqual([asked, asked + 1]);
  });
});

describe('the demo data', () => {
  test.each(DEMO_TENANTS)('$name lists the agents that it says', async ({ name, agents }) => {
    const tenant = name === 'northwind' ? halo.tenant : halo.other;
    const listed = (await control(tenant).records('Agent')).filter(
      (row) => row['isdisabled'] === false && row['isapiagent'] === false && row['id'] !== 1,
    );
    expect(listed).toHaveLength(agents);
  });

  test('the clients that configurations name have the ids that are published', async () => {
    const names = Object.fromEntries(
      (await halo.control.records('Client')).map((row) => [row['id'], row['name']]),
    );
    expect(names).toMatchObject({
      1: 'Unknown',
      2: 'Northwind MSP',
      12: 'Acme',
      13: 'Globex',
      14: 'Initech',
    });
    expect(Object.keys(names).length).toBeGreaterThanOrEqual(15);
  });

  test('every ticket points to records that exist and fit together', async () => {
    const by = async (route: string): Promise<Map<unknown, Record<string, unknown>>> =>
      new Map((await halo.control.records(route)).map((row) => [row['id'], row]));
    const [clients, sites, users, agents, statuses, types] = await Promise.all(
      ['Client', 'Site', 'Users', 'Agent', 'Status', 'TicketType'].map(by),
    );
    for (const ticket of await halo.control.records('Tickets')) {
      expect(clients?.has(ticket['client_id'])).toBe(true);
      expect(sites?.get(ticket['site_id'])?.['client_id']).toBe(ticket['client_id']);
      expect(users?.get(ticket['user_id'])?.['site_id']).toBe(ticket['site_id']);
      expect([
        agents?.has(ticket['agent_id']),
        statuses?.has(ticket['status_id']),
        types?.has(ticket['tickettype_id']),
      ]).toEqual([true, true, true]);
      expect(String(ticket['dateoccurred']) <= String(ticket['last_update'])).toBe(true);
      expect(ticket['hasbeenclosed']).toBe(ticket['status_id'] === 9);
    }
  });

  test('some tickets read like an outage and are open', async () => {
    const rows = (await caller.get('Tickets?open_only=true')).rows('tickets');
    const outages = rows.filter((row) => /outage|down|dead/i.test(String(row['summary'])));
    expect(outages.length).toBeGreaterThanOrEqual(3);
    expect(outages.every((row) => Number(row['priority_id']) > 1)).toBe(true);
  });
});
