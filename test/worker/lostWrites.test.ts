/** Where a lost write could make a second record, or take one that is not its own. */
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { apiRequests, eventually, probe } from './helpers.ts';
import type { Answer } from './helpers.ts';
import { idOf, MSP, note, ticket, user, writing } from './writing.ts';
import type { ProbeInput } from './workflows/probes.ts';

let haloflow: TestHaloflow;
const { fail, posts, ids } = writing((started) => (haloflow = started));

const dropAfter: Fault = { kind: 'drop-after' };
const dropBefore: Fault = { kind: 'drop-before' };

/** Starts the call, and does something when Halo has got its request and the reply is lost. */
async function meanwhile(input: ProbeInput, path: string, act: () => Promise<unknown>): Promise<Answer> {
  const before = await posts(path);
  const { handle } = await haloflow.start('probe', [input], MSP);
  await eventually(async () => ((await posts(path)) > before ? true : undefined));
  await act();
  return (await handle.result()) as Answer;
}

async function stamps(): Promise<unknown> {
  const { rows } = await haloflow.store.pool.query(
    `select resource, kept from stamp_proofs order by resource`,
  );
  return rows;
}

describe('a Halo that does not keep stamps', () => {
  beforeAll(() => haloflow.northwind.settings({ forgottenFields: ['third_party_id_string'] }));
  afterAll(() => haloflow.northwind.settings({ forgottenFields: [] }));

  test('leaves a lost ticket unknown as long as nobody knows that, and tells with the first that is answered', async () => {
    await fail('Tickets', dropAfter);
    const { failure } = await probe(haloflow, ticket('Nobody knows'));
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(await ids('Tickets', { summary: 'Nobody knows' })).toHaveLength(1);

    expect(await stamps()).toEqual([]);
    await haloflow.northwind.clearRequests();
    for (const summary of ['Told', 'Told again']) await probe(haloflow, ticket(summary));
    expect(await stamps()).toEqual([{ resource: '/Tickets', kept: false }]);
    const requests = (await apiRequests(haloflow.northwind)).map(({ method }) => method);
    expect(requests).toEqual(['POST', 'GET', 'POST']);
  });

  test('has a ticket once, whether its reply or its request is lost', async () => {
    await fail('Tickets', dropAfter);
    await fail('Tickets', dropBefore);
    const summaries = ['One without a stamp', 'Two without a stamp'];
    const answers = await Promise.all(summaries.map((summary) => probe(haloflow, ticket(summary))));
    for (const [index, summary] of summaries.entries()) {
      expect(await ids('Tickets', { summary })).toEqual([idOf(answers[index] ?? {})]);
    }
  });

  test('does not have a ticket of a person taken for a lost one', async () => {
    const name = 'By a person';
    await fail('Tickets', dropBefore);
    const answer = await meanwhile(ticket(name), 'Tickets', () =>
      haloflow.northwind.add('Tickets', { summary: name, client_id: 12 }),
    );
    const kept = await haloflow.northwind.records('Tickets', { summary: name });
    if (answer.failure) expect(answer.failure.type).toBe('HaloOutcomeUnknownError');
    else expect(kept.find(({ id }) => id === idOf(answer))).toMatchObject({ created_by: 'API Agent' });
    expect(kept.filter((row) => row['created_by'] === 'API Agent').length).toBeLessThanOrEqual(1);
  });

  test('has no third ticket, and none taken twice, when two equal ones are lost', async () => {
    const summary = 'Twins without stamps';
    await fail('Tickets', dropAfter);
    await fail('Tickets', dropBefore);
    const runs = await Promise.all([1, 2].map(() => haloflow.start('probe', [ticket(summary)], MSP)));
    const answers = (await Promise.all(runs.map(({ handle }) => handle.result()))) as Answer[];
    const known = answers.filter(({ failure }) => !failure).map(idOf);
    expect(new Set(known).size).toBe(known.length);
    const kept = await ids('Tickets', { summary });
    expect(kept).toEqual(expect.arrayContaining(known));
    expect(kept.length).toBeLessThanOrEqual(2);
  });

  test('is relied on again when a record has come back with its stamp', async () => {
    await haloflow.northwind.settings({ forgottenFields: [] });
    await probe(haloflow, ticket('Kept'));
    expect(await stamps()).toEqual([{ resource: '/Tickets', kept: true }]);
    const summary = 'Relied on';
    await fail('Tickets', dropBefore);
    const answer = await meanwhile(ticket(summary), 'Tickets', () =>
      haloflow.northwind.add('Tickets', { summary, client_id: 12 }),
    );
    const [own] = (await haloflow.northwind.records('Tickets', { summary })).filter((row) =>
      String(row['third_party_id_string']).startsWith('haloflow:'),
    );
    expect(idOf(answer)).toBe(own?.['id']);
  });

  test('and that stops keeping them is found out by the next create', async () => {
    await haloflow.northwind.settings({ forgottenFields: ['third_party_id_string'] });
    await probe(haloflow, ticket('No longer kept'));
    expect(await stamps()).toEqual([{ resource: '/Tickets', kept: false }]);
    await fail('Tickets', dropAfter);
    const answer = await probe(haloflow, ticket('Lost after that'));
    expect(await ids('Tickets', { summary: 'Lost after that' })).toEqual([idOf(answer)]);
  });
});

