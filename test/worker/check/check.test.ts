/** Each way in which a connection can be wrong, told apart, against the sandbox. */
import { forgetBudgets } from '../../support/forgetBudgets.ts';
import { STEPS } from '../../../organizations/checkReport.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { ID, startDoctor } from './doctor.ts';
import type { Doctor } from './doctor.ts';

let doctor: Doctor;
beforeAll(async () => {
  doctor = await startDoctor();
});
beforeEach(async () => {
  await doctor.halo.reset();
  await doctor.store.db.delete(triggers);
  await doctor.halo.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
  // What was asked of the host before is no wait for the next test.
  await forgetBudgets(doctor.store);
  await doctor.connect();
  await doctor.map();
});
afterAll(() => doctor.close());

const putTrigger = async (workflow: string): Promise<void> => {
  await doctor.store.db.delete(triggers);
  await doctor.store.db.insert(triggers).values({
    id: 'watch',
    organization: 'northwind',
    type: 'new-ticket-record',
    workflow,
    runAs: 'owner',
    runFor: { owner: true, organizations: [], tags: [], allClients: false },
    overrides: {},
    parameters: { everySeconds: 60, webhook: false },
    variables: {},
    enabled: true,
    origin: 'manual',
  });
  await doctor.connect();
};

test('a connection that works: every step is taken, nothing fails, and nothing is written', async () => {
  const before = await doctor.halo.records('Tickets');
  const report = await doctor.check();
  expect(report.steps.map(({ step }) => step)).toEqual([...STEPS]);
  expect(report).toMatchObject({ connection: ID, organization: 'northwind', ok: true, skipped: [] });
  expect(report.steps.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  const kept = JSON.stringify(report);
  expect(kept).not.toContain(doctor.tenant.clientSecret);
  expect(await doctor.halo.records('Tickets')).toHaveLength(before.length);
  const writes = (await doctor.halo.requests()).filter(
    ({ method, path }) => method !== 'GET' && !path.startsWith('/auth'),
  );
  expect(writes.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/api/Tickets', [{ id: 2147483647 }]],
  ]);
});

test('a connection that is disabled is said to be, and looked at all the same', async () => {
  await doctor.connect({ enabled: false });
  const { ok, skipped, steps } = await doctor.check();
  expect([ok, skipped, steps[0]]).toEqual([
    true,
    [],
    expect.objectContaining({
      step: 'enabled',
      verdict: 'warn',
      remedy: `haloflow connections enable ${ID}`,
    }),
  ]);
});

/** What puts each refusal right, behind the id. */
const COMMANDS: Readonly<Record<string, string>> = {
  'wrong client id or secret': '--client-id',
  'wrong tenant': '--tenant northwind',
  'wrong scope': '--scope',
};

test.each([
  ['wrong secret', { secret: 'wrong' }, {}, 'wrong client id or secret'],
  ['wrong client id', { clientId: 'de300000-0000-4000-8000-00000000ffff' }, {}, 'wrong client id or secret'],
  ['wrong tenant', { tenant: 'southwind' }, {}, 'wrong tenant'],
  ['wrong tenant, answered 500', { tenant: 'southwind' }, { unknownTenantStatus: 500 }, 'wrong tenant'],
  ['wrong grant', {}, { clientCredentials: false }, 'wrong grant'],
  ['expired secret', {}, { secretExpired: true }, 'expired secret'],
  [
    'scopes that the application does not have',
    { scope: 'read:kb' },
    { scopes: 'read:tickets' },
    'wrong scope',
  ],
])('%s: no token, and why', async (name, changes, settings, seen) => {
  await doctor.connect(changes);
  await doctor.halo.settings(settings);
  const report = await doctor.check();
  const token = report.steps.find(({ step }) => step === 'token');
  if (name.endsWith('secret')) expect(token?.remedy).toContain(`haloflow connections rotate-secret ${ID}`);
  expect(token).toMatchObject({ verdict: 'fail', remedy: expect.stringMatching(/\w/) as string });
  const command = COMMANDS[seen];
  if (command !== undefined) expect(token?.remedy).toContain(`haloflow connections change ${ID} ${command}`);
  if (seen === 'wrong grant') expect(token?.remedy).toContain('"Client ID and Secret (Services)"');
  expect(token?.seen.startsWith(seen)).toBe(true);
  expect(report.ok).toBe(false);
  expect(report.skipped).toContain('scopes');
});

