/** The workflows that come with haloflow, on a real server against the sandbox. */
import type { WorkflowHandle } from '@temporalio/client';
import { CLOSED_STATUS } from '../../sandbox/resources/shared.ts';
import { seal } from '../../store/seal.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { record } from './histories.ts';

let haloflow: TestHaloflow;
const MSP = { organization: 'northwind' };

beforeAll(async () => {
  haloflow = await startHaloflow();
});
afterAll(async () => {
  await haloflow.close();
});
afterEach(async () => {
  await haloflow.northwind.clearFaults();
});

async function finished(name: string | null, workflow: string, args: unknown[], run = MSP): Promise<unknown> {
  const { handle } = await haloflow.start(workflow, args, run);
  const result: unknown = await handle.result();
  if (name) await record(name, handle);
  return result;
}

test('listAgents counts the agents of whoever it runs for', async () => {
  expect(await finished('listAgents', 'listAgents', [])).toEqual({ agents: 14 });
  expect(await haloflow.run('listAgents', [], { organization: 'globex' })).toEqual({ agents: 5 });
});

test('runAction runs any action by its id, under an override', async () => {
  const input = {
    action: 'agents.list',
    input: {},
    options: { limit: 2, fields: ['id'] },
    using: { use: 'mapping' },
  };
  expect(await finished('runAction', 'runAction', [input], { organization: 'acme' })).toHaveLength(2);
});

describe('triageNewTicket', () => {
  interface TicketFacts {
    readonly priority: unknown;
    readonly notes: { readonly note: string; readonly hiddenfromuser: boolean; readonly outcome: string }[];
  }

  async function ticket(summary: string, details: string, priority = 3): Promise<number> {
    const made = await haloflow.northwind.add('Tickets', {
      summary,
      details,
      priority_id: priority,
      client_id: 12,
      tickettype_id: 1,
    });
    return made['id'] as number;
  }

  async function facts(id: number): Promise<TicketFacts> {
    const [record] = await haloflow.northwind.records('Tickets', { id });
    const actions = (await haloflow.northwind.records('Actions', {
      ticket_id: id,
    })) as unknown as TicketFacts['notes'];
    return {
      priority: record?.['priority_id'],
      notes: actions.filter(({ note }) => note.startsWith('haloflow triage')),
    };
  }

  const triage = (name: string | null, id: number): Promise<unknown> =>
    finished(name, 'triageNewTicket', [{ event: { ticket: { id } } }]);

  test('raises the priority of an outage and leaves one private note', async () => {
    const id = await ticket('Internet is down at the warehouse', 'Nobody can work.');
    expect(await triage('triageNewTicket.outage', id)).toMatchObject({ ticket: id, outage: true });
    expect(await facts(id)).toMatchObject({
      priority: 1,
      notes: [
        {
          note: 'haloflow triage: It reads like an outage; its priority was raised to 1.',
          hiddenfromuser: true,
          outcome: 'Internal Note',
        },
      ],
    });
  });

  test('leaves any other ticket as it is, but for one private note', async () => {
    const id = await ticket('New laptop', 'Please order a laptop for Jo, who starts on Monday.');
    expect(await triage('triageNewTicket.other', id)).toMatchObject({ outage: false });
    expect(await facts(id)).toMatchObject({
      priority: 3,
      notes: [
        { note: expect.stringContaining('does not read like an outage') as string, hiddenfromuser: true },
      ],
    });
  });

  test('has nothing to raise where the priority is the highest already', async () => {
    const id = await ticket('Phones are down', 'No calls come in.', 1);
    await triage(null, id);
    expect(await facts(id)).toMatchObject({
      priority: 1,
      notes: [{ note: expect.stringContaining('its priority is 1 already') as string }],
    });
  });

  test('says in its note when Halo does not let it', async () => {
    const id = await ticket('Server is unreachable', 'The file server does not answer.');
    await haloflow.northwind.fault({
      kind: 'status',
      status: 400,
      body: JSON.stringify({ message: 'The SLA of this ticket is locked' }),
      match: { method: 'POST', path: '/api/Tickets' },
    });
    await triage('triageNewTicket.refused', id);
    const { priority, notes } = await facts(id);
    expect(priority).toBe(3);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ hiddenfromuser: true });
    expect(notes[0]?.note).toMatch(
      /could not be raised to 1: POST \/Tickets answered 400.*The SLA of this ticket is locked/,
    );
  });
});

describe('openTicketsReport', () => {
  interface Row {
    readonly organization: string;
    readonly open: number | null;
    readonly error: { readonly type: string; readonly message: string } | null;
  }

  test('has a row for each enabled client, five at a time, and none fails the others', async () => {
    const { store, northwind } = haloflow;
    // Seven more clients of the MSP's Halo, one disabled client, and one whose secret is wrong.
    const clients = Array.from({ length: 7 }, (_, index) => ({
      slug: `customer-${index}`,
      client: 20 + index,
    }));
    for (const { slug, client } of clients) {
      await haloflow.reconfigure(
        `insert into organizations (slug, name, parent, origin) values ($1, $1, 'northwind', 'file')`,
        [slug],
      );
      await haloflow.reconfigure(
        `insert into mappings (connection, organization, client, origin) values ('northwind-halo', $1, $2, 'file')`,
        [slug, client],
      );
    }
    await haloflow.reconfigure(
      `insert into organizations (slug, name, parent, enabled, origin) values
        ('dormant', 'Dormant', 'northwind', false, 'file'), ('umbrella', 'Umbrella', 'northwind', true, 'file')`,
    );
    await haloflow.reconfigure(
      `insert into connections (id, organization, is_default, resource_server, auth_server, tenant, client_id, sealed_secret, origin)
        select 'umbrella-halo', 'umbrella', true, resource_server, auth_server, tenant, client_id, $1, origin
        from connections where id = 'globex-halo'`,
      [await seal(store.key, 'not the secret')],
    );
    await northwind.settings({ latencyMs: 100 });
    const { handle } = await haloflow.start('openTicketsReport', [], MSP);
    const rows = (await handle.result()) as Row[];
    await northwind.settings({ latencyMs: 0 });
    await record('openTicketsReport', handle);

    expect(rows.map(({ organization }) => organization).toSorted()).toEqual(
      ['acme', ...clients.map(({ slug }) => slug), 'globex', 'initech', 'umbrella'].toSorted(),
    );
    const row = (slug: string): Row | undefined => rows.find(({ organization }) => organization === slug);
    const acmes = await northwind.records('Tickets', { client_id: 12 });
    const open = acmes.filter((found) => found['status_id'] !== CLOSED_STATUS);
    expect(row('acme')).toEqual({ organization: 'acme', open: open.length, error: null });
    expect(row('globex')?.open).toBeGreaterThan(0);
    expect(row('initech')).toMatchObject({
      open: null,
      error: {
        type: 'ConfigurationError',
        message: expect.stringContaining('HaloPSA integration is not installed for Initech') as string,
      },
    });
    expect(row('umbrella')).toMatchObject({ open: null, error: { type: 'HaloAuthenticationError' } });
    expect(await mostAtATime(handle)).toBe(5);
  });
});

/** The largest number of calls that were under way at the same time. */
async function mostAtATime(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  let underWay = 0;
  return Math.max(
    ...(events ?? []).map((event) => {
      if (event.activityTaskScheduledEventAttributes) underWay += 1;
      if (event.activityTaskCompletedEventAttributes ?? event.activityTaskFailedEventAttributes)
        underWay -= 1;
      return underWay;
    }),
  );
}