describe.each([
  ['behind', -1200],
  ['ahead', 1200],
])('a Halo whose clock is 20 minutes %s', (_where, clockAheadSeconds) => {
  beforeAll(async () => {
    await haloflow.northwind.settings({ clockAheadSeconds });
    await probe(haloflow, ticket('Keeps stamps'));
  });
  afterAll(() => haloflow.northwind.settings({ clockAheadSeconds: 0 }));

  test('has every record once', async () => {
    const mark = `Clock ${clockAheadSeconds}`;
    for (const path of ['Tickets', 'Actions', 'Users', 'Client']) {
      await fail(path, dropAfter);
      await fail(path, dropBefore);
    }
    const inputs = ['a', 'b'].flatMap((one) => [
      { route: 'Tickets', where: { summary: `${mark} ${one}` }, input: ticket(`${mark} ${one}`) },
      {
        route: 'Actions',
        where: { ticket_id: 1001, note: `${mark} ${one}` },
        input: note(`${mark} ${one}`),
      },
      { route: 'Users', where: { name: `${mark} ${one}` }, input: user(`${mark} ${one}`) },
      {
        route: 'Client',
        where: { name: `${mark} ${one}` },
        input: { action: 'clients.create', input: { name: `${mark} ${one}` } },
      },
    ]);
    const answers = await Promise.all(inputs.map(({ input }) => probe(haloflow, input)));
    for (const [index, { route, where }] of inputs.entries()) {
      expect(await ids(route, where)).toEqual([idOf(answers[index] ?? {})]);
    }
  });

  test('has a change with time once', async () => {
    const [{ id } = {}] = await haloflow.northwind.records('Actions', { ticket_id: 1004 });
    await fail('Actions', dropAfter);
    const timetaken = clockAheadSeconds > 0 ? 2.25 : 2.75;
    const input = { id: id as number, ticket_id: 1004, timetaken };
    const { output } = await probe(haloflow, { action: 'actions.update', input });
    expect(output).toMatchObject(input);
    expect(await posts('Actions')).toBe(1);
  });
});

