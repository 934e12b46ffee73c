/** The section `triggers`, from the file to the table. */
import { sql } from 'drizzle-orm';
import { applyDemo, applyFile, isEmptyOrDemo, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { ConfigurationError } from '../../errors.ts';
import { CONFIGURATION_CHANNEL } from '../../organizations/configuration.ts';
import { parseSealingKey, unseal } from '../../store/seal.ts';
import { readTriggers, setEnabled } from '../../triggers/registry.ts';
import { emptied } from './emptied.ts';
import { env, example, fileOf, problemsOf, trigger, withTriggers } from './files.ts';

const database = emptied();
const { version, onlyTrigger } = database;
type More = Parameters<typeof database.apply>[1];
const apply = (yaml: string, more?: More): Promise<string[]> => database.apply(withTriggers(yaml), more);
const plan = (yaml: string, more?: More): Promise<string[]> => database.plan(withTriggers(yaml), more);
const refusals = (yaml: string, more?: More): Promise<string[]> =>
  database.refusals(withTriggers(yaml), more);

const triage = `  triage-new-tickets:
    organization: northwind
    type: new-ticket-record
    connection: northwind-halo
    workflow: triageNewTicket
    runAs: client
    runFor: { owner: true, organizations: [acme], tags: [gold], allClients: false }
    overrides: { halo: { use: mapping, fallback: fail } }
    criteria: { all: [ { field: ticket.tickettype_id, in: [1, 4] }, { not: { field: ticket.summary, matches: "^Auto:" } } ] }
    parameters: { everySeconds: 60, deliver: each, webhook: false, includeOwn: false }
    variables: { urgentPriority: 1 }
    enabled: true
`;

describe('applying triggers', () => {
  test('writes what the file names and says so', async () => {
    const said = await apply(triage);
    expect(said).toContain(
      '+ trigger triage-new-tickets (new-ticket-record of northwind, runs triageNewTicket)',
    );
    expect(await onlyTrigger()).toMatchObject({
      id: 'triage-new-tickets',
      organization: 'northwind',
      type: 'new-ticket-record',
      connection: 'northwind-halo',
      workflow: 'triageNewTicket',
      runAs: 'client',
      runFor: { owner: true, organizations: ['acme'], tags: ['gold'], allClients: false },
      overrides: { halo: { use: 'mapping', fallback: 'fail' } },
      criteria: {
        all: [
          { field: 'ticket.tickettype_id', in: [1, 4] },
          { not: { field: 'ticket.summary', matches: '^Auto:' } },
        ],
      },
      parameters: {
        everySeconds: 60,
        deliver: 'each',
        webhook: false,
        includeOwn: false,
        projects: false,
        opportunities: false,
      },
      variables: { urgentPriority: 1 },
      enabled: true,
      sealedSecret: null,
      origin: 'file',
    });
  });

  test('what the file leaves out gets its default', async () => {
    await apply('  t: { organization: northwind, type: new-ticket-record, workflow: triageNewTicket }\n');
    expect(await onlyTrigger()).toMatchObject({
      connection: null,
      runAs: 'client',
      runFor: { owner: true, organizations: [], tags: [], allClients: false },
      overrides: {},
      criteria: null,
      parameters: { everySeconds: 60, deliver: 'each', webhook: false, includeOwn: false },
      variables: {},
      enabled: true,
    });
  });

  test('numbers that keep their spelling change nothing the second time', async () => {
    const numbers = trigger('variables: { a: -0, b: 0, c: 1e+21, d: 1.5, e: 31 }');
    await apply(numbers);
    expect(await apply(numbers)).toEqual(['No changes.']);
  });

  test('a second time changes nothing, not even the version', async () => {
    await apply(triage);
    const before = await onlyTrigger();
    expect(await apply(triage)).toEqual(['No changes.']);
    expect(await onlyTrigger()).toEqual(before);
    expect(await version()).toBe(1);
  });

  test('shows what changes, key by key', async () => {
    await apply(triage);
    const changed = triage
      .replace('everySeconds: 60', 'everySeconds: 30')
      .replace('allClients: false', 'allClients: true')
      .replace('{ urgentPriority: 1 }', '{ urgentPriority: 2 }')
      .replace('in: [1, 4]', 'in: [1]')
      .replace('connection: northwind-halo', 'connection: ');
    const said = [
      '~ trigger triage-new-tickets: connection northwind-halo -> none, runFor.allClients false -> true, ' +
        'criteria {"all":[{"field":"ticket.tickettype_id","in":[1,4]},{"not":{"field":"ticket.summary","matches":"^Auto:"}}]} -> ' +
        '{"all":[{"field":"ticket.tickettype_id","in":[1]},{"not":{"field":"ticket.summary","matches":"^Auto:"}}]}, ' +
        'parameters.everySeconds 60 -> 30, variables {"urgentPriority":1} -> {"urgentPriority":2}',
      '0 to add, 1 to change, 0 to delete.',
    ];
    expect(await plan(changed)).toEqual(said);
    expect(await version()).toBe(1);
    expect(await apply(changed)).toEqual(said);
    expect(await version()).toBe(2);
    expect(await plan(changed)).toEqual(['No changes.']);
  });

  test('one that is no longer named is deleted, one made by hand stays until the file names it', async () => {
    await apply(triage + trigger(''));
    await database.store.db.execute(sql`update triggers set origin = 'manual' where id = 't'`);
    expect(await apply('')).toEqual([
      '- trigger triage-new-tickets (new-ticket-record of northwind, runs triageNewTicket)',
      '0 to add, 0 to change, 1 to delete.',
    ]);
    expect(await onlyTrigger()).toMatchObject({ id: 't', origin: 'manual' });
    expect(await apply(trigger(''))).toEqual(['~ trigger t adopted', '0 to add, 1 to change, 0 to delete.']);
    expect(await onlyTrigger()).toMatchObject({ origin: 'file' });
  });

  test('the demo has triggers too, which go with the first file', async () => {
    await applyDemo(database.store, fileOf(withTriggers(trigger(''))));
    expect(await onlyTrigger()).toMatchObject({ origin: 'demo' });
    expect(await isEmptyOrDemo(database.store.db)).toBe(true);
    expect(await apply('')).toContain('- trigger t (always-pass of northwind, runs listAgents)');
    await apply(trigger(''));
    expect(await isEmptyOrDemo(database.store.db)).toBe(false);
  });

  test('values from the environment are put in and never shown', async () => {
    const yaml = trigger('variables: { level: "${LEVEL}" }, parameters: { everySeconds: ${EVERY} }', {
      type: 'new-ticket-record',
    });
    await apply(yaml, { env: { ...env, LEVEL: 'first-level', EVERY: '77' } });
    expect(await onlyTrigger()).toMatchObject({
      variables: { level: 'first-level' },
      parameters: { everySeconds: 77 },
    });
    const said = await apply(yaml, { env: { ...env, LEVEL: 'second-level', EVERY: '88' } });
    expect(said[0]).toBe('~ trigger t: parameters.everySeconds (changed), variables (changed)');
  });

  test('values from the environment are not in a refusal either', async () => {
    const lines = await refusals(
      trigger(
        'criteria: { field: "${FIELD}", greater: x }, overrides: { halo: { use: name, name: "${NAME}" } }, ' +
          'parameters: { everySeconds: ${EVERY} }',
        { type: 'new-ticket-record', workflow: '"${FLOW}"' },
      ) +
        trigger('parameters: { expression: "${WHEN}" }', { id: 'u', type: 'cron' }).replace(
          'northwind',
          '"${OWNER}"',
        ),
      {
        env: {
          ...env,
          FIELD: 'ticket.hidden-field',
          NAME: 'hidden-name',
          EVERY: '1',
          FLOW: 'hidden-flow',
          WHEN: 'hidden-when',
          OWNER: 'hidden-owner',
        },
      },
    );
    expect(lines.filter((line) => line.includes('hidden'))).toEqual([]);
    expect(lines.map((line) => line.split(': ').at(1))).toEqual([
      'triggers.t.workflow',
      'triggers.t.criteria.field',
      'triggers.t.overrides.halo.name',
      'triggers.t.parameters.everySeconds',
      'triggers.u.organization',
      'triggers.u.parameters.expression',
    ]);
  });

  test('variables keep the shape they have', async () => {
    await apply(`  t:
    organization: northwind
    type: always-pass
    workflow: listAgents
    variables:
      text: |
        two
        lines
      empty: ""
      none: null
      list: [1, 2.5, true, { deep: [x] }]
      __proto__: 7
`);
    const { variables } = await onlyTrigger();
    expect(JSON.parse(JSON.stringify(variables))).toEqual(
      JSON.parse(
        '{"text":"two\\nlines\\n","empty":"","none":null,"list":[1,2.5,true,{"deep":["x"]}],"__proto__":7}',
      ),
    );
    expect(
      await apply(`  t:
    organization: northwind
    type: always-pass
    workflow: listAgents
    variables: { __proto__: 7, list: [1, 2.5, true, { deep: [x] }], none: , empty: "", text: "two\\nlines\\n" }
`),
    ).toEqual(['No changes.']);
  });

  test('triggers move with what they hang on, in one apply', async () => {
    const before = `organizations:
  old: { name: Old }
connections:
  halo: { organization: old, resourceServer: h, clientId: c, clientSecret: '\${GLOBEX_CLIENT_SECRET}' }
triggers:
  t: { organization: old, type: new-ticket-record, connection: halo, workflow: listAgents }
`;
    await applyFile(database.store, fileOf(before));
    await applyFile(database.store, fileOf(before.replaceAll('old', 'new').replaceAll('halo', 'other')));
    expect(await onlyTrigger()).toMatchObject({ organization: 'new', connection: 'other' });
    await applyFile(database.store, fileOf('organizations: {}\n'));
    expect(await readTriggers(database.store)).toEqual([]);
  });

  test('running processes are told at the commit, and not by a plan or an apply without changes', async () => {
    const told: string[] = [];
    const client = await database.store.pool.connect();
    client.on('notification', ({ channel }) => told.push(channel));
    await client.query(`listen ${CONFIGURATION_CHANNEL}`);
    const heard = async () => {
      await client.query('select 1');
      return told.splice(0);
    };
    await plan(triage);
    expect(await heard()).toEqual([]);
    await apply(triage);
    expect(await heard()).toEqual([CONFIGURATION_CHANNEL]);
    await apply(triage);
    expect(await heard()).toEqual([]);
    await setEnabled(database.store, 'triage-new-tickets', false);
    expect(await heard()).toEqual([CONFIGURATION_CHANNEL]);
    client.release(true);
  });

  test('the workflows are not looked for where no trigger names one', async () => {
    const workflowNames = () => Promise.reject(new Error('nobody asked'));
    await applyFile(database.store, fileOf(example, { workflowNames }));
    expect(await version()).toBe(1);
  });
});

describe('the time from which a trigger counts', () => {
  test('is when it was made or switched on, by the file or by hand', async () => {
    const began = Date.now();
    await apply(triage);
    const made = (await onlyTrigger()).enabledAt;
    expect(made.getTime()).toBeGreaterThanOrEqual(began);
    expect(made.getTime()).toBeLessThanOrEqual(Date.now());

    await apply(triage.replace('everySeconds: 60', 'everySeconds: 30'));
    expect((await onlyTrigger()).enabledAt).toEqual(made);

    await apply(triage.replace('enabled: true', 'enabled: false'));
    expect(await onlyTrigger()).toMatchObject({ enabled: false, enabledAt: made });

    await apply(triage);
    const again = (await onlyTrigger()).enabledAt;
    expect(again.getTime()).toBeGreaterThan(made.getTime());

    expect(await setEnabled(database.store, 'triage-new-tickets', true)).toBe(false);
    expect((await onlyTrigger()).enabledAt).toEqual(again);
    expect(await setEnabled(database.store, 'triage-new-tickets', false)).toBe(true);
    expect(await onlyTrigger()).toMatchObject({ enabled: false, enabledAt: again });
    const before = await version();
    expect(await setEnabled(database.store, 'triage-new-tickets', true)).toBe(true);
    expect(await version()).toBe(before + 1);
    expect((await onlyTrigger()).enabledAt.getTime()).toBeGreaterThan(again.getTime());
  });

  test('a trigger that is not there is named, with the one that was meant', async () => {
    await apply(triage);
    const refused = setEnabled(database.store, 'triage-new-ticket', false);
    await expect(refused).rejects.toThrow(ConfigurationError);
    await expect(refused).rejects.toThrow(
      'there is no trigger "triage-new-ticket". Did you mean "triage-new-tickets"?',
    );
  });
});

describe('the secret of a URL', () => {
  const yaml = trigger('', { type: 'webhook' });

  test('is made once, sealed, and kept over later applies', async () => {
    await apply(yaml + trigger('', { id: 'other', type: 'webhook' }));
    const [other, t] = await readTriggers(database.store);
    const secret = await unseal(database.store.key, t?.sealedSecret ?? '');
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(await unseal(database.store.key, other?.sealedSecret ?? '')).not.toBe(secret);

    await apply(trigger('parameters: { wait: true }', { type: 'webhook' }));
    expect((await onlyTrigger()).sealedSecret).toBe(t?.sealedSecret);
  });

  test('is in no plan', async () => {
    const { items } = await applyFile(database.store, fileOf(withTriggers(yaml)));
    const secret = await unseal(database.store.key, (await onlyTrigger()).sealedSecret ?? '');
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(JSON.stringify(items)).not.toContain('sealed');
  });

  test('that was sealed with a key that is gone is made anew, which is a change', async () => {
    await apply(yaml);
    const before = await onlyTrigger();
    const other = {
      ...database.store,
      key: parseSealingKey(Buffer.alloc(32, 7).toString('base64url'), 'test'),
    };
    const said = renderPlan(await applyFile(other, fileOf(withTriggers(yaml)))).split('\n');
    expect(said).toContain('~ trigger t: secret (changed)');
    const after = await onlyTrigger();
    expect(await unseal(other.key, after.sealedSecret ?? '')).toMatch(/^[\w-]{32}$/);
    expect(after.enabledAt).toEqual(before.enabledAt);
    expect(renderPlan(await planFile(other, fileOf(withTriggers(yaml))))).toBe('No changes.');
  });

  test('is another one for another type, and none for a type without a URL', async () => {
    await apply(yaml);
    const { enabledAt, sealedSecret } = await onlyTrigger();
    const secret = await unseal(database.store.key, sealedSecret ?? '');
    expect((await apply(trigger('')))[0]).toMatch(/^~ trigger t: type webhook -> always-pass/);
    const byHand = await onlyTrigger();
    expect(byHand).toMatchObject({ parameters: {} });
    expect(byHand.enabledAt.getTime()).toBeGreaterThan(enabledAt.getTime());
    const other = await unseal(database.store.key, byHand.sealedSecret ?? '');
    expect(other).toMatch(/^[\w-]{32}$/);
    expect(other).not.toBe(secret);

    await apply(trigger('parameters: { everySeconds: 60 }', { type: 'cron' }));
    expect(await onlyTrigger()).toMatchObject({ type: 'cron', sealedSecret: null });
  });

  test('is made at the next apply for an always-pass trigger that has none yet', async () => {
    await apply(trigger(''));
    await database.store.pool.query('update triggers set sealed_secret = null');
    expect(await apply(trigger(''))).toContain('~ trigger t: secret (changed)');
    expect(await unseal(database.store.key, (await onlyTrigger()).sealedSecret ?? '')).toMatch(/^[\w-]{32}$/);
    expect(await apply(trigger(''))).toEqual(['No changes.']);
  });
});

test('what a trigger made by hand hangs on is not deleted', async () => {
  await apply(
    trigger(
      'connection: northwind-halo, runFor: { organizations: [acme] }, overrides: { halo: { use: connection, connection: globex-halo } }',
    ),
  );
  await database.store.db.execute(sql`update triggers set origin = 'manual'`);
  expect(await problemsOf(applyFile(database.store, fileOf('organizations: {}\n')))).toEqual([
    expect.stringMatching(
      /organization acme is not named here and would be deleted, but rows made by hand hang on it: trigger t\./,
    ),
    expect.stringContaining('organization northwind is not named'),
    expect.stringContaining('connection globex-halo is not named'),
    expect.stringContaining('connection northwind-halo is not named'),
  ]);
});
