/** Runs, events and triggers over the API: what each may see, page by page, and what they may do. */
import { randomUUID } from 'node:crypto';
import { events } from '../../../store/schema/events.ts';
import { runs } from '../../../store/schema/runs.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { seal } from '../../../store/seal.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

let plane: TestPlane;
let all: string;
let acme: string;
let other: string;

const SECRET = 'marker-of-the-url';
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 1, 12, minute));
const id = (start: string): string => `${start}000000-0000-4000-8000-000000000000`;

const rowsOf = (answer: Answer, name: string): Readonly<Record<string, unknown>>[] =>
  answer.body[name] as Record<string, unknown>[];
const get = (token: string, path: string): Promise<Answer> => plane.ask(token, 'GET', path);
const starts = async (token: string, query: string): Promise<string[]> =>
  rowsOf(await get(token, `/runs${query}`), 'runs').map((run) => String(run['id']).slice(0, 2));
const keys = async (token: string, query: string): Promise<unknown[]> =>
  rowsOf(await get(token, `/events${query}`), 'events').map(({ key }) => key);

const trigger = {
  type: 'always-pass',
  workflow: 'echo',
  runAs: 'owner',
  runFor: { owner: true, organizations: [], tags: [], allClients: false },
  overrides: {},
  parameters: {},
  variables: {},
  enabled: true,
  origin: 'manual',
} as const;

beforeAll(async () => {
  plane = await startPlane();
  all = await plane.token(null, 'admin');
  acme = await plane.token('acme', 'admin');
  other = await plane.token('other', 'admin');
  const { db, key } = plane.store;
  await db.insert(triggers).values([
    { ...trigger, id: 'of-msp', organization: 'msp', sealedSecret: await seal(key, SECRET) },
    { ...trigger, id: 'of-acme', organization: 'acme' },
    { ...trigger, id: 'of-other', organization: 'other' },
  ]);
  const common = { overrides: {}, input: [], startedBy: 'trigger', workflow: 'echo' };
  await db.insert(runs).values([
    { ...common, id: id('1a'), workflowId: 'o/msp/1a', owner: 'msp', organization: 'msp', startedAt: at(1) },
    {
      ...common,
      id: id('2b'),
      workflowId: 'o/acme/2b',
      owner: 'msp',
      organization: 'acme',
      trigger: 'of-msp',
      startedAt: at(2),
      closedAt: at(3),
      status: 'failed',
      errorType: 'HaloServerError',
      errorMessage: 'GET /Tickets/4711 answered 500',
    },
    {
      ...common,
      id: id('3c'),
      workflowId: 'o/acme/3c',
      owner: 'acme',
      organization: 'acme',
      workflow: 'triage',
      startedAt: at(2),
    },
    {
      ...common,
      id: id('4d'),
      workflowId: 'o/other/4d',
      owner: 'other',
      organization: 'other',
      startedAt: at(4),
    },
  ]);
  const polled = { source: 'poll', kind: 'tickets', connection: 'c' } as const;
  await db.insert(events).values([
    {
      ...polled,
      trigger: 'of-msp',
      key: 'tickets/4711',
      record: 4711,
      organization: 'acme',
      status: 'accepted',
      run: id('2b'),
      createdAt: at(1),
    },
    { ...polled, trigger: 'of-msp', key: 'tickets/4712', record: 4712, status: 'failed', createdAt: at(2) },
    { ...polled, trigger: 'of-other', key: 'tickets/4711', record: 4711, createdAt: at(3) },
    // One of a batch, whose run is another event's.
    {
      ...polled,
      trigger: 'of-acme',
      key: 'tickets/4713',
      record: 4713,
      organization: 'acme',
      status: 'accepted',
      run: id('3c'),
      createdAt: new Date('2026-10-31'),
    },
    // Another record of Halo's with that id.
    {
      trigger: 'of-acme',
      key: 'halo/1',
      source: 'halo',
      record: 4711,
      payload: { user: { id: 4711 } },
      createdAt: at(4),
    },
  ]);
});
afterAll(() => plane.close());

