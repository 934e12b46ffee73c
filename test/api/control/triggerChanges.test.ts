/** Triggers made, changed and deleted over the API. */
import { applyFile, planFile } from '../../../configuration/apply/apply.ts';
import { renderPlan } from '../../../configuration/apply/render.ts';
import { exportConfiguration } from '../../../configuration/export/export.ts';
import type { ConfigurationFile } from '../../../configuration/file/scope.ts';
import { readConfiguration } from '../../../organizations/configuration.ts';
import { seal } from '../../../store/seal.ts';
import { fileOf } from '../../configuration/files.ts';
import { triggerTypes } from '../../../triggers/catalogue/index.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

const files: Pick<ConfigurationFile, 'normaliseServer' | 'workflowNames'> = {
  normaliseServer: (text) => text,
  workflowNames: () => Promise.resolve(['listAgents', 'openTicketsReport', 'triageNewTicket']),
};

let plane: TestPlane;
let editor: string;
const halo: { readonly asked: string[] } = { asked: [] };

beforeAll(async () => {
  plane = await startPlane({
    files,
    halo: {
      call: ({ connection, action }) => {
        halo.asked.push(`${connection} ${action}`);
        return Promise.resolve([
          { id: 7, name: 'Incident' },
          { id: 8, name: 'Problem' },
        ]);
      },
    },
  });
  editor = await plane.token('msp', 'editor');
  const sealed = await seal(plane.store.key, 'x');
  await plane.store.pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
       values ('other', 'other', true, 'https://other.halopsa.com', 'x', $1, 'manual'),
              ('msp-halo', 'msp', true, 'https://msp.halopsa.com', 'x', $1, 'manual')`,
    [sealed],
  );
});
afterAll(() => plane.close());
afterEach(() => plane.store.pool.query('truncate triggers cascade; truncate audit_log'));

const watch = {
  id: 'watch',
  organization: 'msp',
  type: 'new-ticket-record',
  workflow: 'triageNewTicket',
  runFor: { allClients: true },
  criteria: { all: [{ field: 'ticket.summary', contains: '${NOT_A_VARIABLE}' }] },
  variables: { note: 'as $${it} is', nothing: null },
};
const create = (body: object): Promise<Answer> => plane.ask(editor, 'POST', '/triggers', body);
const change = (id: string, body: object): Promise<Answer> =>
  plane.ask(editor, 'PATCH', `/triggers/${id}`, body);
const rows = async (): Promise<Record<string, unknown>[]> =>
  (await plane.store.pool.query('select * from triggers order by id')).rows as Record<string, unknown>[];
const log = async (): Promise<unknown[]> =>
  (await plane.ask(await plane.token(null, 'admin'), 'GET', '/audit?action=triggers')).body[
    'entries'
  ] as unknown[];
const version = async (): Promise<number> => (await readConfiguration(plane.store)).version;

test('what a form needs to know is there: workflows, types, and which parameters each type takes', async () => {
  const { body } = await plane.ask(editor, 'GET', '/workflows');
  expect(body).toEqual({ workflows: await files.workflowNames() });
  const answer = await plane.ask(await plane.token('acme', 'viewer'), 'GET', '/trigger-types');
  const types = answer.body['types'] as { type: string; parameters: { properties: object } }[];
  expect(types.map(({ type }) => type).toSorted()).toEqual(Object.keys(triggerTypes).toSorted());
  const cron = types.find(({ type }) => type === 'cron');
  expect(cron?.parameters.properties).toMatchObject({
    expression: { default: null, description: expect.stringContaining('cron expression') },
    timeZone: { type: 'string', default: 'UTC' },
  });
});

test('a trigger is made as a file makes it, audited, and told to all; an export has it', async () => {
  const before = await version();
  const made = await create(watch);
  expect(made).toMatchObject({
    status: 201,
    body: { applied: true, trigger: { ...watch, runAs: 'client', enabled: true } },
  });
  expect(await rows()).toMatchObject([
    { id: 'watch', origin: 'manual', parameters: { everySeconds: 60 }, sealed_secret: null },
  ]);
  expect(await version()).toBe(before + 1);
  expect(await log()).toMatchObject([
    {
      action: 'triggers.create',
      object: 'trigger watch',
      organization: 'msp',
      before: null,
      after: { workflow: 'triageNewTicket', criteria: watch.criteria, enabled: true },
    },
  ]);
  const shown = await plane.ask(editor, 'GET', '/triggers/watch');
  expect(shown.body['trigger']).toEqual(made.body['trigger']);

  const { text, environment } = await exportConfiguration(plane.store);
  const file = fileOf(text, {
    env: Object.fromEntries(environment.map(({ name }) => [name, 'x'])),
    ...files,
  });
  const { items } = await applyFile(plane.store, file);
  expect(items.filter(({ kind }) => kind === 'trigger')).toMatchObject([
    { op: '~', changes: [{ field: 'origin' }] },
  ]);
  expect(renderPlan(await planFile(plane.store, file))).toBe('No changes.');
});

test.each([
  [{ criteria: { all: [{ field: 'ticket.nope', equals: 1 }] } }, 'criteria.all.0.field', 'no field'],
  [{ criteria: { all: [] } }, 'criteria.all', 'at least one'],
  [{ parameters: { everySecond: 60 } }, 'parameters', 'Did you mean "everySeconds"'],
  [{ parameters: { everySeconds: 1 } }, 'parameters.everySeconds', 'a whole number from'],
  [{ type: 'cron' }, 'parameters', 'everySeconds'],
  [{ type: 'cron', parameters: { expression: 'daily' } }, 'parameters.expression', 'daily'],
  [{ type: 'workflow-completed', parameters: {} }, 'parameters', '"workflows" is missing'],
  [
    { type: 'halo-event', parameters: { events: ['x', 'New Ticket'] } },
    'parameters.events.0',
    'there is no event',
  ],
  [{ overrides: { halo: { use: 'connection' } } }, 'overrides.halo', 'needs "connection"'],
  [{ overrides: { hallo: {} } }, 'overrides', 'Did you mean "halo"'],
  [{ workflow: ' ' }, 'workflow', 'must be one line'],
  [{ variables: { 'a.b: c': { halo: 'teamz', name: 'x' } } }, 'variables.a.b: c', 'Did you mean "teams"'],
  [{ variables: { id: 2 ** 60 } }, 'variables.id', 'send it as text'],
  [{ variables: { list: Array(20_000).fill(1) } }, '', 'more than 12000 values'],
  [{ variables: { text: '\u0000' } }, 'variables.text', 'U+0000'],
  [{ enabled: 'yes' }, 'enabled', 'must be boolean'],
  [{ trigger: 'x' }, 'trigger', 'there is no such field'],
])('what is no trigger is refused, and the field is named (%#)', async (fields, field, message) => {
  const { status, body } = await create({ ...watch, criteria: null, ...fields });
  expect([status, (body['code'] as string | undefined) ?? 'SchemaError']).toEqual([400, 'SchemaError']);
  expect(body['errors']).toContainEqual({
    field: field === '' ? 'body' : `body.${field}`,
    message: expect.stringContaining(message) as string,
  });
  expect(await rows()).toEqual([]);
  expect(await log()).toEqual([]);
});

test.each([50, 50_000])('what is nested %i deep is refused, and nothing breaks', async (depth) => {
  const { criteria: _criteria, ...rest } = watch;
  const text = JSON.stringify(rest).replace(/}$/, `,"criteria":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  const { status, body } = await plane.ask(editor, 'POST', '/triggers', text);
  expect([status, body['detail']]).toEqual([
    400,
    expect.stringMatching(/is nested (too|more than 200 levels) deep/),
  ]);
});

