/** What makes a lost write hard to settle: look-alikes, equal writes, changes, deletes, arrays, business keys. */
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { apiRequests, eventually, probe } from './helpers.ts';
import type { Answer } from './helpers.ts';
import { idOf, MSP, note, ticket, user, writing } from './writing.ts';
import type { ProbeInput } from './workflows/probes.ts';

let haloflow: TestHaloflow;
const { fail, posts, ids } = writing((started) => (haloflow = started));

async function openWrites(): Promise<unknown[]> {
  const { rows } = await haloflow.store.pool.query(`select action from writes where state = 'sent'`);
  return rows;
}

describe('a look-alike that a person makes meanwhile', () => {
  test.each<[string, Fault]>([
    ['dropped after', { kind: 'drop-after' }],
    ['dropped before', { kind: 'drop-before' }],
  ])('is never taken for the ticket whose reply was %s', async (what, fault) => {
    const summary = `Printer on fire, ${what}`;
    await haloflow.northwind.add('Tickets', { summary, client_id: 12 });
    await fail('Tickets', fault);
    const { handle } = await haloflow.start('probe', [ticket(summary)], MSP);
    await eventually(async () => ((await posts('Tickets')) > 0 ? true : undefined));
    await haloflow.northwind.add('Tickets', { summary, client_id: 12 });
    const own = idOf((await handle.result()) as Answer);
    const stamped = (await haloflow.northwind.records('Tickets', { summary })).filter((row) =>
      String(row['third_party_id_string']).startsWith('haloflow:'),
    );
    expect(stamped.map(({ id }) => id)).toEqual([own]);
    expect(await ids('Tickets', { summary })).toHaveLength(3);
  });

  test.each<[string, Fault]>([
    ['dropped after', { kind: 'drop-after' }],
    ['dropped before', { kind: 'drop-before' }],
  ])('is never taken for the note whose reply was %s: it is by another agent', async (what, fault) => {
    const text = `Called back, ${what}`;
    const record = { ticket_id: 1001, outcome: 'Internal Note', note: text, hiddenfromuser: true };
    await fail('Actions', fault);
    const { handle } = await haloflow.start('probe', [note(text)], MSP);
    await eventually(async () => ((await posts('Actions')) > 0 ? true : undefined));
    await haloflow.northwind.add('Actions', record);
    const own = idOf((await handle.result()) as Answer);
    const kept = await haloflow.northwind.records('Actions', { ticket_id: 1001, note: text });
    expect(kept).toHaveLength(2);
    expect(kept.find(({ id }) => id === own)).toMatchObject({ who_agentid: 2 });
  });

  test('leaves a record that says nothing of its maker unknown, with the candidates, and is not written over', async () => {
    const name = 'Kim Twice';
    await fail('Users', { kind: 'drop-after' });
    const { handle } = await haloflow.start('probe', [user(name)], MSP);
    await eventually(async () => ((await posts('Users')) > 0 ? true : undefined));
    await haloflow.northwind.add('Users', { name, client_id: 12 });
    const { failure } = (await handle.result()) as Answer;
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(failure?.message).toMatch(
      /users\.create was sent \(connection northwind-halo\).*2 equal records.*look in Halo/s,
    );
    const candidates = await ids('Users', { name });
    expect(candidates).toHaveLength(2);
    const [, named = ''] = /\(([\d, ]+)\); look in Halo/.exec(failure?.message ?? '') ?? [];
    expect(named.split(', ').toSorted()).toEqual(candidates.map(String).toSorted());
    expect(await openWrites()).toEqual([]);
  });

  test('that only resembles it leaves it unknown too', async () => {
    const name = 'Robin Alike';
    await fail('Users', { kind: 'drop-before' });
    const input = { name, client_id: 12, emailaddress: 'robin@example.test', title: 'CEO' };
    const { handle } = await haloflow.start('probe', [{ action: 'users.create', input }], MSP);
    await eventually(async () => ((await posts('Users')) > 0 ? true : undefined));
    await haloflow.northwind.add('Users', { ...input, title: 'CFO' });
    const { failure } = (await handle.result()) as Answer;
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(failure?.message).toContain('resembles it');
    expect(await ids('Users', { name })).toHaveLength(1);
  });

  test('made long before is another record', async () => {
    const name = 'Old Timer';
    await haloflow.northwind.add('Users', { name, client_id: 12, datecreated: '2020-01-01T00:00:00' });
    await fail('Users', { kind: 'drop-before' });
    const answer = await probe(haloflow, user(name));
    expect(await ids('Users', { name })).toEqual([expect.any(Number), idOf(answer)]);
  });
});

