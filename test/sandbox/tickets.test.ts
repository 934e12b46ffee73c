import { openSandbox, type Json, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
  caller = await halo.login();
});
afterAll(() => halo.close());

const create = async (fields: Json): Promise<Json> =>
  (await caller.post('Tickets', [{ summary: 'x', ...fields }])).object();
const read = async (id: unknown): Promise<Json> => (await caller.get(`Tickets/${String(id)}`)).object();
const began = Date.now();
/** Since these tests began; the sandbox's own dates are at least minutes old. */
const recent = (date: unknown): boolean => {
  const at = Date.parse(`${String(date)}Z`);
  return at > began - 1_000 && at < Date.now() + 1_000;
};

describe('a new ticket', () => {
  test('with nothing but a summary is new, unassigned, and for the client Unknown', async () => {
    const ticket = await create({});
    expect(ticket).toMatchObject({
      status_id: 1,
      status_name: 'New',
      tickettype_id: 1,
      client_id: 1,
      client_name: 'Unknown',
      site_name: 'Main',
      user_name: 'General User',
      agent_id: 1,
      agent_name: 'Unassigned',
      team: 'Service Desk',
      hasbeenclosed: false,
      dateclosed: '1899-12-30T00:00:00',
    });
    expect(recent(ticket['dateoccurred']) && recent(ticket['last_update'])).toBe(true);
    expect(String(ticket['dateoccurred'])).not.toMatch(/Z|\+/);
  });

  test('gets the next number', async () => {
    const first = await create({});
    expect((await create({}))['id']).toBe(Number(first['id']) + 1);
  });

  test('for a client goes to its main site and General User', async () => {
    const client = (await caller.get('Client/12')).object();
    expect(await create({ client_id: 12 })).toMatchObject({
      client_name: 'Acme',
      site_id: client['main_site_id'],
      user_name: 'General User',
    });
    expect(await create({ client_id: 12, userlookup: { id: -1 } })).toMatchObject({
      user_name: 'General User',
    });
  });

  test('for a contact needs the site too, unless nothing is validated', async () => {
    const [user] = (await caller.get('Users?client_id=12&exclude_generaluser=true')).rows('users');
    const body = { summary: 'x', user_id: user?.['id'] };
    const refused = await caller.post('Tickets', [body]);
    expect([refused.status, refused.object()['ClassName']]).toEqual([400, 'System.Exception']);
    const named = { user_id: user?.['id'], client_id: 12, client_name: 'Acme' };
    expect((await caller.post('Tickets', [{ ...body, site_id: user?.['site_id'] }])).object()).toMatchObject(
      named,
    );
    expect((await caller.post('Tickets', [{ ...body, _novalidate: true }])).object()).toMatchObject(named);
    const bySite = { ...body, client_id: 12, site_name: user?.['site_name'] };
    expect((await caller.post('Tickets', [bySite])).object()).toMatchObject({
      ...named,
      site_id: user?.['site_id'],
    });
  });

  test('keeps the stamp that a caller wrote, in records and in lists', async () => {
    const ticket = await create({ third_party_id_string: 'haloflow:abc123' });
    expect(await read(ticket['id'])).toMatchObject({ third_party_id_string: 'haloflow:abc123' });
    const [row] = (await caller.get('Tickets?count=1')).rows('tickets');
    expect(row).toMatchObject({ id: ticket['id'], third_party_id_string: 'haloflow:abc123' });
  });

  test('may be dated back', async () => {
    expect(await create({ dateoccurred: '2020-01-02T03:04:05Z' })).toMatchObject({
      dateoccurred: '2020-01-02T03:04:05',
    });
  });

  test('has HTML and plain text, custom fields and assets', async () => {
    const [asset] = (await caller.get('Asset?client_id=12')).rows('assets');
    const ticket = await create({
      client_id: 12,
      details_html: '<p>Line &amp; one</p><p>two</p>',
      customfields: [{ id: 21, value: '5' }],
      assets: [{ id: asset?.['id'] }],
    });
    expect(ticket).toMatchObject({ details: 'Line & one\ntwo', customfields: [{ id: 21, value: '5' }] });
    const linked = (await caller.get(`Tickets?asset_id=${String(asset?.['id'])}`)).rows('tickets');
    expect(linked.map((row) => row['id'])).toEqual([ticket['id']]);
    expect((await caller.get(`Asset?ticket_id=${String(ticket['id'])}`)).rows('assets')).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['Please enter a Summary', { summary: ' ' }],
    ['Please enter a Summary', { summary: undefined }],
    ['Customer 999 does not exist', { client_id: 999 }],
    ['Team Nobody does not exist', { team: 'Nobody' }],
    ['Status 77 does not exist', { status_id: 77 }],
    ['Ticket Type 77 does not exist', { tickettype_id: 77 }],
  ])('is refused: %s', async (message, fields) => {
    const reply = await caller.post('Tickets', [{ summary: 'x', ...fields }]);
    expect([reply.status, reply.object()['Message']]).toEqual([400, message]);
  });

  test('of a type that a board must approve names the board', async () => {
    const refused = await caller.post('Tickets', [{ summary: 'x', tickettype_id: 3 }]);
    expect([refused.status, refused.text]).toEqual([
      400,
      '"CODE:APP03/2 Please select the CAB members to approve"',
    ]);
    const board = { new_approvalprocess_cab: { type: 'cab', cab_id: 1 } };
    expect(await create({ tickettype_id: 3, ...board })).toMatchObject({ tickettype_id: 3 });
  });

  test('is a project or an opportunity when posted there', async () => {
    expect((await caller.post('Projects', [{ summary: 'p' }])).object()).toMatchObject({
      tickettype_name: 'Project',
    });
    expect((await caller.post('Opportunities', [{ summary: 'o' }])).object()).toMatchObject({
      tickettype_name: 'Opportunity',
    });
  });

  test('counts on its parent', async () => {
    const parent = await create({});
    await create({ parent_id: parent['id'] });
    expect((await read(parent['id']))['child_count']).toBe(1);
  });
});

