import { openSandbox, type Json, type Opened, type Session } from './session.ts';

interface Case {
  readonly route: string;
  /** The key of the list; null for a bare array. */
  readonly key: string | null;
  readonly paging: 'paged' | 'count' | 'none';
  /** A scope that opens other things and not this. */
  readonly lacking?: string;
  readonly create: Json;
  readonly update: Json;
  /** Query for single records. */
  readonly query?: string;
  /** Softly deleted records stay in the sandbox’s table. */
  readonly readOnly?: true;
}

const CASES: readonly Case[] = [
  {
    route: 'Agent',
    key: null,
    paging: 'count',
    create: { name: 'Nell Ives', email: 'nell@x.example' },
    update: { jobtitle: 'Lead' },
  },
  {
    route: 'Actions',
    key: 'actions',
    paging: 'count',
    create: { ticket_id: 1010, outcome: 'Internal Note', note: 'n' },
    update: { ticket_id: 1010, note: 'changed' },
    query: '?ticket_id=1010',
  },
  {
    route: 'Appointment',
    key: 'appointments',
    paging: 'none',
    create: { subject: 'Visit', start_date: '2026-01-02T10:00:00', end_date: '2026-01-02T11:00:00' },
    update: { subject: 'Long visit' },
  },
  {
    route: 'Asset',
    key: 'assets',
    paging: 'paged',
    create: { assettype_id: 1, inventory_number: 'T-1', client_id: 12, third_party_id_string: 'haloflow:1' },
    update: { key_field: 'SN-1' },
  },
  {
    route: 'Client',
    key: 'clients',
    paging: 'paged',
    create: { name: 'Brand New' },
    update: { website: 'https://x.example' },
  },
  {
    route: 'ClientContract',
    key: 'contracts',
    paging: 'paged',
    create: { client_id: 12, ref: 'R1' },
    update: { note: 'n' },
  },
  {
    route: 'Invoice',
    key: 'invoices',
    paging: 'paged',
    create: { client_id: 12 },
    update: { reference: 'PO 7' },
  },
  {
    route: 'RecurringInvoice',
    key: 'invoices',
    paging: 'paged',
    create: { client_id: 12 },
    update: { reference: 'PO 8' },
  },
  { route: 'Item', key: 'items', paging: 'paged', create: { name: 'Cable' }, update: { baseprice: 4.5 } },
  {
    route: 'KBArticle',
    key: 'articles',
    paging: 'paged',
    create: { name: 'How to' },
    update: { resolution: 'So.' },
  },
  {
    route: 'Opportunities',
    key: 'tickets',
    paging: 'paged',
    create: { summary: 'Deal' },
    update: { details: 'Big' },
  },
  {
    route: 'Projects',
    key: 'tickets',
    paging: 'paged',
    create: { summary: 'Move' },
    update: { details: 'Soon' },
  },
  {
    route: 'Quotation',
    key: 'quotes',
    paging: 'paged',
    create: { client_id: 12, title: 'Q' },
    update: { note: 'n' },
  },
  {
    route: 'Report',
    key: 'reports',
    paging: 'paged',
    create: { name: 'Mine', sql: 'SELECT faultid FROM faults' },
    update: { description: 'd' },
  },
  {
    route: 'Site',
    key: 'sites',
    paging: 'paged',
    create: { name: 'Annex', client_id: 12 },
    update: { notes: 'back door' },
  },
  {
    route: 'Supplier',
    key: 'suppliers',
    paging: 'paged',
    create: { name: 'Wires' },
    update: { contact_name: 'Ann' },
  },
  {
    route: 'Tickets',
    key: 'tickets',
    paging: 'paged',
    create: { summary: 'Help', third_party_id_string: 'haloflow:2' },
    update: { details: 'More' },
  },
  { route: 'TopLevel', key: 'tree', paging: 'paged', create: { name: 'Partners' }, update: { type: 1 } },
  {
    route: 'Users',
    key: 'users',
    paging: 'paged',
    create: { name: 'Ann Ost', site_id: 11 },
    update: { surname: 'Ost' },
  },
  { route: 'Organisation', key: null, paging: 'none', create: { name: 'Second' }, update: { phone: '1' } },
  { route: 'Status', key: null, paging: 'none', create: { name: 'Parked' }, update: { shortname: 'P' } },
  { route: 'Team', key: null, paging: 'none', create: { name: 'Night' }, update: { sequence: 9 } },
  { route: 'TicketType', key: null, paging: 'none', create: { name: 'Order' }, update: { sequence: 9 } },
  {
    route: 'Category',
    key: null,
    paging: 'none',
    create: { value: 'Other>Thing' },
    update: { include_note: true },
  },
  {
    route: 'Outcome',
    key: null,
    paging: 'none',
    create: { outcome: 'Called' },
    update: { buttonname: 'Call' },
  },
  { route: 'SLA', key: null, paging: 'none', create: { name: 'Bronze' }, update: { workday_id: 2 } },
  {
    route: 'FieldInfo',
    key: null,
    paging: 'none',
    create: { name: 'CFNew', label: 'New' },
    update: { label: 'Newer' },
  },
  { route: 'AssetType', key: null, paging: 'none', create: { name: 'Scanner' }, update: { icon: 'fa-x' } },
  { route: 'Priority', key: null, paging: 'none', create: { name: 'Someday' }, update: { fixtime: 100 } },
  {
    route: 'Lookup',
    key: null,
    paging: 'none',
    create: { lookupid: 7, name: 'Seven' },
    update: { lookupid: 7, value2: 'x' },
    query: '?lookupid=7',
  },
  {
    route: 'Webhook',
    key: null,
    paging: 'none',
    create: { name: 'Hook', url: 'http://127.0.0.1:9/hook' },
    update: { active: false },
  },
  { route: 'Notification', key: null, paging: 'none', create: { eventno: '3' }, update: { name: 'n' } },
];

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
  caller = await halo.login();
});
afterAll(() => halo.close());