describe('equal writes of two runs at once', () => {
  const both = async (input: ProbeInput): Promise<Answer[]> => {
    const runs = await Promise.all([1, 2].map(() => haloflow.start('probe', [input], MSP)));
    return (await Promise.all(runs.map(({ handle }) => handle.result()))) as Answer[];
  };

  test.each<[string, readonly Fault[]]>([
    ['nothing goes wrong', []],
    ['both replies are lost', [{ kind: 'drop-after', times: 2 }]],
    ['both are lost before', [{ kind: 'drop-before', times: 2 }]],
    ['one is lost after and one before', [{ kind: 'drop-after' }, { kind: 'drop-before' }]],
  ])('make a ticket each when %s', async (what, faults) => {
    const summary = `Twins when ${what}`;
    for (const fault of faults) await fail('Tickets', fault);
    const answers = await both(ticket(summary));
    expect(new Set(answers.map(idOf))).toEqual(new Set(await ids('Tickets', { summary })));
    expect(await ids('Tickets', { summary })).toHaveLength(2);
  });

  test.each<[string, readonly Fault[]]>([
    ['both replies are lost', [{ kind: 'drop-after', times: 2 }]],
    ['one is lost after and one before', [{ kind: 'drop-after' }, { kind: 'drop-before' }]],
    ['one reply is late', [{ kind: 'delay', delayMs: 1000 }, { kind: 'drop-before' }]],
  ])('never make a third note, nor take one for two, when %s', async (what, faults) => {
    const text = `Twins when ${what}`;
    for (const fault of faults) await fail('Actions', fault);
    const answers = await both(note(text));
    const kept = await ids('Actions', { ticket_id: 1001, note: text });
    const known = answers.filter(({ failure }) => !failure).map(idOf);
    expect(new Set(known).size).toBe(known.length);
    expect(kept).toEqual(expect.arrayContaining(known));
    const unknown = answers.filter(({ failure }) => failure?.type === 'HaloOutcomeUnknownError');
    expect(known.length + unknown.length).toBe(2);
    expect(kept.length).toBeLessThanOrEqual(2);
    expect(await openWrites()).toEqual([]);
  });
});

describe('an array', () => {
  const many = (mark: string, length = 4): ProbeInput => ({
    action: 'actions.create',
    input: Array.from({ length }, (_, index) => ({ ...(note(`${mark} ${index}`).input as object) })),
    options: { fields: ['id', 'note'] },
  });

  test('goes on with the elements that are not done', async () => {
    const { northwind } = haloflow;
    await northwind.fault({ kind: 'drop-after', skip: 1, match: { method: 'POST', path: '/api/Actions' } });
    await northwind.fault({ kind: 'drop-before', skip: 1, match: { method: 'POST', path: '/api/Actions' } });
    const { output } = await probe(haloflow, many('Step'));
    expect((output as { note: string }[]).map(({ note: text }) => text)).toEqual([
      'Step 0',
      'Step 1',
      'Step 2',
      'Step 3',
    ]);
    for (const index of [0, 1, 2, 3]) {
      const kept = await ids('Actions', { ticket_id: 1001, note: `Step ${index}` });
      expect(kept).toEqual([(output as { id: number }[])[index]?.id]);
    }
  });

  test('that has an element which Halo refuses says which, and what was done before', async () => {
    await haloflow.northwind.fault({
      kind: 'status',
      status: 400,
      body: '"No"',
      skip: 2,
      match: { method: 'POST', path: '/api/Actions' },
    });
    const { failure } = await probe(haloflow, many('Refused'));
    expect(failure?.type).toBe('HaloValidationError');
    expect(failure?.message).toMatch(/^element 3 of 4 \(2 done before\): POST \/Actions answered 400/);
    expect(await openWrites()).toEqual([]);
  });
});

