import { openSandbox, type Json, type Opened, type Session } from './session.ts';

const NOW = new Date('2026-10-03T12:00:00Z');

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox({ now: NOW });
  caller = await halo.login();
});
afterAll(() => halo.close());

const tickets = async (query: string): Promise<Json[]> =>
  (await caller.get(`Tickets?${query}`)).rows('tickets');
const ids = (rows: readonly Json[]): unknown[] => rows.map((row) => row['id']);
const all = async (): Promise<Json[]> => tickets('includestatus=true');

describe('filters of tickets', () => {
  const check = async (query: string, test: (row: Json) => boolean): Promise<void> => {
    const expected = ids((await all()).filter(test));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(308);
    const reply = (await caller.get(`Tickets?${query}`)).object();
    expect(ids(reply['tickets'] as Json[])).toEqual(expected);
    expect(reply['record_count']).toBe(expected.length);
  };

  test.each<[string, (row: Json) => boolean]>([
    ['client_id=12', (row) => row['client_id'] === 12],
    ['CLIENT_ID=12', (row) => row['client_id'] === 12],
    ['client_ids=12,14', (row) => row['client_id'] === 12 || row['client_id'] === 14],
    ['site_id=11', (row) => row['site_id'] === 11],
    ['agent_id=3', (row) => row['agent_id'] === 3],
    ['agent=3,4', (row) => row['agent_id'] === 3 || row['agent_id'] === 4],
    ['status_id=2', (row) => row['status_id'] === 2],
    ['status=1,2', (row) => row['status_id'] === 1 || row['status_id'] === 2],
    ['requesttype_id=2', (row) => row['tickettype_id'] === 2],
    ['requesttype=2,7', (row) => row['tickettype_id'] === 2 || row['tickettype_id'] === 7],
    ['team=3', (row) => row['team'] === 'Projects Team'],
    ['team_name=Sales', (row) => row['team'] === 'Sales'],
    ['priority=2', (row) => row['priority_id'] === 2],
    ['open_only=true', (row) => row['status_id'] !== 9],
    ['closed_only=true', (row) => row['status_id'] === 9],
    ['withattachments=true', (row) => row['attachment_count'] === 1],
    ['ticketids=1001,1005', (row) => row['id'] === 1001 || row['id'] === 1005],
    ['ids=1001,1005', (row) => row['id'] === 1001 || row['id'] === 1005],
    ['excludethese=1001', (row) => row['id'] !== 1001],
    ['search=outage', (row) => /outage/i.test(`${String(row['summary'])} ${String(row['details'])}`)],
    ['search_summary=printer', (row) => /printer/i.test(String(row['summary']))],
    ['domain=prjs', (row) => row['tickettype_id'] === 6],
    ['domain=opps', (row) => row['tickettype_id'] === 5],
    ['domain=reqs', (row) => row['tickettype_id'] !== 5 && row['tickettype_id'] !== 6],
    ['startdate=2026-09-20T00:00:00', (row) => String(row['dateoccurred']) >= '2026-09-20'],
    [
      'datesearch=dateoccured&startdate=2026-09-10T00:00:00Z&enddate=2026-09-20T00:00:00',
      (row) => String(row['dateoccurred']) >= '2026-09-10' && String(row['dateoccurred']) <= '2026-09-20',
    ],
    [
      'datesearch=datecleared&startdate=2026-09-20T00:00:00',
      (row) => String(row['dateclosed']) >= '2026-09-20',
    ],
    ['lastupdatefromdate=2026-09-25T00:00:00', (row) => String(row['last_update']) >= '2026-09-25'],
    ['lastupdatetodate=2026-09-10T00:00:00', (row) => String(row['last_update']) <= '2026-09-10'],
    [
      `advanced_search=${encodeURIComponent('[{"filter_name":"team","filter_type":2,"filter_value":"sales"}]')}`,
      (row) => row['team'] === 'Sales',
    ],
  ])('%s', check);

  test.each(['tickettype_id=2', 'clientid=12', 'nonsense=1', 'open_only=1', 'client_id=-1', 'client_id='])(
    '%s is ignored and gives everything',
    async (query) => {
      expect(await tickets(query)).toHaveLength(308);
    },
  );

  test.each([
    ['client_id=abc', { client_id: ["The value 'abc' is not valid."] }],
    ['startdate=yesterday', { startdate: ["The value 'yesterday' is not valid."] }],
    ['advanced_search=x', 'Invalid advanced search parameter'],
    ['advanced_search={}', 'Invalid advanced search parameter'],
  ])('%s is refused', async (query, body) => {
    const reply = await caller.get(`Tickets?${query}`);
    expect([reply.status, JSON.parse(reply.text)]).toEqual([400, body]);
  });

  test('projects are every kind of ticket unless domain says otherwise; opportunities are opportunities', async () => {
    expect((await caller.get('Projects')).text).toBe((await caller.get('Tickets')).text);
    expect((await caller.get('Projects?domain=prjs')).rows('tickets')).toHaveLength(4);
    expect((await caller.get('Opportunities')).rows('tickets').map((row) => row['tickettype_id'])).toEqual([
      5, 5, 5, 5,
    ]);
  });
});

