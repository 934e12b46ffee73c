/** Writes happen once: whatever becomes of a reply, there is one record in the end, and the call returns it. */
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { apiRequests, probe } from './helpers.ts';
import { idOf, writing } from './writing.ts';

let haloflow: TestHaloflow;

const { fail, ids } = writing((started) => (haloflow = started));

interface Create {
  readonly resource: string;
  readonly route: string;
  /** A record that the mark tells from all others, and the property that has the mark. */
  readonly input: (mark: string) => Readonly<Record<string, unknown>>;
  readonly mark: string;
}

const day = '2026-03-02T';
const CREATES: readonly Create[] = [
  {
    resource: 'tickets',
    route: 'Tickets',
    mark: 'summary',
    input: (summary) => ({ summary, client_id: 12 }),
  },
  { resource: 'opportunities', route: 'Opportunities', mark: 'summary', input: (summary) => ({ summary }) },
  {
    resource: 'projects',
    route: 'Projects',
    mark: 'summary',
    input: (summary) => ({ summary, details: 'x' }),
  },
  {
    resource: 'actions',
    route: 'Actions',
    mark: 'note',
    input: (note) => ({
      ticket_id: 1001,
      outcome: 'Internal Note',
      note,
      timetaken: 0.25,
      hiddenfromuser: true,
    }),
  },
  {
    resource: 'clients',
    route: 'Client',
    mark: 'name',
    input: (name) => ({ name, website: 'example.test' }),
  },
  { resource: 'sites', route: 'Site', mark: 'name', input: (name) => ({ name, client_id: 12 }) },
  {
    resource: 'users',
    route: 'Users',
    mark: 'name',
    input: (name) => ({ name, client_id: 12, emailaddress: 'someone@example.test' }),
  },
  {
    resource: 'assets',
    route: 'Asset',
    mark: 'inventory_number',
    input: (tag) => ({
      inventory_number: tag,
      assettype_id: 1,
      client_id: 12,
      fields: [{ id: 3, value: 'S1' }],
    }),
  },
  {
    resource: 'appointments',
    route: 'Appointment',
    mark: 'subject',
    input: (subject) => ({ subject, start_date: `${day}09:00:00`, end_date: `${day}10:00:00Z`, agent_id: 4 }),
  },
  {
    resource: 'invoices',
    route: 'Invoice',
    mark: 'reference',
    input: (reference) => ({
      reference,
      client_id: 12,
      lines: [{ item_shortdescription: 'Support', qty_order: 2, unit_price: 10.5 }],
    }),
  },
  { resource: 'quotes', route: 'Quotation', mark: 'title', input: (title) => ({ title, client_id: 12 }) },
  {
    resource: 'attachments',
    route: 'Attachment',
    mark: 'filename',
    input: (filename) => ({ filename, ticket_id: 1001, data_base64: Buffer.from('text').toString('base64') }),
  },
  { resource: 'items', route: 'Item', mark: 'name', input: (name) => ({ name, baseprice: 12 }) },
  { resource: 'suppliers', route: 'Supplier', mark: 'name', input: (name) => ({ name }) },
  {
    resource: 'knowledgeBaseArticles',
    route: 'KBArticle',
    mark: 'name',
    input: (name) => ({ name, description: 'First line\r\nSecond line ' }),
  },
  {
    resource: 'agents',
    route: 'Agent',
    mark: 'name',
    input: (name) => ({ name, email: `${name}@example.test` }),
  },
];

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['the reply is dropped after the write', { kind: 'drop-after' }],
  ['the connection drops before the write', { kind: 'drop-before' }],
  ['Halo answers 500 and has written', { kind: 'status', status: 500, commit: true }],
  ['Halo answers 500 and has not written', { kind: 'status', status: 500 }],
  ['the reply comes too late', { kind: 'delay', delayMs: 3000, commit: true }],
  ['the reply breaks off', { kind: 'truncate' }],
  ['a web page comes back after the write', { kind: 'html', commit: true }],
  ['an empty reply comes back after the write', { kind: 'empty', commit: true }],
  ['Halo refuses with 429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
];

test.each(FAULTS)(
  'every kind of record is made once when %s',
  async (what, fault) => {
    for (const { route } of CREATES) {
      await fail(route, fault);
    }
    const ends = await Promise.all(
      CREATES.map(async ({ resource, route, input, mark }) => {
        const text = `${resource} ${what}`;
        const answer = await probe(haloflow, { action: `${resource}.create`, input: input(text) });
        const { failure } = answer;
        return { resource, failure, id: idOf(answer), ids: await ids(route, { [mark]: text }) };
      }),
    );
    expect(ends).toEqual(
      ends.map(({ resource, id }) => ({ resource, failure: undefined, id: expect.any(Number), ids: [id] })),
    );
  },
  120_000,
);

test('a ticket is made once when the token has expired', async () => {
  await fail('Tickets', { kind: 'expire-tokens' });
  const summary = 'Expired';
  const answer = await probe(haloflow, { action: 'tickets.create', input: { summary } });
  expect(await ids('Tickets', { summary })).toEqual([idOf(answer)]);
  expect(answer.calls).toMatchObject([{ status: 'ok', attempts: 1 }]);
});

test('what was found in Halo is answered as the reply would have been', async () => {
  await fail('Tickets', { kind: 'drop-after' });
  const { output, calls } = await probe(haloflow, {
    action: 'tickets.create',
    input: { summary: 'Projected', client_id: 12 },
    options: { fields: ['id', 'summary', 'client_name'] },
  });
  expect(output).toEqual({
    id: expect.any(Number) as number,
    summary: 'Projected',
    client_name: expect.any(String) as string,
  });
  expect(calls).toMatchObject([{ status: 'ok', attempts: 1, error_type: null }]);
  const posts = (await apiRequests(haloflow.northwind)).filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
});
