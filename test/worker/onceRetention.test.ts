import { purge } from '../../triggers/retention.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { probe } from './helpers.ts';
import { idOf, note, ticket, user, writing } from './writing.ts';
import type { ProbeInput } from './workflows/probes.ts';

const MARK = 'Anna Musterfrau';

let haloflow: TestHaloflow;
const { fail, posts } = writing((started) => {
  haloflow = started;
});

const query = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await haloflow.store.pool.query<Row>(sql, [...values])).rows;

/** All that has run so far has ended long ago. */
async function retain(): Promise<void> {
  await query(`update runs set status = 'completed', closed_at = now() - interval '31 days'`);
  await purge(haloflow.store);
}

interface Row {
  readonly action: string;
  readonly state: string;
  readonly digest: string | null;
  readonly halo_id: string | null;
}

const ledger = (): Promise<Row[]> =>
  query<Row>('select action, state, digest, halo_id from writes order by call, index');

const holding = async (text: string): Promise<string[]> =>
  (
    await query<{ action: string }>(
      `select action from writes w where w::text ilike $1 or w.result is not null or w.marks is not null order by 1`,
      [`%${text}%`],
    )
  ).map(({ action }) => action);

test('past retention the ledger holds nothing of what was written, whatever became of it', async () => {
  await fail('Outcome', { kind: 'drop-after' });
  const generic = (path: string): ProbeInput => ({
    action: 'halo.request',
    input: { method: 'POST', path, body: { outcome: MARK } },
  });
  const written: readonly ProbeInput[] = [
    { ...ticket(MARK), options: { once: 'retained', fields: ['id'] } },
    { action: 'tickets.create', input: [{ summary: `${MARK} 1` }, { summary: `${MARK} 2` }] },
    { action: 'tickets.update', input: { id: 1001, summary: MARK } },
    { action: 'tickets.delete', input: { id: 1002 } },
    note(MARK),
    user(MARK),
    generic('/Outcome'),
    generic(`/CustomTable/${MARK}/row`),
  ];
  for (const one of written) await probe(haloflow, one);
  // From before the upgrade: their runs were deleted then, and nothing else with them.
  await query(
    `insert into writes (call, connection, host, action, resource, effect, state, halo_id, result, sent_at)
      select 'old/' || n, 'northwind-halo', 'h', 'clients.create', '/Client', 'create', 'confirmed', n, $1::json,
        now() - interval '90 days' from generate_series(1, 5) n`,
    [JSON.stringify({ id: 1, name: `${MARK}\u0000` })],
  );
  const before = await ledger();
  expect(before.map(({ state }) => state)).toContain('unknown');
  expect((await holding(MARK)).length).toBeGreaterThan(before.length / 2);
  await retain();
  await probe(haloflow, ticket(`${MARK} now`));
  await purge(haloflow.store);
  expect(await holding(MARK)).toEqual(['tickets.create']);
  expect((await ledger()).length).toBe(before.length + 1);
  expect(await ledger()).toEqual(expect.arrayContaining(before));
});

test.each<[string, ProbeInput, (id: unknown) => object]>([
  ['Tickets', ticket(`${MARK} once`), (id) => ({ id, summary: 'Changed since' })],
  ['Client', { action: 'clients.create', input: { name: MARK } }, (id) => ({ id, name: 'Changed since' })],
  ['Users', user(`${MARK} once`), (id) => ({ id, name: 'Changed since' })],
  ['Actions', note(`${MARK} once`), (id) => ({ id, ticket_id: 1001, note: 'Changed since' })],
])('past retention a business key answers the record of %s as it is now', async (route, probed, changed) => {
  const keyed = { ...probed, options: { once: `key of ${route}` } };
  const id = idOf(await probe(haloflow, keyed));
  await haloflow.northwind.add(route, { ...changed(id) });
  expect((await probe(haloflow, keyed)).output).not.toMatchObject(changed(id));
  await retain();
  expect((await probe(haloflow, keyed)).output).toMatchObject(changed(id));
  expect(await posts(route)).toBe(1);
  expect((await query(`select 1 from writes where once = $1`, [`key of ${route}`])).length).toBe(1);
});

