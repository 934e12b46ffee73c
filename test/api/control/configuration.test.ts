/** The configuration as a file over the API: who may have it, who may apply it, and what is noted of that. */
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token(null, 'admin');
});
afterAll(() => plane.close());

const SECRET = 'the-secret-that-nobody-may-see';
const file = {
  text: `organizations:
  msp: { name: MSP }
  acme: { name: Acme, parent: msp }
  other: { name: Other }
connections:
  msp-halo: { organization: msp, resourceServer: msp.halopsa.com, clientId: some-client, clientSecret: $\{S} }
mappings:
  msp-halo: { acme: { client: 12 } }
`,
  env: { S: SECRET, UNUSED: SECRET },
};
const shown = (body: Readonly<Record<string, unknown>>): string[] =>
  (body['changes'] as { op: string; kind: string; id: string }[]).map(
    ({ op, kind, id }) => `${op} ${kind} ${id}`,
  );

test('a plan changes nothing, applying it does, is audited row by row and never shows the secret', async () => {
  const planned = await plane.ask(admin, 'POST', '/configuration/plan', file);
  expect(planned).toMatchObject({ status: 200, body: { applied: false } });
  const changes = shown(planned.body);
  expect(changes).toContain('+ connection msp-halo');
  expect((await plane.store.pool.query('select * from connections')).rows).toEqual([]);
  const done = await plane.ask(admin, 'POST', '/configuration/apply', file);
  expect(done).toMatchObject({ status: 200, body: { applied: true } });
  expect(shown(done.body)).toEqual(changes);
  const again = await plane.ask(admin, 'POST', '/configuration/apply', file);
  expect(again.body['changes']).toEqual([]);
  const log = await plane.ask(admin, 'GET', '/audit');
  const entries = log.body['entries'] as { action: string; object: string; organization: string }[];
  expect(entries.filter(({ action }) => action.startsWith('configuration.apply'))).toHaveLength(
    changes.length,
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      action: 'configuration.apply create',
      object: 'connection msp-halo',
      organization: 'msp',
      before: null,
      after: expect.objectContaining({ organization: 'msp', clientSecret: '(changed)' }) as unknown,
    }),
  );
  expect(JSON.stringify([planned, done, log])).not.toContain(SECRET);
});

test('what is wrong with a file is told with its places, and nothing is written', async () => {
  const bad = await plane.ask(admin, 'POST', '/configuration/apply', {
    file: 'my.yaml',
    text: 'organizations: {}\nconnections:\n  x: { organization: nobody }\n',
  });
  expect([bad.status, bad.body['code']]).toEqual([422, 'ConfigurationError']);
  expect(bad.body['detail']).toContain('my.yaml:3:22: connections.x.organization: organization "nobody"');
  expect(bad.body['problems']).toContainEqual(expect.objectContaining({ place: 'my.yaml:3:3' }));
  const unset = await plane.ask(admin, 'POST', '/configuration/plan', { text: file.text });
  expect(unset.body['detail']).toContain('the environment variable S is not set');
  const odd = await plane.ask(admin, 'POST', '/configuration/plan', { text: 'x', env: { S: 7 }, more: 1 });
  expect(odd.body['errors']).toEqual([
    expect.objectContaining({ field: 'body.more' }),
    expect.objectContaining({ field: 'body.env.S' }),
  ]);
  expect((await plane.store.pool.query('select * from connections')).rows).toHaveLength(1);
});

test('an admin of a part exports that part, and applies nothing', async () => {
  const whole = await plane.ask(admin, 'GET', '/configuration/export');
  expect(whole.body['environment']).toEqual([
    { name: 'HALO_SECRET_MSP_HALO', secret: 'client secret of connection msp-halo' },
  ]);
  expect(whole.body['text']).toContain('  msp-halo:\n    acme:\n      client: 12\n');
  expect(whole.body['text']).not.toContain(SECRET);
  const part = await plane.ask(await plane.token('acme', 'admin'), 'GET', '/configuration/export');
  expect(part.body).toEqual({
    text: '# Written by haloflow export.\norganizations:\n  acme:\n    name: Acme\n',
    environment: [],
  });
  for (const path of ['/configuration/plan', '/configuration/apply']) {
    for (const organization of ['msp', 'acme']) {
      const refused = await plane.ask(await plane.token(organization, 'admin'), 'POST', path, file);
      expect([refused.status, refused.body['code']]).toEqual([403, 'ForbiddenError']);
    }
    const lower = await plane.ask(await plane.token(null, 'editor'), 'POST', path, file);
    expect(lower.status).toBe(403);
  }
});
