/** Variables and secrets in workflows: what they read, and where a secret may be seen (nowhere but in Halo). */
import { LOCAL } from '../../access/principal.ts';
import { setVariable } from '../../organizations/variables.ts';
import type { SetVariable } from '../../organizations/variables.ts';
import { startProgram } from '../support/programs.ts';
import type { Program } from '../support/programs.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { historyText, plentyOfRequests } from './helpers.ts';

const MSP = { organization: 'northwind' };
const ACME = { organization: 'acme' };
const MARKER = 'planted-"secret"/é-5b1f';
const ACME_MARKER = 'acme-marker-77c0';

let haloflow: TestHaloflow;
let worker: Program;
beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  // A process of its own, which logs all that it can.
  worker = startProgram(new URL('./programs/worker.ts', import.meta.url).pathname, {
    args: [
      haloflow.databaseUrl,
      haloflow.queues.runs.replace(/-runs$/, ''),
      haloflow.workflowBundle.codePath,
    ],
    env: { HALOFLOW_LOG_LEVEL: 'trace' },
  });
  expect(await worker.reply()).toBe('ready');
  await plentyOfRequests(haloflow);
  await set({ organization: 'northwind', name: 'urgentPriority', value: 1 });
  await set({ organization: 'northwind', name: 'limits', value: { seats: [1, 2] } });
  await set({ organization: 'acme', name: 'urgentPriority', value: 2 });
  await set({ organization: 'northwind', name: 'apiKey', type: 'secret', value: MARKER });
});
afterAll(async () => {
  await worker.kill();
  await haloflow.close();
});

const set = (variable: SetVariable): Promise<unknown> => setVariable(haloflow.store, LOCAL, variable);

test('a run reads what is in force for its organization, at MSP and at client level', async () => {
  const names = ['urgentPriority', 'limits'];
  expect(await haloflow.run('probeVariables', [names], MSP)).toEqual([1, { seats: [1, 2] }]);
  expect(await haloflow.run('probeVariables', [names], ACME)).toEqual([2, { seats: [1, 2] }]);
  expect(await haloflow.run('probeVariables', [names], { organization: 'acme', owner: 'acme' })).toEqual([
    2,
    { seats: [1, 2] },
  ]);
});

test("a trigger's variables, as they were at the start of the run, go before the organization's", async () => {
  const input = { event: {}, variables: { urgentPriority: 7 }, organization: { slug: 'northwind' } };
  const own = await haloflow.start('probeTriggered', [input], { ...MSP, trigger: 'some-trigger' });
  expect(await own.handle.result()).toBe(7);
  const byHand = await haloflow.start('probeTriggered', [input], MSP);
  expect(await byHand.handle.result()).toBe(1);
});

test('a name that there is not is refused with the nearest, and a secret with what to use', async () => {
  const [misspelt, unlike, secret] = (await haloflow.run(
    'probeVariables',
    [['urgentPriorty', 'zzz', 'apiKey']],
    ACME,
  )) as { type: string; message: string }[];
  expect(misspelt).toMatchObject({ type: 'ConfigurationError' });
  expect(misspelt?.message).toMatch(/"urgentPriorty" for acme\. Did you mean "urgentPriority"\?/);
  expect(unlike?.message).toContain('There are apiKey, limits, urgentPriority');
  expect(secret).toMatchObject({ type: 'ConfigurationError' });
  expect(secret?.message).toContain("variables.secret('apiKey')");
});