const listOf = (key: string | null, text: string): Json[] => {
  const body = JSON.parse(text) as Json[] & Record<string, Json[]>;
  return key === null ? body : (body[key] ?? []);
};

describe.each(CASES)('$route', ({ route, key, paging, create, update, query = '' }) => {
  test('is listed under its key with the total, in any spelling of the route', async () => {
    await caller.post(route, [create]);
    for (const spelling of [route, route.toLowerCase(), route.toUpperCase()]) {
      const reply = await caller.get(`${spelling}${query}`);
      const rows = listOf(key, reply.text);
      expect(reply.status).toBe(200);
      expect(rows.length).toBeGreaterThan(0);
      if (key !== null) expect(reply.object()['record_count']).toBe(rows.length);
      else expect(Array.isArray(reply.array())).toBe(true);
    }
  });

  test('pages only where Halo pages, and only when asked', async () => {
    const join = query === '' ? '?' : `${query}&`;
    const total = listOf(key, (await caller.get(`${route}${query}`)).text).length;
    const unasked = await caller.get(`${route}${join}page_size=1&page_no=1`);
    expect(listOf(key, unasked.text)).toHaveLength(total);
    const counted = await caller.get(`${route}${join}count=1`);
    expect(listOf(key, counted.text)).toHaveLength(paging === 'none' ? total : 1);
    if (paging !== 'paged') return;
    const page = await caller.get(`${route}${join}pageinate=true&page_size=1&page_no=1`);
    expect(page.object()).toMatchObject({ page_no: 1, page_size: 1, record_count: total });
    expect(listOf(key, page.text)).toHaveLength(1);
  });

  test('creates, reads, merges, and deletes one record', async () => {
    const unique = 'name' in create ? { ...create, name: `${String(create['name'])} 2` } : create;
    const body =
      'value' in create
        ? { ...create, value: 'Other>Two' }
        : 'outcome' in create && route === 'Outcome'
          ? { outcome: 'Two' }
          : unique;
    const created = await caller.post(route, [body]);
    expect(created.status).toBe(201);
    const { eventno, ...comparable } = body;
    expect(created.object()).toMatchObject(comparable);
    if (eventno !== undefined) expect(created.object()['eventno']).toBe(Number(eventno));
    const id = String(created.object()['id']);

    const read = await caller.get(`${route}/${id}${query}`);
    expect([read.status, read.object()['id']]).toEqual([200, created.object()['id']]);

    const updated = await caller.post(route, [{ ...update, id }]);
    expect(updated.status).toBe(200);
    expect(updated.object()).toMatchObject({ ...comparable, ...update, id: created.object()['id'] });

    const deleted = await caller.remove(`${route}/${id}${query}`);
    expect([deleted.status, deleted.object()['id']]).toEqual([200, created.object()['id']]);
    const gone = await caller.get(`${route}/${id}${query}`);
    expect([gone.status, gone.text]).toEqual([404, '']);
    expect((await caller.remove(`${route}/${id}${query}`)).status).toBe(404);
  });

  test('a record that does not exist is 404 without a body', async () => {
    const guid = ['Priority', 'Webhook'].includes(route);
    const id = guid ? '0b0b0b0b-0000-4000-8000-000000000000' : '99999999';
    const reply = await caller.get(`${route}/${id}${query}`);
    expect([reply.status, reply.text]).toEqual([404, '']);
    expect((await caller.post(route, [{ ...update, id }])).status).toBe(404);
  });

  test('without the scope for it: 403 without a body', async () => {
    const poor = await halo.login('read:sos');
    const read = await poor.get(`${route}${query}`);
    expect([read.status, read.text]).toEqual([403, '']);
    expect((await poor.post(route, [create])).status).toBe(403);
  });
});

test('deliveries of webhooks can be listed and not written', async () => {
  expect((await caller.get('WebhookEvent')).object()).toEqual({ record_count: 0, events: [] });
  expect((await caller.post('WebhookEvent', [{}])).status).toBe(405);
});

test.each(['Contract', 'Opportunity', 'Project', 'Ticket', 'Nonsense'])(
  '%s is no route of Halo',
  async (route) => {
    const reply = await caller.get(route);
    expect([reply.status, reply.text]).toEqual([404, '']);
  },
);