test('what does not fit what there is, is refused as well', async () => {
  const { status, body } = await create({
    ...watch,
    workflow: 'triageNewTickets',
    runFor: { organizations: ['acme', 'acne'] },
  });
  expect([status, body['code']]).toEqual([422, 'ConfigurationError']);
  expect(body['errors']).toEqual([
    {
      field: 'body.runFor.organizations.1',
      message: 'organization "acne" does not exist. Did you mean "acme"?',
    },
    { field: 'body.workflow', message: expect.stringContaining('Did you mean "triageNewTicket"?') as string },
  ]);
  expect(body['detail']).toContain('body.workflow: workflow "triageNewTickets" does not exist');
});

test.each([
  (name: string) => ({ organization: name }),
  (name: string) => ({ connection: name }),
  (name: string) => ({ overrides: { halo: { use: 'connection', connection: name } } }),
  (name: string) => ({ runFor: { organizations: [name] } }),
  (name: string) => ({
    connection: name,
    criteria: { field: 'ticket.tickettype_id', equals: { name: 'Incident' } },
  }),
])('what is of another tenant is like what is not there, in a trigger, too (%#)', async (fieldsFor) => {
  halo.asked.length = 0;
  await create(watch);
  const answers = [];
  for (const name of ['other', 'others']) {
    for (const answer of [
      await create({ ...watch, id: 'second', ...fieldsFor(name) }),
      await change('watch', fieldsFor(name)),
    ]) {
      expect([404, 422]).toContain(answer.status);
      answers.push(JSON.stringify(answer.body).replaceAll(name, 'it'));
    }
  }
  expect(answers.slice(0, 2)).toEqual(answers.slice(2));
  expect(halo.asked).toEqual([]);
  expect(await rows()).toHaveLength(1);
});