test('runs come newest first, of the organizations of the token only', async () => {
  expect(await starts(all, '')).toEqual(['4d', '3c', '2b', '1a']);
  expect(await starts(acme, '')).toEqual(['3c', '2b']);
  expect(await starts(await plane.token('msp', 'viewer'), '')).toEqual(['3c', '2b', '1a']);
  expect(await get(other, '/runs?organization=acme')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('unknown organization acme.') },
  });
});

test.each([
  ['?organization=msp', ['3c', '2b', '1a']],
  ['?workflow=triage', ['3c']],
  ['?trigger=of-msp', ['2b']],
  ['?status=failed', ['2b']],
  ['?ticket=4711', ['2b']],
  ['?ticket=4712', []],
  ['?ticket=4713', ['3c']],
  [`?since=${at(2).toISOString()}&until=${at(4).toISOString()}`, ['3c', '2b']],
  ['?before=3c', ['2b', '1a']],
  ["?workflow=echo'%20or%201=1", []],
])('runs%s are %j', async (query, expected) => {
  expect(await starts(all, query)).toEqual(expected);
});

test('runs come in pages, also of those that started at the same time, whatever is deleted in between', async () => {
  const first = await get(all, '/runs?limit=2');
  expect(rowsOf(first, 'runs').map((run) => run['id'])).toEqual([id('4d'), id('3c')]);
  const next = String(first.body['next']);
  const { db } = plane.store;
  const extra = { ...randomRun(), startedAt: at(9) };
  await db.insert(runs).values(extra);
  const second = await get(all, `/runs?limit=2&cursor=${next}`);
  expect(rowsOf(second, 'runs').map((run) => run['id'])).toEqual([id('2b'), id('1a')]);
  expect(second.body['next']).toBeNull();
  await plane.store.pool.query('delete from runs where id = $1', [extra.id]);
});

const randomRun = (): typeof runs.$inferInsert => ({
  id: randomUUID(),
  workflowId: `o/msp/${randomUUID()}`,
  workflow: 'echo',
  owner: 'msp',
  organization: 'msp',
  overrides: {},
  input: [],
  startedBy: 'test',
});

test('events are those for the organizations of the token, and those for nobody of its triggers', async () => {
  expect(await keys(all, '')).toEqual([
    'halo/1',
    'tickets/4713',
    'tickets/4711',
    'tickets/4712',
    'tickets/4711',
  ]);
  expect(await keys(acme, '')).toEqual(['halo/1', 'tickets/4713', 'tickets/4711']);
  expect(await keys(other, '')).toEqual(['tickets/4711']);
  expect(await keys(all, '?organization=msp&status=failed')).toEqual(['tickets/4712']);
  expect(await keys(all, '?ticket=4711')).toEqual(['tickets/4711', 'tickets/4711']);
  expect(await keys(acme, '?ticket=4712')).toEqual([]);
  expect(await keys(all, '?trigger=of-other')).toEqual(['tickets/4711']);
  expect(await keys(all, '?workflow=triage')).toEqual(['tickets/4713']);
  expect(await keys(acme, '?workflow=echo')).toEqual(['halo/1', 'tickets/4711']);
  expect(await keys(all, `?since=${at(4).toISOString()}`)).toEqual(['halo/1']);
  const first = await get(all, '/events?limit=4');
  expect(rowsOf(first, 'events')).toHaveLength(4);
  expect(await keys(all, `?limit=4&cursor=${String(first.body['next'])}`)).toEqual(['tickets/4711']);
});

test.each([
  '/runs?status=done',
  '/runs?limit=0',
  '/runs?limit=201',
  '/runs?since=yesterday',
  '/runs?since=2026-12-31T23:59:60Z',
  '/runs?until=0000-01-01T00:00:00Z',
  '/runs?cursor=bm9uc2Vuc2U',
  '/runs?cursor=WzEsIngiXQ',
  '/runs?ticket=4711;',
  '/runs?ticket=99999999999',
  '/runs?organization=a%00b',
  '/runs?colour=red',
  '/events?cursor=WzEsIngiXQ',
  '/events?status=accepted&status=failed',
  '/triggers?cursor=MQ',
])('%s is refused with the field', async (path) => {
  const { status, body } = await get(all, path);
  expect([status, body['code']]).toEqual([400, 'SchemaError']);
  for (const { field } of body['errors'] as { field: string }[]) expect(field).toMatch(/^query\.\w/);
});