test('a wrong tenant is told by the right one', async () => {
  await doctor.connect({ tenant: 'southwind' });
  const { steps } = await doctor.check();
  expect(steps.find(({ step }) => step === 'discovery')).toMatchObject({ verdict: 'warn' });
  expect(steps.find(({ step }) => step === 'token')?.remedy).toContain('northwind');
});

test('another authorization server than Halo names is worth a word', async () => {
  await doctor.connect({ authServer: `${doctor.tenant.baseUrl}/Auth/` });
  expect((await doctor.step('discovery')).verdict).toBe('pass');
  const other = doctor.tenant.baseUrl.replace('127.0.0.1', 'localhost');
  await doctor.connect({ authServer: `${other}/auth` });
  expect(await doctor.step('discovery')).toMatchObject({
    verdict: 'warn',
    remedy: expect.stringContaining(`authServer of the connection to ${doctor.tenant.authUrl}`) as string,
  });
});

test('what was put right is seen at once', async () => {
  await doctor.connect({ secret: 'wrong' });
  expect((await doctor.step('token')).verdict).toBe('fail');
  await doctor.connect();
  expect((await doctor.step('token')).verdict).toBe('pass');
  await doctor.halo.settings({ secretExpired: true });
  expect((await doctor.step('token')).verdict).toBe('fail');
  await doctor.halo.settings({ secretExpired: false, scopes: 'read:tickets' });
  expect((await doctor.step('scopes')).verdict).toBe('fail');
  await doctor.halo.settings({ scopes: 'all' });
  expect((await doctor.step('scopes')).verdict).toBe('pass');
});

test('a host that answers HTML is not Halo', async () => {
  await doctor.halo.fault({ kind: 'html', match: { path: '*' }, times: 100 });
  const report = await doctor.check();
  expect(report.steps.find(({ step }) => step === 'discovery')).toMatchObject({
    verdict: 'fail',
    seen: expect.stringContaining('HTML page') as string,
    remedy: expect.stringContaining('resourceServer') as string,
  });
  expect(report.ok).toBe(false);
});

test('a missing scope is named with what needs it', async () => {
  await putTrigger('triageNewTicket');
  await doctor.halo.settings({ scopes: 'read:tickets read:customers all:teams' });
  const report = await doctor.check();
  const scopes = report.steps.find(({ step }) => step === 'scopes');
  expect(scopes).toMatchObject({ verdict: 'fail' });
  expect(scopes?.seen).toContain('edit:tickets');
  expect(scopes?.seen).toContain('triageNewTicket: actions.create');
  expect(report.steps.find(({ step }) => step === 'write tickets')).toMatchObject({ verdict: 'fail' });
  expect(report.needs.triggers).toEqual([{ trigger: 'watch', workflow: 'triageNewTicket' }]);
  expect(report.needs.scopes.map(({ scope, granted }) => [scope, granted])).toEqual([
    ['all:teams', true],
    ['edit:tickets', false],
    ['read:customers', true],
    ['read:tickets', true],
  ]);
  await doctor.halo.settings({ scopes: 'read:tickets edit:tickets read:customers all:teams' });
  expect((await doctor.check()).ok).toBe(true);
});

