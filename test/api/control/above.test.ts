/** What is above a token's organization: no GET route tells it, whatever it is. */
import { routes } from '../../../api/control/routes/index.ts';
import type { Route } from '../../../api/control/types.ts';
import { LOCAL } from '../../../access/principal.ts';
import type { Role } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import { follow } from '../../../api/control/follow.ts';
import { seal } from '../../../store/seal.ts';
import { needed, startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

/** In every field of what is above, and of what came from there. */
const MARKER = 'zq4marker';
const RUN = '7b1f0e0a-0000-4000-8000-00000000a0a0';
const OWN = '7b1f0e0a-0000-4000-8000-00000000b0b0';

let plane: TestPlane;
beforeAll(async () => {
  const execution = {
    describe: () => Promise.resolve({ raw: { pendingActivities: [] } }),
    fetchHistory: () => Promise.resolve({ events: [] }),
  };
  plane = await startPlane({
    files: { normaliseServer: (text) => text, workflowNames: () => Promise.resolve(['listAgents']) },
    halo: { call: () => Promise.resolve([{ id: 1, name: 'Of their own Halo' }]) },
    starter: () =>
      Promise.resolve({
        client: { workflow: { getHandle: () => execution, list: async function* () {} } },
        store: plane.store,
      } as never),
  });
  const { pool, key } = plane.store;
  const sealed = await seal(key, MARKER);
  const { token: theirs } = await createToken(plane.store, LOCAL, {
    name: MARKER,
    organization: null,
    role: 'admin',
  });
  await pool.query(
    `insert into organizations (slug, name, parent, tags, domain, origin) values
       ('${MARKER}', '${MARKER}', 'msp', '{${MARKER}}', '${MARKER}.example', 'manual');
     update organizations set parent = '${MARKER}' where slug = 'acme';
     insert into organizations (slug, name, parent, origin) values ('plant', 'Plant', 'acme', 'manual');`,
  );
  await pool.query(
    `insert into connections (id, organization, is_default, resource_server, auth_server, tenant, client_id, sealed_secret,
         scope, catch_all, origin)
       values ('${MARKER}', '${MARKER}', true, 'https://${MARKER}.halopsa.com', 'https://${MARKER}.halopsa.com/auth', '${MARKER}',
         '${MARKER}', $1, '${MARKER}', 'acme', 'manual'),
         ('own', 'acme', true, 'https://own.halopsa.com', null, null, 'x', $1, 'all', null, 'manual')`,
    [sealed],
  );
  await pool.query(`
    insert into mappings (connection, organization, client, use, origin) values ('${MARKER}', 'acme', 12, true, 'manual'),
      ('${MARKER}', '${MARKER}', 13, true, 'manual');
    insert into ignored_clients (connection, client, reason, origin) values ('${MARKER}', 14, '${MARKER}', 'manual');
    insert into halo_options (connection, kind, rows, complete) values ('${MARKER}', 'teams', '[{"id":1,"name":"${MARKER}"}]', true);
    insert into feeds (connection, kind, error) values ('${MARKER}', 'tickets', '${MARKER}');
    insert into triggers (id, organization, type, connection, workflow, run_as, run_for, overrides, criteria, parameters,
        variables, enabled, origin)
      values ('${MARKER}', '${MARKER}', 'new-ticket-record', '${MARKER}', 'listAgents', 'client',
        '{"owner":true,"organizations":["acme"],"tags":["${MARKER}"],"allClients":true}',
        '{"halo":{"use":"connection","connection":"${MARKER}"}}', '{"field":"ticket.summary","equals":"${MARKER}"}',
        '{"x":"${MARKER}"}', '{"rate":"${MARKER}"}', true, 'manual'),
      ('of-acme', 'acme', 'always-pass', null, 'listAgents', 'owner',
        '{"owner":true,"organizations":[],"tags":[],"allClients":false}', '{}', null, '{}', '{}', true, 'manual');
    insert into runs (id, workflow_id, workflow, owner, organization, trigger, overrides, started_by, input, event, status,
        error_type, error_message, closed_at)
      values ('${RUN}', 'o/acme/t/${MARKER}/tickets/4711', 'listAgents', '${MARKER}', 'acme', '${MARKER}',
        '{"halo":{"use":"connection","connection":"${MARKER}"}}', 'trigger',
        '[{"event":{"summary":"${MARKER}"},"variables":{"rate":"${MARKER}"}}]', 1, 'failed', 'HaloServerError', '${MARKER}', now()),
        ('${OWN}', 'o/acme/t/of-acme/manual/1', 'listAgents', 'acme', 'acme', 'of-acme', '{}', 'trigger', '[{"event":"of-their-own"}]',
        null, 'failed', 'Error', 'of-their-own', now());
    insert into calls (key, run, action, organization, connection, because, status, error_type, error_message)
      values ('k/1/1', '${RUN}', 'agents.list', 'acme', '${MARKER}', 'trigger override: ${MARKER}', 'failed', 'HaloServerError', '${MARKER}'),
        ('k/1/2', '${OWN}', 'agents.list', 'acme', 'own', 'own default', 'failed', 'HaloServerError', 'of-their-own'),
        ('k/1/3', '${OWN}', 'agents.list', 'acme', '${MARKER}', '${MARKER}', 'failed', 'HaloServerError', '${MARKER}');
    insert into writes (call, connection, host, action, resource, effect, state, result)
      values ('k/1/1', '${MARKER}', '${MARKER}', 'tickets.create', '/Tickets', 'create', 'confirmed', '{"summary":"${MARKER}"}');
    insert into events (trigger, key, source, status, reason, connection, kind, record, organization, run, workflow_id, outcome,
        payload, fired_by)
      values ('${MARKER}', 'webhook/${MARKER}', 'webhook', 'accepted', '${MARKER}', '${MARKER}', 'tickets', 4711, 'acme', '${RUN}',
        'o/acme/t/${MARKER}/tickets/4711', '{"all":["${MARKER}"]}', '{"x":"${MARKER}"}', '${RUN}'),
        ('of-acme', 'manual/1', 'manual', 'accepted', 'of-their-own', null, null, null, 'acme', '${OWN}', 'o/acme/x', null, null, null);
    insert into audit_log (actor, action, object, organization, before, after) values
      ('${theirs.id}', 'mappings.set', 'mapping ${MARKER}/acme', 'acme', '{"x":"${MARKER}"}', '{"x":"${MARKER}"}'),
      ('${theirs.id}', 'organizations.change', 'organization acme', 'acme', '{"parent":"${MARKER}"}', '{"parent":"${MARKER}","name":"Acme"}'),
      ('${theirs.id}', 'triggers.fire', 'trigger ${MARKER}', 'acme', null, '{"x":"${MARKER}"}'),
      ('${theirs.id}', 'actions.run', 'action agents.list', 'acme', null, '{"owner":"${MARKER}","input":"${MARKER}"}'),
      ('${theirs.id}', 'mappings.ignore', 'client ${MARKER}/14', 'acme', null, '{"reason":"${MARKER}"}'),
      ('${theirs.id}', 'connections.change', 'connection own', 'acme', '{"organization":"${MARKER}"}', '{"organization":"acme"}'),
      ('local', 'variables.set', 'variable acme/own', 'acme', null, '"of-their-own"');
  `);
  await createToken(
    plane.store,
    { ...LOCAL, actor: theirs.id },
    { name: 'made above', organization: 'acme', role: 'viewer' },
  );
});
afterAll(() => plane.close());

const NAMES: Readonly<Record<string, readonly string[]>> = {
  organization: ['acme', 'plant'],
  slug: ['acme', 'plant'],
  connection: ['own'],
  kind: ['teams'],
  name: ['x'],
  client: ['1'],
};

/** A route with each name that may stand in its path. */
function pathsOf({ path }: Route): readonly string[] {
  const [, parameter] = /\{(\w+)\}/.exec(path) ?? [];
  if (parameter === undefined) return [path];
  const id = path.startsWith('/runs') ? [RUN, OWN] : path.startsWith('/triggers') ? ['of-acme'] : ['own'];
  return (NAMES[parameter] ?? id).flatMap((name) =>
    pathsOf({ path: path.replace(`{${parameter}}`, name) } as Route),
  );
}

const gets = routes.filter(({ method, type }) => method === 'GET' && type === undefined);
const asked = gets.flatMap((route) =>
  pathsOf(route).map((path): [string, Route] => [`${path}${needed(route.query, 'acme')}`, route]),
);

describe.each(['admin', 'viewer'] as const)('a client’s %s', (role: Role) => {
  const get = async (path: string): Promise<Answer> =>
    await plane.ask(await plane.token('acme', role), 'GET', path);

  test.each(asked)('GET %s tells nothing of what is above', async (path) => {
    const { status, body } = await get(path);
    expect([200, 403, 404, 409, 502]).toContain(status);
    expect(JSON.stringify(body)).not.toContain(MARKER);
    expect(JSON.stringify(body)).not.toContain('"msp"');
  });

  test('the stream tells nothing of it either', async () => {
    const principal = { actor: 'x', organization: 'acme', role } as const;
    const mark = { run: [0, '00000000-0000-0000-0000-000000000000'], event: [0, 0] } as const;
    const until = new AbortController();
    const pieces = follow({
      store: plane.store,
      principal: { ...principal, actor: 'local' },
      since: mark,
      signal: until.signal,
    });
    let value = '';
    for await (const piece of pieces) {
      value = piece;
      if (piece.includes('event: run')) break;
    }
    until.abort();
    expect(value).toContain(RUN);
    expect(value).toContain('of-their-own');
    expect(value).not.toContain(MARKER);
  });

  test.each([
    `/runs?trigger=${MARKER}`,
    `/events?trigger=${MARKER}`,
    `/runs/${encodeURIComponent(`o/acme/t/${MARKER}/tickets/4711`)}`,
  ])('%s is like what there is not', async (path) => {
    const hidden = await get(path);
    const missing = await get(path.replace(MARKER, 'nobodys'));
    expect(hidden.status).toBe(404);
    expect(JSON.stringify(hidden.body).replaceAll(MARKER, 'it')).toBe(
      JSON.stringify(missing.body).replaceAll('nobodys', 'it'),
    );
  });
});

test('what is its own is shown', async () => {
  const acme = await plane.token('acme', 'admin');
  const run = await plane.ask(acme, 'GET', `/runs/${OWN}`);
  expect(run.body).toMatchObject({
    run: {
      owner: 'acme',
      trigger: 'of-acme',
      input: [{ event: 'of-their-own' }],
      error: { message: 'of-their-own' },
    },
    calls: [
      { connection: 'own', because: 'own default', error: { message: 'of-their-own' } },
      { connection: 'a connection of an organization above', because: null },
    ],
  });
  const hidden = await plane.ask(acme, 'GET', `/runs/${RUN}`);
  expect(hidden.body).toMatchObject({
    run: {
      owner: 'an organization above',
      trigger: 'a trigger of an organization above',
      workflow: 'listAgents',
      organization: 'acme',
      status: 'failed',
      input: null,
      error: { type: 'HaloServerError', message: 'hidden: it belongs to an organization above' },
    },
  });
  const log = await plane.ask(acme, 'GET', '/audit?limit=200');
  expect(log.body['entries']).toContainEqual(
    expect.objectContaining({
      actor: 'somebody above',
      object: 'organization acme',
      after: { parent: null, name: 'Acme' },
    }),
  );
});

test('the audit log is not searched by what it does not show', async () => {
  const found = await plane.ask(await plane.token('acme', 'admin'), 'GET', `/audit?object=${MARKER}`);
  expect(found.body['entries']).toEqual([]);
  const all = await plane.ask(await plane.token(null, 'admin'), 'GET', `/audit?object=${MARKER}`);
  expect(all.body['entries']).toHaveLength(3);
});

test('of its own organization a client reads that nothing is above, and may write that', async () => {
  const acme = await plane.token('acme', 'admin');
  const { body } = await plane.ask(acme, 'GET', '/organizations/acme');
  const {
    slug: _slug,
    origin: _origin,
    createdAt: _at,
    ...fields
  } = body['organization'] as Record<string, unknown>;
  expect(fields['parent']).toBeNull();
  expect(
    (await plane.ask(acme, 'PATCH', '/organizations/acme', { ...fields, name: 'Acme Ltd' })).status,
  ).toBe(200);
  const { rows } = await plane.store.pool.query(`select parent, name from organizations where slug = 'acme'`);
  expect(rows).toEqual([{ parent: MARKER, name: 'Acme Ltd' }]);
});