test('triggers are those of owners that the token reaches, and others are like none', async () => {
  const listed = async (token: string, query = ''): Promise<unknown[]> =>
    rowsOf(await get(token, `/triggers${query}`), 'triggers').map((row) => row['id']);
  expect(await listed(all)).toEqual(['of-acme', 'of-msp', 'of-other']);
  expect(await listed(acme)).toEqual(['of-acme']);
  const page = await get(all, '/triggers?limit=1');
  expect(await listed(all, `?limit=1&cursor=${String(page.body['next'])}`)).toEqual(['of-msp']);
  expect(await listed(all, '?organization=msp')).toEqual(['of-acme', 'of-msp']);
  for (const [method, verb] of [
    ['GET', ''],
    ['POST', '/enable'],
    ['POST', '/disable'],
    ['POST', '/fire'],
  ] as const) {
    const body = verb === '/fire' ? {} : undefined;
    const hidden = await plane.ask(acme, method, `/triggers/of-msp${verb}`, body);
    const missing = await plane.ask(acme, method, `/triggers/of-man${verb}`, body);
    expect([hidden.status, hidden.body['code']]).toEqual([404, 'NotFoundError']);
    expect(JSON.stringify(hidden.body).replaceAll('of-msp', 'of-man')).toBe(JSON.stringify(missing.body));
  }
});

test('the URL of a trigger is shown to editors who ask for it, and to nobody else', async () => {
  const viewer = await plane.token('msp', 'viewer');
  const editor = await plane.token('msp', 'editor');
  const plain = await get(editor, '/triggers/of-msp');
  expect(plain.body['trigger']).toMatchObject({
    url: null,
    events: { accepted: 1, failed: 1, filtered: 0, pending: 0 },
    runsFor: [{ organization: 'msp', enabled: true }],
  });
  expect(JSON.stringify([plain.body, (await get(viewer, '/triggers/of-msp')).body])).not.toContain(SECRET);
  expect((await get(viewer, '/triggers/of-msp?url=true')).status).toBe(403);
  const { body } = await get(editor, '/triggers/of-msp?url=true');
  expect((body['trigger'] as { url: string }).url).toMatch(new RegExp(`/webhooks/of-msp/${SECRET}$`));
});

test('a trigger is switched once, and the audit log says by whom', async () => {
  const editor = await plane.token('acme', 'editor');
  const off = await plane.ask(editor, 'POST', '/triggers/of-acme/disable');
  expect(off.body).toEqual({ trigger: { id: 'of-acme', enabled: false }, changed: true });
  expect((await plane.ask(editor, 'POST', '/triggers/of-acme/disable')).body['changed']).toBe(false);
  expect((await plane.ask(editor, 'POST', '/triggers/of-acme/enable')).body['changed']).toBe(true);
  const log = rowsOf(await get(acme, '/audit'), 'entries').filter(
    ({ object }) => object === 'trigger of-acme',
  );
  expect(log.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
    { action: 'triggers.enable', before: { enabled: false }, after: { enabled: true } },
    { action: 'triggers.disable', before: { enabled: true }, after: { enabled: false } },
  ]);
});

test('what another organization has is not found, and what belongs to those above is not spent', async () => {
  for (const [method, path] of [
    ['GET', `/runs/${id('4d')}`],
    ['POST', `/runs/${id('4d')}/cancel`],
    ['POST', `/runs/${id('4d')}/rerun`],
    ['GET', '/runs/o%2Fother%2F4d'],
    ['GET', '/runs?before=4d'],
  ] as const) {
    const { status, body } = await plane.ask(acme, method, path);
    expect([status, body['code']]).toEqual([404, 'NotFoundError']);
  }
  const spent = await plane.ask(acme, 'POST', `/runs/${id('2b')}/rerun`);
  expect([spent.status, spent.body['code']]).toEqual([403, 'ForbiddenError']);
  expect(JSON.stringify(spent.body)).not.toContain('msp');
  const elsewhere = await plane.ask(acme, 'POST', '/triggers/of-acme/fire', { organization: 'other' });
  expect([elsewhere.status, elsewhere.body['code']]).toEqual([404, 'NotFoundError']);
});