test('what no workflow in use writes needs no right to write', async () => {
  await putTrigger('openTicketsReport');
  await doctor.halo.settings({
    scopes: 'read:tickets read:customers all:teams read:reporting edit:reporting',
  });
  const report = await doctor.check();
  expect(report.needs.scopes.map(({ scope }) => scope)).not.toContain('edit:tickets');
  expect(report.steps.find(({ step }) => step === 'write tickets')).toMatchObject({ verdict: 'warn' });
});

test('what triggers of others need is said without their names', async () => {
  await putTrigger('openTicketsReport');
  const { needs } = await doctor.connector.check(ID, {
    signal: AbortSignal.timeout(30_000),
    reach: 'another',
  });
  expect(needs.triggers).toEqual([]);
  expect(JSON.stringify(needs)).toContain('a trigger of an organization that you cannot see');
  expect(JSON.stringify(needs)).not.toContain('watch');
});

test('a workflow that chooses its actions while it runs says so', async () => {
  await putTrigger('runAction');
  const { needs } = await doctor.check();
  expect(needs.unseen.join()).toContain('workflow runAction: actions chosen while it runs');
});

test('missing all:teams', async () => {
  await doctor.halo.settings({ scopes: 'all:standard' });
  expect(await doctor.step('teams')).toMatchObject({
    verdict: 'fail',
    remedy: expect.stringContaining('all:teams') as string,
  });
});

test('an agent in too few teams: teams on tickets tell', async () => {
  const names = (await doctor.halo.records('Team')).map(({ name }) => String(name));
  await doctor.halo.settings({ hiddenTeams: names.slice(1) });
  const { verdict, seen, remedy } = await doctor.step('teams');
  expect(verdict).toBe('warn');
  expect(seen).toMatch(/^at least [1-9]\d* hidden: /);
  expect(remedy).toContain('member of every team');
});

test('an agent that is not in teams which no ticket names yet', async () => {
  const teams = await doctor.halo.records('Team');
  const own = teams.slice(1).map(({ id, name }) => ({ team_id: id, team_name: name }));
  await doctor.halo.settings({ agent: { teams: own } });
  expect(await doctor.step('teams')).toMatchObject({
    verdict: 'warn',
    seen: expect.stringContaining(`not in ${String(teams[0]?.['name'])}`) as string,
  });
});

test('restricted customers: mapped ones that Halo does not know tell', async () => {
  await doctor.map(12, 13, 14, 2);
  expect((await doctor.step('customers')).verdict).toBe('pass');
  await doctor.halo.settings({ hiddenClients: [12, 13, 14] });
  const { verdict, seen, remedy } = await doctor.step('customers');
  expect(verdict).toBe('warn');
  expect(seen).toContain('at least 3 hidden: Halo knows no client 12, 13, 14');
  expect(remedy).toContain('Allow use of all Customers');
});

test('the agent: API-only or not, admin or not, restricted or not', async () => {
  expect(await doctor.step('agent')).toMatchObject({ verdict: 'pass' });
  await doctor.halo.settings({
    agent: {
      isapiagent: false,
      role_list: 'Administrator',
      clients: [{ client_id: 12, client_name: 'Acme' }],
    },
  });
  const { verdict, seen } = await doctor.step('agent');
  expect(verdict).toBe('warn');
  expect(seen).toContain('not API-only');
  expect(seen).toContain('an admin role');
  expect((await doctor.step('customers')).seen).toContain('client restrictions (Acme)');
});

test('an agent that may not use the module', async () => {
  await doctor.halo.settings({ missingModules: ['tickets'] });
  const report = await doctor.check();
  expect(report.steps.filter(({ verdict }) => verdict === 'fail').map(({ step }) => step)).toEqual([
    'read tickets',
    'write tickets',
  ]);
});

test('a clock that is off', async () => {
  await doctor.halo.settings({ clockAheadSeconds: 90 });
  expect(await doctor.step('clock')).toMatchObject({
    verdict: 'warn',
    seen: expect.stringMatching(/(89|90|91) s ahead/) as string,
  });
  await doctor.halo.settings({ clockAheadSeconds: -900 });
  expect(await doctor.step('clock')).toMatchObject({
    verdict: 'fail',
    seen: expect.stringContaining('behind') as string,
  });
});

