/** Who may use a database: programs that know its tables and have the key of its secrets. */
import { randomBytes } from 'node:crypto';
import { seal } from '../../store/seal.ts';
import { openStore } from '../../store/store.ts';
import { run } from '../cli/command.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';

const keyText = (): string => randomBytes(32).toString('base64url');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  delete process.env['HALOFLOW_KEY'];
  await database.drop();
});

/** As a process that starts with this key. */
async function open(key: string): Promise<readonly string[]> {
  process.env['HALOFLOW_KEY'] = key;
  const store = await openStore({ url: database.url, embedded: false });
  await store.close();
  return store.key.keys.map(({ id }) => id);
}
const keys = async (): Promise<unknown> =>
  (await database.store.pool.query('select keys from installation')).rows[0] as unknown;

/** A connection whose secret is sealed with this key. */
async function connect(id: string, key: string): Promise<void> {
  process.env['HALOFLOW_KEY'] = key;
  const store = await openStore({ url: database.url, embedded: false });
  await store.pool.query(
    `insert into organizations (slug, name, origin) values ('msp', 'MSP', 'manual') on conflict do nothing`,
  );
  await store.pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
       values ($1, 'msp', false, 'https://halo.example.com', 'x', $2, 'manual')`,
    [id, await seal(store.key, 'secret')],
  );
  await store.close();
}

describe('tables of a newer version', () => {
  const newer = async (): Promise<void> => {
    await database.store.pool.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at)
         select 'of a later version', max(created_at) + 1 from drizzle.__drizzle_migrations`,
    );
    await database.store.pool.query('alter table connections add column later text');
  };

  test('are refused with what to do', async () => {
    await newer();
    await expect(open(keyText())).rejects.toThrow(
      /^A newer haloflow has migrated this database: it has \d+ migrations, and this version knows \d+\. Install the newer version here too/,
    );
  });

  test('are taken where that version has said that this one may still run, and no longer when it has not', async () => {
    await newer();
    await database.store.pool.query('update installation set migrations = migrations + 1');
    await open(keyText());
    await database.store.pool.query('update installation set oldest = migrations');
    await expect(open(keyText())).rejects.toThrow('A newer haloflow has migrated this database');
  });

  test('end a command with that message', async () => {
    await newer();
    const home = temporaryDirectory();
    try {
      const env = { DATABASE_URL: database.url, HALOFLOW_KEY: keyText() };
      const { code, stderr } = await run(['organizations', 'list'], { home: home.path, env });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^ConfigurationError: A newer haloflow has migrated this database/m);
    } finally {
      home.remove();
    }
  });
});

describe('another key', () => {
  test('is refused once something is sealed, and named with the remedy', async () => {
    const [ours, others] = [keyText(), keyText()];
    await open(others);
    await connect('halo', ours);
    await expect(open(others)).rejects.toThrow(
      /^The secrets of this database are sealed with another key: [\w-]{12}; the key in HALOFLOW_KEY is [\w-]{12}\. Set HALOFLOW_KEY to the key of the machines/,
    );
    const [id] = await open(ours);
    expect(await keys()).toEqual({ keys: [id] });
  });

  test('is refused also where it has sealed something before anybody looked', async () => {
    const [ours, others] = [keyText(), keyText()];
    await connect('one', ours);
    await database.store.pool.query('update installation set keys = null');
    await open(ours);
    await expect(open(others)).rejects.toThrow('sealed with another key');
  });

  test('comes in beside the old one, step by step, and the old one is needed until all is sealed anew', async () => {
    const [old, fresh] = [keyText(), keyText()];
    await connect('halo', old);
    await open(`${old},${fresh}`);
    await open(old);
    const [freshId, oldId] = await open(`${fresh},${old}`);
    expect(await keys()).toEqual({ keys: [oldId, freshId] });
    // What is sealed from now on is closed to who has the old one only, and what is there to who has the new one only.
    await expect(open(old)).rejects.toThrow('sealed with another key');
    await expect(open(fresh)).rejects.toThrow('sealed with another key');
    const home = temporaryDirectory();
    try {
      const env = { DATABASE_URL: database.url, HALOFLOW_KEY: `${fresh},${old}` };
      expect((await run(['keys', 'rotate'], { home: home.path, env })).code).toBe(0);
    } finally {
      home.remove();
    }
    expect(await keys()).toEqual({ keys: [freshId] });
    await open(fresh);
    await expect(open(old)).rejects.toThrow('sealed with another key');
  });

  test('takes the place of one that is lost when it is told to', async () => {
    const [lost, here] = [keyText(), keyText()];
    await connect('halo', lost);
    await expect(open(here)).rejects.toThrow('`haloflow keys rotate --lost`');
    const home = temporaryDirectory();
    try {
      const env = { DATABASE_URL: database.url, HALOFLOW_KEY: here };
      const { code, stdout } = await run(['keys', 'rotate', '--lost'], { home: home.path, env });
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining('Set these again, because their key is lost: connection halo.'),
      ]);
    } finally {
      home.remove();
    }
    const [id] = await open(here);
    expect(await keys()).toEqual({ keys: [id] });
  });
});