describe('past retention a business key whose record', () => {
  const keyed = (once: string): ProbeInput => ({ ...ticket(once), options: { once } });

  test('is gone from Halo answers its id, and makes none', async () => {
    const id = idOf(await probe(haloflow, keyed('gone')));
    await probe(haloflow, { action: 'tickets.delete', input: { id } });
    await retain();
    expect((await probe(haloflow, keyed('gone'))).output).toEqual({ id });
    expect(await posts('Tickets')).toBe(1);
  });

  test('may not be read answers its id, and with fields what there is of them', async () => {
    const id = idOf(await probe(haloflow, keyed('hidden')));
    await retain();
    await fail(`Tickets/${String(id)}`, { kind: 'status', status: 403, times: 2 }, 'GET');
    expect((await probe(haloflow, keyed('hidden'))).output).toEqual({ id });
    const fields = { ...keyed('hidden'), options: { once: 'hidden', fields: ['id', 'summary'] } };
    expect((await probe(haloflow, fields)).output).toEqual({ id });
    expect(await posts('Tickets')).toBe(1);
  });

  test('cannot be asked for is tried again until it can', async () => {
    const id = idOf(await probe(haloflow, keyed('away')));
    await retain();
    await fail(`Tickets/${String(id)}`, { kind: 'status', status: 500 }, 'GET');
    expect((await probe(haloflow, keyed('away'))).output).toMatchObject({ id, summary: 'away' });
    expect(await posts('Tickets')).toBe(1);
  });

  test('is another one by its stamp answers its id', async () => {
    const id = idOf(await probe(haloflow, keyed('reused')));
    await haloflow.northwind.add('Tickets', { id, third_party_id_string: 'haloflow:of-another-write' });
    await retain();
    expect((await probe(haloflow, keyed('reused'))).output).toEqual({ id });
  });

  test.each<[string, ProbeInput, string]>([
    ['Users', user('Made once'), '2019-03-04T05:06:07'],
    ['Client', { action: 'clients.create', input: { name: 'Made once' } }, '2031-01-02T03:04:05'],
  ])('in %s is another one by its date answers its id', async (route, probed, datecreated) => {
    const dated = { ...probed, options: { once: `dated ${route}` } };
    const id = idOf(await probe(haloflow, dated));
    await retain();
    await haloflow.northwind.add(route, { id, name: 'Another', datecreated });
    expect((await probe(haloflow, dated)).output).toEqual({ id });
    expect(await posts(route)).toBe(1);
  });

  test('has only the date of its last change answers the record, unless that is before it was made', async () => {
    const quote = { action: 'quotes.create', input: { client_id: 12 }, options: { once: 'quoted' } };
    const id = idOf(await probe(haloflow, quote));
    await retain();
    await haloflow.northwind.add('Quotation', { id, note: 'Changed since' });
    expect((await probe(haloflow, quote)).output).toMatchObject({ id, note: 'Changed since' });
    await query(`update writes set made = '2031-01-02T03:04:05.000Z' where once = 'quoted'`);
    expect((await probe(haloflow, quote)).output).toEqual({ id });
  });

  test('is one of an array is read by its position', async () => {
    const input = { action: 'tickets.create', input: [{ summary: 'In a row 1' }, { summary: 'In a row 2' }] };
    const options = { once: 'array', fields: ['id', 'summary'] };
    const { output } = await probe(haloflow, { ...input, options });
    await retain();
    expect((await probe(haloflow, { ...input, options })).output).toEqual(output);
    expect(await posts('Tickets')).toBe(2);
  });

  test('of another input is refused as before', async () => {
    await probe(haloflow, keyed('same'));
    await retain();
    const { failure } = await probe(haloflow, { ...ticket('Another'), options: { once: 'same' } });
    expect(failure?.type).toBe('SchemaError');
  });
});