describe('filters of other lists', () => {
  test('inactive rows are hidden unless asked for, as n8n does', async () => {
    const clients = async (query: string): Promise<unknown[]> =>
      (await caller.get(`client?${query}`)).rows('clients').map((row) => row['name']);
    expect(await clients('')).toHaveLength(17);
    expect(await clients('includeinactive=true&includeactive=true')).toHaveLength(18);
    expect(await clients('includeinactive=true&includeactive=false')).toEqual(['Old Mill Textiles']);
  });

  test('clients, sites and contacts are found by name, client and mail address', async () => {
    expect((await caller.get('Client?search=acme')).rows('clients').map((row) => row['id'])).toEqual([12]);
    const sites = (await caller.get('Site?client_id=12')).rows('sites');
    expect(sites.every((row) => row['client_name'] === 'Acme')).toBe(true);
    const [user] = (await caller.get('Users?client_id=12&exclude_generaluser=true')).rows('users');
    const found = (await caller.get(`Users?search=${String(user?.['emailaddress'])}`)).rows('users');
    expect(found.map((row) => row['id'])).toContain(user?.['id']);
  });

  test('azureoid is found by advanced search and not by search', async () => {
    const [user] = (await caller.get('Users?client_id=12&exclude_generaluser=true')).rows('users');
    const oid = String(user?.['azureoid']);
    expect((await caller.get(`Users?search=${oid}`)).rows('users')).toEqual([]);
    const filter = encodeURIComponent(
      JSON.stringify([{ filter_name: 'azureoid', filter_type: 2, filter_value: oid }]),
    );
    expect(
      (await caller.get(`Users?advanced_search=${filter}`)).rows('users').map((row) => row['id']),
    ).toEqual([user?.['id']]);
  });

  test('assets are found by serial number and inventory number', async () => {
    const [asset] = (await caller.get('Asset?client_id=12')).rows('assets');
    const by = async (query: string): Promise<unknown[]> =>
      ids((await caller.get(`Asset?${query}`)).rows('assets'));
    expect(await by(`search=${String(asset?.['key_field'])}`)).toEqual([asset?.['id']]);
    expect(await by(`inventory_number=${String(asset?.['inventory_number'])}`)).toEqual([asset?.['id']]);
  });

  test('appointments lie in the span asked for', async () => {
    const rows = (await caller.get('Appointment?start_date=2026-10-03T00:00:00&end_date=2026-10-06')).rows(
      'appointments',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(40);
    expect(
      rows.every(
        (row) => String(row['end_date']) >= '2026-10-03' && String(row['start_date']) < '2026-10-07',
      ),
    ).toBe(true);
  });

  test('priorities are known by GUID and number, and repeat per SLA', async () => {
    const rows = (await caller.get('Priority')).array();
    expect(rows.map((row) => row['priorityid'])).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect(String(rows[0]?.['id'])).toMatch(/^[0-9a-f-]{36}$/);
    expect((await caller.get('Priority?slaid=2')).array()).toHaveLength(4);
    expect((await caller.get(`Priority/${String(rows[0]?.['id'])}`)).object()['name']).toBe('Critical');
  });

  test('lookup 64 names the events of webhooks', async () => {
    const rows = (await caller.get('Lookup?lookupid=64')).array();
    expect(rows).toContainEqual(expect.objectContaining({ id: 3, name: 'New Ticket Logged' }));
    expect((await caller.get('Lookup?lookupid=63')).array()).toEqual([]);
  });

  test('actions come per ticket, newest first, and slowly when no ticket is named', async () => {
    const rows = (await caller.get('Actions?ticket_id=1001')).rows('actions');
    expect(rows.every((row) => row['ticket_id'] === 1001)).toBe(true);
    expect(rows.at(-1)?.['outcome']).toBe('First User Email');
    expect(
      (await caller.get('Actions?ticket_id=1001&excludeprivate=true'))
        .rows('actions')
        .some((row) => row['hiddenfromuser']),
    ).toBe(false);
    await halo.control.settings({ unfilteredActionsLatencyMs: 150 });
    const started = performance.now();
    await caller.get('Actions?count=1');
    expect(performance.now() - started).toBeGreaterThan(145);
    await halo.control.settings({ unfilteredActionsLatencyMs: 0 });
  });

  test('an action is found by its number together with its ticket only', async () => {
    expect((await caller.get('Actions/1?ticket_id=1001')).object()).toMatchObject({ id: 1, ticket_id: 1001 });
    expect((await caller.get('Actions/1')).status).toBe(404);
  });
});