test('what happens to a record right after it was made leaves no second one', async () => {
  const { northwind } = haloflow;
  const change = async (route: string, where: Record<string, string | number>, to: object) => {
    const [id] = await ids(route, where);
    await northwind.add(route, { id, ...to }, { now: new Date(Date.now() + 5_000) });
  };
  for (const path of ['Tickets', 'Users']) await fail(path, { ...dropAfter, times: 2 });
  for (const path of ['Site', 'Appointment']) await fail(path, dropAfter);

  const edited = await meanwhile(ticket('Edited'), 'Tickets', () =>
    change('Tickets', { summary: 'Edited' }, { summary: 'Corrected', client_id: 13 }),
  );
  const [renamed, deleted, site, moved] = await Promise.all([
    meanwhile(user('Kim Mispelt', { title: 'CEO' }), 'Users', () =>
      change('Users', { name: 'Kim Mispelt' }, { name: 'Kim Misspelt' }),
    ),
    meanwhile(ticket('Deleted'), 'Tickets', async () => {
      const [id] = await ids('Tickets', { summary: 'Deleted' });
      await probe(haloflow, { action: 'tickets.delete', input: { id } });
    }),
    meanwhile({ action: 'sites.create', input: { name: 'Annex', client_id: 12 } }, 'Site', () =>
      change('Site', { name: 'Annex' }, { notes: 'The one behind the mill' }),
    ),
    meanwhile(
      {
        action: 'appointments.create',
        input: {
          subject: 'Roof inspection',
          start_date: '2026-03-02T09:00:00',
          end_date: '2026-03-02T10:00:00',
        },
      },
      'Appointment',
      () =>
        change(
          'Appointment',
          { subject: 'Roof inspection' },
          { start_date: '2026-03-04T09:00:00', end_date: '2026-03-04T10:00:00' },
        ),
    ),
  ]);

  expect(edited.output).toMatchObject({ summary: 'Corrected' });
  expect(await ids('Tickets', { summary: 'Edited' })).toEqual([]);
  expect(renamed.failure?.type).toBe('HaloOutcomeUnknownError');
  expect(await ids('Users', { name: 'Kim Mispelt' })).toEqual([]);
  expect(deleted.output).toMatchObject({ summary: 'Deleted' });
  expect(await ids('Tickets', { summary: 'Deleted' })).toEqual([]);
  expect(await ids('Site', { name: 'Annex' })).toEqual([idOf(site)]);
  expect(moved.failure?.type).toBe('HaloOutcomeUnknownError');
  expect(await ids('Appointment', { subject: 'Roof inspection' })).toHaveLength(1);
});

test('a record that an unsettled write of more properties has made is not taken', async () => {
  await fail('Users', dropBefore);
  await fail('Users', { kind: 'delay', delayMs: 3000, commit: true });
  const lost = await haloflow.start('probe', [user('Sam Both')], MSP);
  await eventually(async () => ((await posts('Users')) > 0 ? true : undefined));
  const slow = await haloflow.start('probe', [user('Sam Both', { title: 'CFO' })], MSP);
  const answers = (await Promise.all([lost, slow].map(({ handle }) => handle.result()))) as Answer[];
  const kept = await haloflow.northwind.records('Users', { name: 'Sam Both' });
  const [first, second] = answers.map((answer) => kept.find(({ id }) => id === idOf(answer)));
  expect(first?.['title']).not.toBe('CFO');
  if (second) expect(second['title']).toBe('CFO');
  for (const { failure } of answers) {
    if (failure) expect(failure.type).toBe('HaloOutcomeUnknownError');
  }
  expect(kept.filter(({ title }) => title === 'CFO')).toHaveLength(1);
});

test('ids that come as text are those that came as numbers', async () => {
  const text = 'Ids as text';
  const first = await probe(haloflow, note(text));
  await haloflow.northwind.settings({ idStyle: 'string' });
  await fail('Actions', dropBefore);
  await fail('Tickets', dropAfter);
  const [second, made] = await Promise.all([probe(haloflow, note(text)), probe(haloflow, ticket(text))]);
  await haloflow.northwind.settings({ idStyle: 'number' });
  expect((await ids('Actions', { ticket_id: 1001, note: text })).map(Number)).toEqual(
    [first, second].map((answer) => Number(idOf(answer))),
  );
  expect((await ids('Tickets', { summary: text })).map(Number)).toEqual([Number(idOf(made))]);
});