describe('a change', () => {
  test('without time, file or new rows is simply sent again', async () => {
    await fail('Tickets', { kind: 'drop-before' });
    const { output, calls } = await probe(haloflow, {
      action: 'tickets.update',
      input: { id: 1001, summary: 'Renamed' },
      options: { fields: ['id', 'summary'] },
    });
    expect(output).toEqual({ id: 1001, summary: 'Renamed' });
    expect(calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
  });

  test('with time is not: when its record shows it, it is done', async () => {
    const [{ id } = {}] = await haloflow.northwind.records('Actions', { ticket_id: 1001 });
    await fail('Actions', { kind: 'drop-after' });
    const input = { id: id as number, ticket_id: 1001, timetaken: 1.75 };
    const { output } = await probe(haloflow, { action: 'actions.update', input });
    expect(output).toMatchObject(input);
    expect(await posts('Actions')).toBe(1);
  });

  test('with time whose record does not show it, though it has changed since, is unknown', async () => {
    const [{ id } = {}] = await haloflow.northwind.records('Actions', { ticket_id: 1002 });
    await haloflow.northwind.add('Actions', { id, ticket_id: 1002, important: true });
    await fail('Actions', { kind: 'drop-before' });
    const { failure } = await probe(haloflow, {
      action: 'actions.update',
      input: { id: id as number, ticket_id: 1002, timetaken: 3.5 },
    });
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(await posts('Actions')).toBe(1);
    expect(await openWrites()).toEqual([]);
  });

  test('with new rows is done when its record shows them', async () => {
    const made = await probe(haloflow, {
      action: 'quotes.create',
      input: { client_id: 12, title: 'Routers' },
    });
    await fail('Quotation', { kind: 'drop-after' });
    const input = {
      id: idOf(made) as number,
      lines: [{ item_shortdescription: 'Router', qty_order: 1, unit_price: 100 }],
    };
    const { output } = await probe(haloflow, { action: 'quotes.update', input });
    expect(output).toMatchObject(input);
    expect(await posts('Quotation')).toBe(2);
  });

  test('with new rows whose record has not changed since is sent again', async () => {
    await fail('Tickets', { kind: 'drop-before' });
    const customfields = [{ name: 'CFFloor', value: '3' }];
    const { output } = await probe(haloflow, {
      action: 'tickets.update',
      input: { id: 1003, customfields },
      options: { fields: ['id', 'customfields'] },
    });
    expect(output).toMatchObject({
      id: 1003,
      customfields: expect.arrayContaining([expect.objectContaining(customfields[0] as object)]) as unknown,
    });
    expect(await posts('Tickets')).toBe(2);
  });
});

describe('a delete', () => {
  test('whose reply was lost is done when the record is gone', async () => {
    const id = idOf(await probe(haloflow, ticket('To be deleted'))) as number;
    await fail(`Tickets/${id}`, { kind: 'drop-after' }, 'DELETE');
    const { output, calls } = await probe(haloflow, { action: 'tickets.delete', input: { id } });
    expect(output).toEqual({ id });
    expect(calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
    expect(await ids('Tickets', { summary: 'To be deleted' })).toEqual([]);
  });

  test('that did not arrive is sent again', async () => {
    const id = idOf(await probe(haloflow, ticket('To be deleted later'))) as number;
    await fail(`Tickets/${id}`, { kind: 'status', status: 500 }, 'DELETE');
    const { output } = await probe(haloflow, {
      action: 'tickets.delete',
      input: { id },
      options: { fields: ['summary'] },
    });
    expect(output).toEqual({ summary: 'To be deleted later' });
  });

  test('of a record that was not there is an error', async () => {
    const { failure } = await probe(haloflow, { action: 'tickets.delete', input: { id: 999_999 } });
    expect(failure?.type).toBe('HaloNotFoundError');
  });
});

describe('an action that cannot be settled', () => {
  test.each<[string, ProbeInput, string]>([
    [
      'contracts.create',
      { action: 'contracts.create', input: { client_id: 12, ref: 'C' } },
      'ClientContract',
    ],
    [
      'halo.request',
      { action: 'halo.request', input: { method: 'POST', path: '/Tickets', body: { summary: 'Generic' } } },
      'Tickets',
    ],
  ])('%s ends in HaloOutcomeUnknownError, and is not sent again', async (action, input, path) => {
    await fail(path, { kind: 'drop-after' });
    const { failure, calls } = await probe(haloflow, input);
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(failure?.message).toMatch(/POST .* may or may not have happened \(connection northwind-halo\)/);
    expect(calls).toMatchObject([{ action, status: 'failed', attempts: 1 }]);
    expect(await posts(path)).toBe(1);
    expect(await openWrites()).toEqual([]);
  });
});

test('attempts: 1 is kept to, and a lost reply is settled all the same', async () => {
  const once = { attempts: 1 };
  await fail('Tickets', { kind: 'drop-after' });
  const done = await probe(haloflow, { ...ticket('One try, done'), options: once });
  expect(idOf(done)).toEqual((await ids('Tickets', { summary: 'One try, done' }))[0]);
  await fail('Tickets', { kind: 'drop-before' });
  const { failure } = await probe(haloflow, { ...ticket('One try, lost'), options: once });
  expect(failure?.type).toBe('HaloConnectionError');
  expect(failure?.message).toMatch(/not carried out/);
  expect(await ids('Tickets', { summary: 'One try, lost' })).toEqual([]);
});

test('while Halo cannot be asked, the look is put off and costs no try', async () => {
  await fail('Tickets', { kind: 'drop-after' });
  await fail('Tickets', { kind: 'status', status: 500, times: 3 }, 'GET');
  const { output, calls } = await probe(haloflow, { ...ticket('Patience'), options: { attempts: 1 } });
  expect(idOf({ output })).toEqual((await ids('Tickets', { summary: 'Patience' }))[0]);
  expect(calls).toMatchObject([{ status: 'ok', attempts: 1 }]);
});

test('many tickets at once are created one after the other', async () => {
  const latencyMs = 30;
  await haloflow.northwind.settings({ latencyMs });
  const runs = await Promise.all(
    Array.from({ length: 30 }, (_, index) => haloflow.start('probe', [ticket(`Crowd ${index}`)], MSP)),
  );
  const answers = (await Promise.all(runs.map(({ handle }) => handle.result()))) as Answer[];
  await haloflow.northwind.settings({ latencyMs: 0 });
  expect(new Set(answers.map(idOf)).size).toBe(30);
  const creates = (await apiRequests(haloflow.northwind)).filter(
    ({ method, path }) => method === 'POST' && path === '/api/Tickets',
  );
  expect(creates).toHaveLength(30);
  // Halo is at each of them for so long, so that the next one may not arrive before. The log has whole milliseconds.
  const gaps = creates.slice(1).map(({ time }, index) => time - (creates[index]?.time ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(latencyMs - 1);
  expect((await haloflow.store.pool.query('select 1 from create_leases')).rows).toEqual([]);
});

describe('a business key', () => {
  const keyed = (once: string, summary: string): ProbeInput => ({
    ...ticket(summary),
    options: { once, fields: ['id', 'summary'] },
  });

  test('creates once across runs, one after the other and at the same time', async () => {
    const runs = await Promise.all(
      [1, 2, 3, 4].map(() => haloflow.start('probe', [keyed('alert-1', 'Alert')], MSP)),
    );
    const answers = (await Promise.all(runs.map(({ handle }) => handle.result()))) as Answer[];
    const later = await probe(haloflow, {
      ...keyed('alert-1', 'Alert'),
      options: { once: 'alert-1', fields: ['client_id'] },
    });
    const kept = await ids('Tickets', { summary: 'Alert' });
    expect(kept).toHaveLength(1);
    expect(answers.map(idOf)).toEqual([1, 2, 3, 4].map(() => kept[0]));
    expect(later.output).toEqual({ client_id: 12 });
    expect(await posts('Tickets')).toBe(1);
  });

  test('of another record is refused, and says which call has it', async () => {
    await probe(haloflow, keyed('alert-2', 'First'));
    const { failure } = await probe(haloflow, keyed('alert-2', 'Second'));
    expect(failure?.type).toBe('SchemaError');
    expect(failure?.message).toMatch(/once: "alert-2".*tickets\.create/);
    expect(await ids('Tickets', { summary: 'Second' })).toEqual([]);
  });

  test('is free again when its call was refused', async () => {
    await fail('Tickets', { kind: 'status', status: 400, body: '"Not today"' });
    expect((await probe(haloflow, keyed('alert-3', 'Third'))).failure?.type).toBe('HaloValidationError');
    expect((await probe(haloflow, keyed('alert-3', 'Third'))).output).toMatchObject({ summary: 'Third' });
  });

  test('with lost replies creates once all the same', async () => {
    await fail('Tickets', { kind: 'drop-after' });
    const runs = await Promise.all(
      [1, 2].map(() => haloflow.start('probe', [keyed('alert-4', 'Fourth')], MSP)),
    );
    const answers = (await Promise.all(runs.map(({ handle }) => handle.result()))) as Answer[];
    const kept = await ids('Tickets', { summary: 'Fourth' });
    expect(kept).toHaveLength(1);
    expect(answers.map(idOf)).toEqual([kept[0], kept[0]]);
  });

  test('stands for each record of an array by its position', async () => {
    const input = {
      action: 'tickets.create',
      input: ['A', 'B'].map((summary) => ({ summary: `Keyed ${summary}` })),
    };
    const options = { once: 'alert-5', fields: ['id'] };
    const first = await probe(haloflow, { ...input, options });
    const second = await probe(haloflow, { ...input, options });
    expect(second.output).toEqual(first.output);
    expect(first.output).toHaveLength(2);
    expect(await posts('Tickets')).toBe(2);
  });

  test('is for creates', async () => {
    for (const probed of [
      { action: 'tickets.update', input: { id: 1001, summary: 'x' } },
      { action: 'tickets.upsert', input: { id: 1001, summary: 'x' } },
      { action: 'tickets.list' },
    ]) {
      const { failure } = await probe(haloflow, { ...probed, options: { once: 'alert-6' } });
      expect(failure?.type).toBe('SchemaError');
      expect(failure?.message).toMatch(/once is for/);
    }
  });
});