test('names stand for ids of its connection, in one that is changed, too', async () => {
  const criteria = (name: string) => ({ field: 'ticket.tickettype_id', in: [{ name }] });
  const made = await create({ ...watch, criteria: criteria('Incident') });
  expect(made.body).toMatchObject({
    effects: [
      expect.stringContaining('no credentials for acme'),
      expect.stringContaining('"Incident" of msp-halo is 7'),
    ],
    trigger: { connection: 'msp-halo', criteria: { field: 'ticket.tickettype_id', in: [7] } },
  });
  expect(await rows()).toMatchObject([{ connection: null }]);
  expect((await change('watch', { criteria: criteria('Problem') })).body).toMatchObject({
    trigger: { criteria: { in: [8] } },
  });
  const unknown = await change('watch', { criteria: criteria('Incidents') });
  expect(unknown.status).toBe(422);
  expect(unknown.body['errors']).toMatchObject([
    { field: 'body.criteria.in.0', message: expect.stringContaining('Incident') as string },
  ]);
});

test('an id is taken once, whoever has it and however many ask at the same time', async () => {
  const other = await plane.token('other', 'editor');
  const theirs = { ...watch, organization: 'other', id: 'taken' };
  expect((await plane.ask(other, 'POST', '/triggers', theirs)).status).toBe(201);
  expect((await create({ ...watch, id: 'taken' })).body).toMatchObject({
    status: 409,
    code: 'ConflictError',
    errors: [{ field: 'body.id' }],
  });
  const before = await version();
  const answers = await Promise.all(['a', 'b', 'same', 'same', 'same'].map((id) => create({ ...watch, id })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 201, 409, 409]);
  expect((await rows()).map(({ id }) => id)).toEqual(['a', 'b', 'same', 'taken']);
  expect(await version()).toBe(before + 3);
});

test('a change is of the fields that are given; several at a time are all carried out', async () => {
  const { body } = await create(watch);
  const made = body['trigger'] as object;
  const changed = await change('watch', {
    runAs: 'owner',
    connection: 'msp-halo',
    parameters: { everySeconds: 30 },
  });
  expect(changed).toMatchObject({ status: 200, body: { applied: true } });
  expect(changed.body['changes']).toEqual([
    { field: 'connection', from: null, to: 'msp-halo' },
    { field: 'runAs', from: 'client', to: 'owner' },
    { field: 'parameters.everySeconds', from: 60, to: 30 },
  ]);
  expect(changed.body['trigger']).toMatchObject({ criteria: watch.criteria, variables: watch.variables });
  await Promise.all([
    change('watch', { connection: null }),
    change('watch', { runAs: 'client' }),
    change('watch', { parameters: {} }),
  ]);
  const { body: now } = await plane.ask(editor, 'GET', '/triggers/watch');
  expect(now['trigger']).toEqual(made);
  const before = await version();
  expect((await change('watch', made)).body['errors']).toBeDefined();
  expect((await change('watch', { ...watch, id: undefined })).body['changes']).toEqual([]);
  await plane.store.pool.query(`update triggers set origin = 'file'`);
  expect((await change('watch', {})).body['changes']).toEqual([]);
  expect(await rows()).toMatchObject([{ origin: 'file' }]);
  expect(await version()).toBe(before);
  expect((await log())[3]).toMatchObject({
    action: 'triggers.change',
    before: { runAs: 'client', parameters: { everySeconds: 60 } },
    after: { runAs: 'owner', parameters: { everySeconds: 30 } },
  });
});

test("of another type it has that one's parameters, and a URL where that has one", async () => {
  await create(watch);
  const refused = await change('watch', { type: 'cron', parameters: { everySeconds: 60 } });
  expect(refused.status).toBe(400);
  expect(refused.body['errors']).toMatchObject([{ field: 'body.criteria.all.0.field' }]);
  const changed = await change('watch', { type: 'webhook', criteria: null });
  expect(changed.body['trigger']).toMatchObject({ type: 'webhook', parameters: { wait: false } });
  expect((await rows())[0]).toMatchObject({ sealed_secret: expect.any(String) as string });
});