describe('changing a ticket', () => {
  test('merges what is named and keeps the rest, also single custom fields', async () => {
    const ticket = await create({
      client_id: 12,
      details: 'keep',
      customfields: [
        { id: 21, value: 'a' },
        { id: 22, value: 'b' },
      ],
    });
    const changed = await caller.post('Tickets', [
      { id: ticket['id'], priority_id: 1, customfields: [{ id: 22, value: 'c' }] },
    ]);
    expect(changed.object()).toMatchObject({
      details: 'keep',
      client_id: 12,
      priority_id: 1,
      customfields: [
        { id: 21, value: 'a' },
        { id: 22, value: 'c' },
      ],
    });
  });

  test('to status 9 closes it; another status opens it again, and it has been closed', async () => {
    const ticket = await create({});
    const closed = (await caller.post('Tickets', [{ id: ticket['id'], status_id: 9 }])).object();
    expect(closed).toMatchObject({ status_name: 'Closed', hasbeenclosed: true });
    expect(recent(closed['dateclosed'])).toBe(true);
    const opened = (await caller.post('Tickets', [{ id: ticket['id'], status_id: 2 }])).object();
    expect(opened).toMatchObject({ hasbeenclosed: true, dateclosed: '1899-12-30T00:00:00' });
  });

  test('shows up under its last update', async () => {
    const from = new Date(Date.now() - 1000).toISOString();
    const ticket = await create({});
    await caller.post('Tickets', [{ id: 1003, summary: 'touched' }]);
    const rows = (await caller.get(`Tickets?lastupdatefromdate=${from}`))
      .rows('tickets')
      .map((row) => row['id']);
    expect(rows).toContain(1003);
    expect(rows).toContain(ticket['id']);
    expect(rows).not.toContain(1004);
  });
});

