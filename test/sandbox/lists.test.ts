import { haloDate } from '../../sandbox/rest/dates.ts';
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

describe('agents', () => {
  test('are a bare array of active people, without Unassigned and API agents', async () => {
    const rows = (await caller.get('Agent')).array();
    expect(rows).toHaveLength(14);
    expect(
      rows.every((row) => row['id'] !== 1 && row['isapiagent'] === false && row['isdisabled'] === false),
    ).toBe(true);
  });

  test('come with what is asked for', async () => {
    expect(
      (await caller.get('Agent?includeunassigned=true&includeapiagents=true&includedisabled=true')).array(),
    ).toHaveLength(17);
    expect((await caller.get('Agent?includedisabled=true&includeenabled=false')).array()).toHaveLength(1);
    expect((await caller.get('Agent?count=1')).array()).toHaveLength(1);
  });

  test('become an envelope with results under pageinate', async () => {
    const reply = (await caller.get('Agent?pageinate=true&page_size=5&page_no=3')).object();
    expect(reply).toMatchObject({ record_count: 14, page_no: 3, page_size: 5 });
    expect(reply['results']).toHaveLength(4);
  });

  test('me is the agent of the API application', async () => {
    expect((await caller.get('agent/me')).object()).toMatchObject({ id: 2, isapiagent: true });
  });

  test('the other tenant has its own', async () => {
    const records = await fetch(`${halo.other.controlUrl}/records/Agent`);
    expect(((await records.json()) as unknown[]).length).not.toBe(17);
  });
});

describe('paging', () => {
  test('without pageinate everything comes, and count limits the rows and not the total', async () => {
    const total = (await all()).length;
    expect(total).toBe(308);
    const five = (await caller.get('tickets?count=5')).object();
    expect([five['record_count'], (five['tickets'] as Json[]).length]).toEqual([total, 5]);
    const yes = (await caller.get('tickets?count=true')).object();
    expect((yes['tickets'] as Json[]).length).toBe(total);
  });

  test('a page has 50 rows unless asked otherwise, and never more than 100', async () => {
    const size = async (query: string): Promise<number> => (await tickets(`pageinate=true${query}`)).length;
    expect(await size('')).toBe(50);
    expect(await size('&page_size=70')).toBe(70);
    expect(await size('&page_size=1000')).toBe(100);
    expect((await caller.get('Tickets?pageinate=true&page_size=1000')).object()['page_size']).toBe(100);
    await halo.control.settings({ pageCap: 50 });
    expect(await size('&page_size=1000')).toBe(50);
    await halo.control.settings({ pageCap: 100 });
  });

  test('pages hand out every row exactly once, and then nothing', async () => {
    const seen: unknown[] = [];
    for (let page = 1; page <= 4; page += 1) {
      seen.push(...ids(await tickets(`pageinate=True&page_size=1000&page_no=${page}`)));
    }
    expect(seen).toEqual(ids(await all()));
    const past = (await caller.get('Tickets?pageinate=TRUE&page_size=1000&page_no=5')).object();
    expect(past).toMatchObject({ record_count: 0, tickets: [] });
    await halo.control.settings({ pastEndCount: 'total' });
    expect((await caller.get('Tickets?pageinate=true&page_no=50')).object()['record_count']).toBe(308);
    await halo.control.settings({ pastEndCount: 'zero' });
  });

  test.each(['1', 'yes', 'false', ''])('pageinate=%s does not page', async (value) => {
    expect(await tickets(`pageinate=${value}&page_size=3`)).toHaveLength(308);
  });

  test.each(['Status', 'Team', 'TicketType', 'Organisation', 'Category', 'Priority', 'Appointment'])(
    '%s always gives everything',
    async (route) => {
      const plain = (await caller.get(route)).text;
      expect((await caller.get(`${route}?pageinate=true&page_size=1&page_no=2&count=1`)).text).toBe(plain);
    },
  );
});

describe('order', () => {
  test('tickets come newest first', async () => {
    const numbers = ids(await all()).map(Number);
    expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
  });

  test('orderdesc must be the word true: 1 sorts upwards', async () => {
    expect((await tickets('order=id&orderdesc=1&count=1'))[0]?.['id']).toBe(1001);
    expect((await tickets('order=id&orderdesc=true&count=1'))[0]?.['id']).toBe(1308);
  });

  test('a second order breaks ties of the first', async () => {
    const rows = await tickets('order=client_id&order2=id&orderdesc2=true');
    const keys = rows.map((row) => [Number(row['client_id']), -Number(row['id'])] as const);
    const sorted = [...keys].sort((left, right) => left[0] - right[0] || left[1] - right[1]);
    expect(keys).toEqual(sorted);
  });
});

describe('thin rows and full records', () => {
  test('names of agent and status come on request only, datecreated never', async () => {
    const [plain] = await tickets('count=1');
    expect(plain).not.toHaveProperty('agent_name');
    expect(plain).not.toHaveProperty('status_name');
    expect(plain).toMatchObject({ datecreated: null, client_name: expect.any(String) });
    const [rich] = await tickets('count=1&includeagent=true&includestatus=true&includetickettype=true');
    expect(rich).toMatchObject({
      agent_name: expect.any(String),
      status_name: 'In Progress',
      tickettype_name: 'Opportunity',
    });
  });

  test('a single ticket has everything', async () => {
    const ticket = (await caller.get('Tickets/1001?includedetails=true&includelastaction=true')).object();
    expect(ticket).toMatchObject({
      datecreated: expect.any(String),
      agent_name: expect.any(String),
      status_name: 'Closed',
      tickettype: { name: expect.any(String) },
      lastaction: { note: expect.any(String) },
      customfields: [],
    });
  });

  test('only ids on request', async () => {
    expect(await tickets('ticketidonly=true&count=1')).toEqual([{ id: 1308 }]);
    expect((await caller.get('Client?idonly=true&count=1')).rows('clients')).toEqual([{ id: 1 }]);
  });

  test('lists of assets keep the fields back that hold the serial number', async () => {
    const [thin] = (await caller.get('Asset?count=1')).rows('assets');
    expect(thin).not.toHaveProperty('fields');
    const full = (await caller.get(`Asset/${String(thin?.['id'])}`)).object();
    expect(full['fields']).toContainEqual(
      expect.objectContaining({ id: 42, name: 'Serial Number', value: thin?.['key_field'] }),
    );
  });

  test('dates are UTC without a zone, zeros at the end of the milliseconds trimmed', () => {
    expect(haloDate(Date.parse('2026-10-03T06:24:10.967Z'))).toBe('2026-10-03T06:24:10.967');
    expect(haloDate(Date.parse('2026-10-03T06:24:10.960Z'))).toBe('2026-10-03T06:24:10.96');
    expect(haloDate(Date.parse('2026-10-03T06:24:00.000Z'))).toBe('2026-10-03T06:24:00');
    expect(haloDate(Date.parse('2026-10-03T06:20:00.100Z'))).toBe('2026-10-03T06:20:00.1');
  });

  test('an open ticket shows the sentinel where it has no date', async () => {
    const [open] = await tickets('open_only=true&count=1');
    expect(open).toMatchObject({ dateclosed: '1899-12-30T00:00:00', hasbeenclosed: false });
  });
});
