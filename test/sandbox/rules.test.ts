import { openSandbox, type Json, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
  caller = await halo.login();
});
afterAll(() => halo.close());

const ticketFor = async (clientId: unknown): Promise<Json> =>
  (await caller.post('Tickets', [{ summary: 'x', client_id: clientId }])).object();
const read = async (id: unknown): Promise<Json> => (await caller.get(`Tickets/${String(id)}`)).object();

describe('rules of other records', () => {
  test.each<[string, Json, unknown]>([
    ['Agent', { email: 'a@b.example' }, 'Please enter a name'],
    ['Site', { name: 'Nowhere' }, { message: 'A Site must belong to a Customer' }],
    ['Webhook', { name: 'x', url: 'not a url' }, 'Please enter a valid URL'],
    ['Client', { name: 'initech' }, 'Name must be unique'],
    ['Team', { name: 'Sales' }, 'Name must be unique'],
  ])('%s: %j is refused', async (route, body, message) => {
    const reply = await caller.post(route, [body]);
    expect([reply.status, JSON.parse(reply.text)]).toEqual([400, message]);
  });

  test('the same site name is fine at another client', async () => {
    expect((await caller.post('Site', [{ name: 'Depot', client_id: 13 }])).status).toBe(201);
    expect((await caller.post('Site', [{ name: 'Depot', client_id: 13 }])).status).toBe(400);
    expect((await caller.post('Site', [{ name: 'Depot', client_id: 14 }])).status).toBe(201);
  });

  test('a new client has a main site, and every site a General User', async () => {
    const client = (await caller.post('Client', [{ name: 'Fresh' }])).object();
    const sites = (await caller.get(`Site?client_id=${String(client['id'])}`)).rows('sites');
    expect(sites).toEqual([expect.objectContaining({ name: 'Main', client_name: 'Fresh' })]);
    const users = (await caller.get(`Users?client_id=${String(client['id'])}`)).rows('users');
    expect(users).toEqual([expect.objectContaining({ name: 'General User', site_id: sites[0]?.['id'] })]);
    expect((await read((await ticketFor(client['id']))['id']))['client_name']).toBe('Fresh');
  });

  test('names follow their records', async () => {
    const client = (await caller.post('Client', [{ name: 'Before' }])).object();
    const ticket = await ticketFor(client['id']);
    await caller.post('Client', [{ id: client['id'], name: 'After' }]);
    expect((await read(ticket['id']))['client_name']).toBe('After');
  });

  test('one quantity of a recurring invoice can be changed by its line', async () => {
    const [invoice] = (await caller.get('RecurringInvoice?client_id=12&includelines=true')).rows('invoices');
    expect(Number(invoice?.['id'])).toBeLessThan(0);
    const [line] = (invoice?.['lines'] ?? []) as Json[];
    const body = [{ id: line?.['id'], recurring_invoice_id: invoice?.['id'], qty_order: 99 }];
    expect((await caller.post('RecurringInvoice/updatelines', body)).object()).toMatchObject({
      qty_order: 99,
    });
    const after = (await caller.get(`RecurringInvoice/${String(invoice?.['id'])}`)).object();
    expect((after['lines'] as Json[])[0]).toMatchObject({
      id: line?.['id'],
      qty_order: 99,
      unit_price: line?.['unit_price'],
    });
    expect(after['total']).not.toBe(invoice?.['total']);
  });
});
