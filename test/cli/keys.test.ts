/** `haloflow keys rotate`: a new key for everything that is sealed, whatever dies in between. */
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { connections, organizations } from '../../store/schema/configuration.ts';
import { variables } from '../../store/schema/control.ts';
import { haloWebhooks, triggers } from '../../store/schema/triggers.ts';
import { parseSealingKey, seal, unseal } from '../../store/seal.ts';
import type { SealingKey } from '../../store/seal.ts';
import { createTestDatabase } from '../support/database.ts';
import { untilTrue } from '../support/polling.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson, start } from './command.ts';

const MANY = 300;
const directory = temporaryDirectory();
const given = process.env['HALOFLOW_HOME'];
let n = 0;
let home: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
/** What a process of this home has open while keys are rotated. */
let store: Store;

beforeEach(async () => {
  home = path.join(directory.path, `home ${++n}`);
  database = await createTestDatabase();
  process.env['HALOFLOW_HOME'] = home;
  store = await openStore({ url: database.url, embedded: true });
  process.env['HALOFLOW_HOME'] = given;
});
afterEach(async () => {
  await store.close();
  await database.drop();
});
afterAll(() => directory.remove());

const where = (env: NodeJS.ProcessEnv = {}) => ({ home, env: { DATABASE_URL: database.url, ...env } });
const keyFile = (): string => readFileSync(path.join(home, 'key'), 'utf8').trim();

async function fill(key: SealingKey, many: number): Promise<void> {
  const sealed = await seal(key, 'the secret');
  await store.db.insert(organizations).values({ slug: 'o', name: 'O', origin: 'manual' });
  const row = { organization: 'o', isDefault: false, resourceServer: 'https://h', clientId: 'c' } as const;
  await store.db.insert(connections).values(
    Array.from({ length: many }, (_, index) => ({
      ...row,
      id: `c${index}`,
      sealedSecret: sealed,
      origin: 'manual' as const,
    })),
  );
  await store.db.insert(triggers).values({
    id: 't',
    organization: 'o',
    type: 'webhook',
    workflow: 'listAgents',
    runAs: 'client',
    runFor: {},
    overrides: {},
    parameters: {},
    variables: {},
    enabled: false,
    sealedSecret: sealed,
    origin: 'manual',
  });
  await store.db.insert(haloWebhooks).values({ connection: 'c0', sealedSecret: sealed });
  await store.db
    .insert(variables)
    .values({ organization: 'o', name: 'v', type: 'secret', sealedValue: sealed, origin: 'manual' });
}

async function sealedTexts(): Promise<string[]> {
  const { rows } = await store.pool.query<{ sealed: string }>(
    `select sealed_secret as sealed from connections union all select sealed_secret from triggers
     union all select sealed_secret from halo_webhooks union all select sealed_value from variables`,
  );
  return rows.map(({ sealed }) => sealed);
}
const kidOf = (sealed: string): string =>
  (JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
const kids = async (): Promise<string[]> => [...new Set((await sealedTexts()).map(kidOf))];

test('killed at every stage, it is finished by running it again, and a process that runs notices nothing', async () => {
  const old = keyFile();
  await fill(store.key, MANY);
  const oldId = store.key.keys[0].id;
  const reader = { done: false };
  const failures: unknown[] = [];
  const reading = (async () => {
    while (!reader.done) {
      const { rows } = await store.pool.query<{ sealed_secret: string }>(
        'select sealed_secret from connections order by random() limit 50',
      );
      for (const { sealed_secret: sealed } of rows)
        await unseal(store.key, sealed).catch((error: unknown) => failures.push(error));
      await sleep(5);
    }
  })();

  // What holds the command there, so that no stage is over before it is seen.
  const stages: readonly (readonly [string, () => boolean | Promise<boolean>])[] = [
    ['lock table connections in exclusive mode', () => keyFile().includes(',')],
    ['select from variables for update', async () => (await kids()).length === 2],
    ['lock table audit_log in exclusive mode', async () => !(await kids()).includes(oldId)],
  ];
  for (const [hold, reached] of stages) {
    const holder = await store.pool.connect();
    await holder.query('begin');
    await holder.query(hold);
    const rotating = start(['keys', 'rotate'], where());
    await untilTrue(reached);
    rotating.signal('SIGKILL');
    await holder.query('rollback');
    holder.release();
    expect((await rotating.ended).code).toBeNull();
    const key = parseSealingKey(keyFile(), 'the home');
    expect(key.keys).toHaveLength(2);
    for (const sealed of new Set(await sealedTexts())) expect(await unseal(key, sealed)).toBe('the secret');
  }
  const { code, document } = await runJson(['keys', 'rotate'], where());
  reader.done = true;
  await reading;
  expect(failures).toEqual([]);
  expect(code).toBe(0);
  const fresh = keyFile();
  expect(fresh).not.toContain(old);
  expect(fresh).toMatch(/^[\w-]{43}$/);
  expect(statSync(path.join(home, 'key')).mode & 0o777).toBe(0o600);
  const { id } = parseSealingKey(fresh, 'the home').keys[0];
  expect(await kids()).toEqual([id]);
  expect(document).toMatchObject({ ok: true, key: id, unreadable: [], next: null });
  // The process that was there before seals with it, too.
  expect(kidOf(await seal(store.key, 'x'))).toBe(id);
  const { rows } = await store.pool.query(`select before, after from audit_log where action = 'keys.rotate'`);
  expect(rows).toEqual([{ before: { key: oldId }, after: expect.objectContaining({ key: id }) as unknown }]);
});

test('every column with something sealed is among those that are sealed anew', async () => {
  const { rows } = await store.pool.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns
     where table_schema = 'public' and column_name like 'sealed%' order by 1`,
  );
  expect(rows.map(({ place }) => place)).toEqual([
    'connections.sealed_secret',
    'halo_webhooks.sealed_secret',
    'triggers.sealed_secret',
    'variables.sealed_value',
  ]);
});

test('what neither key opens is named and stays', async () => {
  await fill(store.key, 1);
  const strange = await seal(parseSealingKey(randomBytes(32).toString('base64url'), 'a test'), 'x');
  await store.pool.query('update connections set sealed_secret = $1', [strange]);
  const { code, stderr, stdout } = await run(['keys', 'rotate'], where());
  expect(code).toBe(0);
  expect(stderr).toContain('neither key opens what is stored for: connection c0.');
  expect(stdout).toContain('3 secrets were sealed anew');
  expect(await sealedTexts()).toContain(strange);
});

test('with HALOFLOW_KEY it says what to set, and seals with the first of two', async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64url')) as [
    string,
    string,
  ];
  await fill(parseSealingKey(old, 'a test'), 3);
  const refused = await run(['keys', 'rotate'], where({ HALOFLOW_KEY: old }));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Set HALOFLOW_KEY to "old,new" for every process');
  const { document } = await runJson(['keys', 'rotate'], where({ HALOFLOW_KEY: `${fresh},${old}` }));
  const { id } = parseSealingKey(fresh, 'a test').keys[0];
  expect(document).toMatchObject({ ok: true, key: id, sealedAnew: 6 });
  expect(document['next']).toContain('Set HALOFLOW_KEY to its first key alone');
  expect(await kids()).toEqual([id]);
  expect(JSON.stringify([refused, document])).not.toMatch(new RegExp(`${old}|${fresh}`));
  const remote = await run(
    ['keys', 'rotate'],
    where({ HALOFLOW_URL: 'http://127.0.0.1:1', HALOFLOW_TOKEN: 'x' }),
  );
  expect(remote.stderr).toContain('keys are not rotated over the API');
});