test('the rate limit: configured, believed, and what the last 429 said', async () => {
  expect((await doctor.step('rate limit')).seen).toContain('it has never answered 429');
  await doctor.connect({ rateRequests: 700, ratePerSeconds: 300 });
  await doctor.halo.fault({
    kind: 'status',
    status: 429,
    body: 'Rate Limit Reached - 300 Requests per rolling 5 minute window',
    headers: { 'retry-after': '1' },
    match: { path: '/Agent/me' },
  });
  const report = await doctor.check();
  expect(report.steps.find(({ step }) => step === 'rate limit')).toMatchObject({
    verdict: 'warn',
    seen: expect.stringContaining('Rate Limit Reached - 300 Requests per rolling 5 minute window') as string,
    remedy: expect.stringContaining('300 requests in 300 seconds') as string,
  });
});

test('a rate limit that is used up by others is not taken for a wrong connection', async () => {
  await doctor.halo.fault({
    kind: 'status',
    status: 429,
    body: 'Rate Limit Reached - 300 Requests per rolling 5 minute window',
    headers: { 'retry-after': '1' },
    match: { path: '*' },
    times: 2,
  });
  const report = await doctor.check();
  expect(report.ok).toBe(false);
  const found = report.steps.filter(({ step }) => step === 'discovery' || step === 'token');
  expect(found.map(({ remedy }) => remedy?.includes('window is over'))).toEqual([true, true]);
  expect(report.steps.find(({ step }) => step === 'rate limit')?.seen).toContain('Rate Limit Reached');
});

test('a rate budget that is used up is told of the step that waits for it, and not of the name', async () => {
  await doctor.connect({ rateRequests: 1 });
  const { steps } = await doctor.check(3_000);
  expect(steps.filter(({ verdict }) => verdict === 'fail')).toEqual([
    expect.objectContaining({ step: 'token', seen: expect.stringContaining('rate budget') as string }),
  ]);
  expect(steps.find(({ step }) => step === 'discovery')?.verdict).toBe('pass');
});

test('what OpenSSL says is told in words', async () => {
  await doctor.connect({ resourceServer: doctor.tenant.baseUrl.replace('http:', 'https:') });
  const { seen, remedy } = await doctor.step('TLS');
  expect(seen).toMatch(/: wrong version number$/);
  expect(remedy).toContain('does not speak TLS');
});

test('what the other side echoes of the secret is not shown', async () => {
  const echo = { error: 'invalid_client', error_description: `bad ${doctor.tenant.clientSecret}` };
  await doctor.halo.fault({
    kind: 'status',
    status: 401,
    body: echo,
    match: { path: '/auth/token' },
    times: 2,
  });
  expect(JSON.stringify(await doctor.check())).not.toContain(doctor.tenant.clientSecret);
});

test('who has gone is not waited for', async () => {
  await doctor.halo.settings({ latencyMs: 3000 });
  const gone = AbortSignal.timeout(100);
  await expect(doctor.connector.check(ID, { signal: gone, reach: null })).rejects.toThrow();
});

test('stamps: what is known of the host', async () => {
  const host = new URL(doctor.tenant.baseUrl).host;
  const tell = (kept: boolean): Promise<unknown> =>
    doctor.store.pool.query(
      `insert into stamp_proofs (host, resource, kept) values ($1, '/Tickets', $2)
         on conflict (host, resource) do update set kept = excluded.kept`,
      [host, kept],
    );
  expect((await doctor.step('stamp')).seen).toContain('nothing is known');
  await tell(true);
  expect((await doctor.step('stamp')).verdict).toBe('pass');
  await tell(false);
  expect(await doctor.step('stamp')).toMatchObject({
    verdict: 'warn',
    seen: expect.stringContaining('likeness') as string,
  });
});