test('while Halo refuses to be asked, the look is put off', async () => {
  await fail('Tickets', dropAfter);
  await fail('Tickets', { kind: 'status', status: 401, times: 4 }, 'GET');
  await fail('Tickets', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 'GET');
  const { output, calls } = await probe(haloflow, { ...ticket('Refused'), options: { attempts: 1 } });
  expect(await ids('Tickets', { summary: 'Refused' })).toEqual([idOf({ output })]);
  expect(calls).toMatchObject([{ status: 'ok', attempts: 1 }]);
  expect(await posts('Tickets')).toBe(1);
});

describe('a look that fails', () => {
  const write = (sql: string) => async (): Promise<void> => {
    await haloflow.store.pool.query(`update writes set ${sql} where state = 'sent'`);
  };

  test('an hour after the write, as when haloflow was stopped meanwhile, is repeated', async () => {
    await fail('Tickets', dropAfter);
    await fail('Tickets', { kind: 'status', status: 500 }, 'GET');
    await fail('Tickets', { kind: 'status', status: 401, times: 4 }, 'GET');
    const { output } = await meanwhile(
      ticket('An hour ago'),
      'Tickets',
      write(`dead_at = now() - interval '1 hour'`),
    );
    expect(await ids('Tickets', { summary: 'An hour ago' })).toEqual([idOf({ output })]);
    expect(await posts('Tickets')).toBe(1);
  });

  test.each([
    [30, 500],
    [16, 401],
  ])('the %dth time, with %d, leaves the outcome unknown', async (times, status) => {
    await fail('Tickets', dropAfter);
    await fail('Tickets', { kind: 'status', status, times: 10 }, 'GET');
    const { failure } = await meanwhile(
      ticket(`Never told: ${status}`),
      'Tickets',
      write(`failed_looks = ${times - 1}`),
    );
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(failure?.message).toContain(
      `looking for it failed ${times} times (GET /Tickets answered ${status}`,
    );
    expect(await posts('Tickets')).toBe(1);
  });
});

test('a create that was cut off keeps its turn while Halo may still be at it', async () => {
  await fail('Tickets', { kind: 'delay', delayMs: 2500 });
  const summaries = ['Slow', 'After it'];
  const slow = await haloflow.start('probe', [ticket('Slow')], MSP);
  await eventually(async () => ((await posts('Tickets')) > 0 ? true : undefined));
  const answers = [await probe(haloflow, ticket('After it')), (await slow.handle.result()) as Answer];
  for (const [index, summary] of summaries.toReversed().entries()) {
    expect(await ids('Tickets', { summary })).toEqual([idOf(answers[index] ?? {})]);
  }
  const times = (await apiRequests(haloflow.northwind)).filter(({ method }) => method === 'POST');
  expect(times.map(({ time }) => time - (times[0]?.time ?? 0))).toEqual([0, expect.any(Number)]);
  expect((times[1]?.time ?? 0) - (times[0]?.time ?? 0)).toBeGreaterThan(2500);
});

test('a connection that means another Halo by then leaves the write unknown', async () => {
  await fail('Tickets', dropAfter);
  const { baseUrl: resourceServer = '' } = haloflow.sandbox.tenants[0] ?? {};
  const elsewhere = resourceServer.replace('127.0.0.1', 'localhost');
  expect(elsewhere).not.toBe(resourceServer);
  const { failure } = await meanwhile(ticket('Moved'), 'Tickets', () =>
    haloflow.reconfigure(`update connections set resource_server = '${elsewhere}'
      where id = 'northwind-halo'`),
  );
  await haloflow.reconfigure(`update connections set resource_server = '${resourceServer}'
    where id = 'northwind-halo'`);
  expect(failure?.type).toBe('HaloOutcomeUnknownError');
  expect(failure?.message).toMatch(/was sent to .*, to which connection northwind-halo no longer leads/);
  expect(await ids('Tickets', { summary: 'Moved' })).toHaveLength(1);
});