describe('actions', () => {
  test('move the ticket, add their time and are found on it', async () => {
    const ticket = await create({ client_id: 12 });
    const action = await caller.post('Actions', [
      {
        ticket_id: ticket['id'],
        outcome: 'Internal Note',
        note_html: '<b>Done</b>',
        hiddenfromuser: true,
        timetaken: 0.5,
        new_status: 2,
        new_agent: 4,
      },
    ]);
    expect(action.status).toBe(201);
    expect(action.object()).toMatchObject({
      id: 1,
      note: 'Done',
      who_agentid: 2,
      who: 'API Agent',
      old_status: 1,
    });
    await caller.post('Actions', [{ ticket_id: ticket['id'], outcome_id: 7, timetaken: 0.25 }]);
    const moved = await read(ticket['id']);
    expect(moved).toMatchObject({ status_id: 2, agent_id: 4, timetaken: 0.75, hasbeenclosed: false });
    expect(recent(moved['lastactiondate'])).toBe(true);
    const rows = (await caller.get(`Actions?ticket_id=${String(ticket['id'])}`)).rows('actions');
    expect(rows.map((row) => row['id'])).toEqual([2, 1]);
    expect(rows[0]).not.toHaveProperty('note_html');
  });

  test('with status 9 close the ticket', async () => {
    const ticket = await create({});
    await caller.post('Actions', [{ ticket_id: ticket['id'], outcome: 'Closed', new_status: 9 }]);
    expect(await read(ticket['id'])).toMatchObject({ status_id: 9, hasbeenclosed: true });
  });

  test('correct their time when they are changed', async () => {
    const ticket = await create({});
    const body = { ticket_id: ticket['id'], outcome_id: 9, timetaken: 1 };
    const action = (await caller.post('Actions', [body])).object();
    await caller.post('Actions', [{ ticket_id: ticket['id'], id: action['id'], timetaken: 0.25 }]);
    expect(await read(ticket['id'])).toMatchObject({ timetaken: 0.25 });
  });

  test.each<[string, Json]>([
    ['A Ticket must be specified for this Action', { outcome_id: 7 }],
    ['An Outcome must be entered for this Action', { ticket_id: 1001, note: 'x' }],
    ['Ticket 999999 does not exist', { ticket_id: 999_999, outcome_id: 7 }],
  ])('are refused: %s', async (message, body) => {
    const reply = await caller.post('Actions', [body]);
    expect(reply.status).toBe(400);
    expect(reply.object()).toMatchObject({
      ClassName: 'System.Exception',
      Message: message,
      HResult: -2146233088,
    });
  });
});

describe('deleting', () => {
  test('a ticket is soft: gone from lists, listed as deleted, and can be restored', async () => {
    const ticket = await create({});
    const id = String(ticket['id']);
    const deleted = await caller.remove(`Tickets/${id}?reason=test`);
    expect([deleted.status, deleted.object()['id']]).toEqual([200, ticket['id']]);
    expect((await caller.get(`Tickets/${id}`)).status).toBe(404);
    expect((await caller.post('Tickets', [{ id: ticket['id'], summary: 'y' }])).status).toBe(404);
    expect((await caller.get('Tickets?deleted=true')).rows('tickets').map((row) => row['id'])).toEqual([
      ticket['id'],
    ]);
    expect((await caller.get(`Tickets?ids=${id}`)).rows('tickets')).toEqual([]);
    const restored = await caller.post('Tickets', [
      { id: ticket['id'], _recover: true, _validate_updates: true },
    ]);
    expect(restored.status).toBe(200);
    expect((await caller.get(`Tickets/${id}`)).object()['summary']).toBe('x');
    expect((await caller.get('Tickets?deleted=true')).rows('tickets')).toEqual([]);
  });

  test.each(['Client/12', 'Site/11', 'Agent/3'])(
    '%s stays while tickets hang on it, unless the tenant allows it',
    async (path) => {
      await create(
        path === 'Site/11' ? { site_id: 11 } : path === 'Client/12' ? { client_id: 12 } : { agent_id: 3 },
      );
      const reply = await caller.remove(path);
      expect([reply.status, String(reply.object()['Message'])]).toEqual([
        400,
        expect.stringContaining('tickets logged against it'),
      ]);
      expect((await caller.get(path)).status).toBe(200);
      await halo.control.settings({ refuseDeleteInUse: false });
      expect((await caller.remove(path)).status).toBe(200);
      await halo.control.settings({ refuseDeleteInUse: true });
    },
  );
});