test('a webhook has a URL of its own, which stays while it is changed', async () => {
  await create({ id: 'alerts', organization: 'msp', type: 'webhook', workflow: 'listAgents' });
  const urlOf = async () =>
    ((await plane.ask(editor, 'GET', '/triggers/alerts?url=true')).body['trigger'] as { url: string }).url;
  const url = await urlOf();
  expect(url).toMatch(/alerts/);
  const changed = await change('alerts', { parameters: { wait: true } });
  expect(changed.status).toBe(200);
  expect(await urlOf()).toBe(url);
  expect(JSON.stringify([changed.body, await log()])).not.toContain(url.slice(url.lastIndexOf('/') + 1));
});

test('a plan says what would change, and changes nothing', async () => {
  const made = await create({ ...watch, plan: true });
  expect(made).toMatchObject({ status: 200, body: { applied: false, trigger: null } });
  expect(made.body['changes']).toContainEqual({ field: 'workflow', from: null, to: 'triageNewTicket' });
  expect(await rows()).toEqual([]);
  await create(watch);
  const before = await version();
  const planned = await change('watch', { enabled: false, plan: true });
  expect(planned.body['changes']).toEqual([{ field: 'enabled', from: true, to: false }]);
  expect((await rows())[0]).toMatchObject({ enabled: true });
  expect(await version()).toBe(before);
  expect((await change('watch', { workflow: 'nope', plan: true })).status).toBe(422);
});

test('runs that would start each other for ever are refused, also by way of a trigger out of sight', async () => {
  const after = (id: string, organization: string, from: string, workflow: string) => ({
    id,
    organization,
    type: 'workflow-completed',
    workflow,
    parameters: { workflows: [from] },
  });
  await create(after('above', 'msp', 'listAgents', 'openTicketsReport'));
  const acme = await plane.token('acme', 'editor');
  const back = after('below', 'acme', 'openTicketsReport', 'listAgents');
  const { status, body } = await plane.ask(acme, 'POST', '/triggers', back);
  expect([status, body['errors']]).toMatchObject([409, [{ field: 'body.parameters.workflows' }]]);
  expect(JSON.stringify(body)).not.toContain('above');
  const seen = await create(back);
  expect([seen.status, JSON.stringify(seen.body)]).toEqual([422, expect.stringContaining('(above)')]);
});

test('one that is deleted is gone, its events stay', async () => {
  await create(watch);
  await plane.store.pool.query(
    `insert into events (trigger, key, organization, status, source) values ('watch', 'tickets/1', 'acme', 'accepted', 'poll')`,
  );
  const before = await version();
  const gone = await plane.ask(editor, 'DELETE', '/triggers/watch');
  expect(gone).toMatchObject({ status: 200, body: { trigger: watch } });
  expect(await rows()).toEqual([]);
  expect(await version()).toBe(before + 1);
  expect((await log())[0]).toMatchObject({
    action: 'triggers.delete',
    before: { workflow: 'triageNewTicket' },
    after: null,
  });
  const { body } = await plane.ask(editor, 'GET', '/events?trigger=watch');
  expect(body['events']).toHaveLength(1);
  expect((await plane.ask(editor, 'DELETE', '/triggers/watch')).status).toBe(404);
  await plane.store.pool.query('truncate events');
});

test('an id whose events are still there goes to nobody else; who had it may have it again', async () => {
  const other = await plane.token('other', 'editor');
  const theirs = { ...watch, organization: 'other', runFor: {} };
  await create(watch);
  await plane.store.pool.query(
    `insert into events (trigger, key, status, source) values ('watch', 'tickets/2', 'pending', 'poll')`,
  );
  await plane.ask(editor, 'DELETE', '/triggers/watch');
  const refused = await plane.ask(other, 'POST', '/triggers', theirs);
  expect(refused).toMatchObject({ status: 409, body: { errors: [{ field: 'body.id' }] } });
  expect((await create(watch)).status).toBe(201);
  await plane.ask(editor, 'DELETE', '/triggers/watch');
  await plane.store.pool.query('truncate events');
  expect((await plane.ask(other, 'POST', '/triggers', theirs)).status).toBe(201);
});