test('a secret reaches Halo at every depth, and nothing else: no history, row, log or error has it', async () => {
  const { store, northwind } = haloflow;
  const runs = [
    await haloflow.start('probeSecretTicket', ['apiKey'], MSP),
    await haloflow.start('probeSecretTicket', ['apiKey'], {
      ...ACME,
      overrides: { halo: { use: 'mapping' } },
    }),
    await haloflow.start('probeSecretRead', ['apiKey'], MSP),
  ];
  const [ticket, asAcme, reads] = await Promise.all(runs.map(({ handle }) => handle.result()));
  expect(ticket).toMatchObject({ summary: '***', reportedby: '***' });
  expect(asAcme).toMatchObject({ summary: '***' });
  const { id } = ticket as { id: number };
  const [stored] = await northwind.records('Tickets', { id });
  expect(stored).toMatchObject({ summary: MARKER, reportedby: MARKER, details: 'plain' });
  expect(stored?.['customfields']).toContainEqual(expect.objectContaining({ name: 'CFkey', value: MARKER }));
  expect(reads).toMatchObject([null, { type: 'HaloNotFoundError' }, { type: 'SchemaError' }]);
  await northwind.fault({
    kind: 'status',
    match: { method: 'POST', path: '/Tickets' },
    status: 400,
    body: { summary: [`"${MARKER}" is not allowed`], other: encodeURIComponent(MARKER) },
  });
  const refused = await haloflow.start('probeSecretTicket', ['apiKey'], MSP);
  const failure = (await refused.handle.result()) as { type: string; message: string };
  expect(failure.type).toBe('HaloValidationError');
  expect(failure.message).toContain('***');
  const histories = await Promise.all([...runs, refused].map(({ handle }) => historyText(handle)));
  const { rows } = await store.pool.query<{ all: string }>(
    `select json_build_array((select json_agg(r) from runs r), (select json_agg(c) from calls c),
      (select json_agg(w) from writes w), (select json_agg(v) from variables v),
      (select json_agg(a) from audit_log a))::text as all`,
  );
  const logs = worker.complaints();
  expect(logs).toContain('Activity failed');
  const texts = [...histories, ...histories.map(payloads), ...rows.map(({ all }) => all), logs].join('\n');
  expect(texts).toContain('{"$secret":"apiKey"}');
  for (const form of [MARKER, JSON.stringify(MARKER).slice(1, -1), encodeURIComponent(MARKER), '-5b1f']) {
    expect([form, texts.includes(form)]).toEqual([form, false]);
  }
});

test('a lost reply is settled by what was sent, and the business key goes by the marker', async () => {
  const { northwind } = haloflow;
  await northwind.fault({ kind: 'drop-after', match: { method: 'POST', path: '/Tickets' } });
  const first = await haloflow.run('probeSecretTicket', ['apiKey', { once: 'alert-1' }], MSP);
  expect(first).toMatchObject({ summary: '***' });
  const changed = `${MARKER}-2`;
  await set({ organization: 'northwind', name: 'apiKey', type: 'secret', value: changed });
  const second = await haloflow.run('probeSecretTicket', ['apiKey', { once: 'alert-1' }], MSP);
  await set({ organization: 'northwind', name: 'apiKey', type: 'secret', value: MARKER });
  expect((second as { id: number }).id).toBe((first as { id: number }).id);
  const { rows } = await haloflow.store.pool.query<{ marks: string[]; result: unknown }>(
    `select marks, result from writes where once = 'alert-1'`,
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('summary=');
});

test('halo.as() takes the secret of the organization that the call is made for', async () => {
  await set({ organization: 'globex', name: 'apiKey', type: 'secret', value: ACME_MARKER });
  const ticket = await haloflow.run('probeSecretTicket', ['apiKey', { as: 'globex' }], MSP);
  const [stored] = await haloflow.globex.records('Tickets', { id: (ticket as { id: number }).id });
  expect(stored).toMatchObject({ summary: ACME_MARKER });
});

test('a secret that there is not, and one that is none, are refused before Halo is asked', async () => {
  const missing = await haloflow.run('probeSecretTicket', ['apikey2'], MSP);
  expect(missing).toMatchObject({ type: 'ConfigurationError' });
  expect((missing as { message: string }).message).toContain('Did you mean "apiKey"?');
  const open = await haloflow.run('probeSecretTicket', ['urgentPriority'], MSP);
  expect((open as { message: string }).message).toContain("variables.get('urgentPriority')");
});

test('data from outside cannot have a secret sent, and a secret is no part of a text', async () => {
  const [text, forged] = (await haloflow.run('probeForged', ['apiKey', { $secret: 'apiKey' }], MSP)) as {
    type: string;
    message: string;
  }[];
  expect(text).toMatchObject({ type: 'SchemaError' });
  expect(text?.message).toContain('cannot be a part of a text');
  expect(forged).toMatchObject({ type: 'SchemaError' });
  expect(forged?.message).toContain('variables.secret()');
});

const payloads = (history: string): string =>
  [...history.matchAll(/"data": ?"([^"]*)"/g)]
    .map(([, data = '']) => Buffer.from(data, 'base64').toString())
    .join('\n');
