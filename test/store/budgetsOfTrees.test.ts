/** The migration that tells trees apart, on a database as the version before it leaves it. */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { openStore } from '../../store/store.ts';

const MIGRATION = '0012_budgets_of_trees';

/** A folder with the migrations before this one. */
async function earlier(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await cp(new URL('../../store/migrations', import.meta.url), folder, { recursive: true });
  const file = path.join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex(({ tag }) => tag === MIGRATION),
  );
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  return folder;
}

test('carries what counts to each tree, and brings limits that shut a Halo back inside the bounds', async () => {
  const url = new URL(process.env.HALOFLOW_TEST_DATABASE_URL!);
  const server = new Client(url.href);
  await server.connect();
  const name = `migrated_${randomBytes(4).toString('hex')}`;
  await server.query(`create database ${name}`);
  url.pathname = `/${name}`;
  const folder = await earlier();
  const before = new Client(url.href);
  await before.connect();
  await migrate(drizzle(before), { migrationsFolder: folder });
  await before.query(`
    insert into configuration (version) values (7);
    insert into organizations (slug, name, parent, origin) values ('northwind', 'N', null, 'file'),
      ('acme', 'A', 'northwind', 'file'), ('globex', 'G', null, 'file');
    insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, rate_requests,
        rate_per_seconds, origin) values
      ('good', 'northwind', true, 'https://halo.example.com', 'a', 'x', 300, 300, 'file'),
      ('shut', 'globex', true, 'https://halo.example.com', 'a', 'x', 1, 2147483647, 'manual'),
      ('slip', 'acme', true, 'https://halo.example.com', 'a', 'x', 86400, 86400, 'manual'),
      ('huge', 'acme', false, 'https://halo.example.com', 'a', 'x', 2147483647, 300, 'manual')`);
  await before.query(
    `select budget_take('halo.example.com', 1, 2147483647, 60000, organization, 'normal', organization || n, true)
      from (values ('acme'), ('northwind'), ('globex')) as o(organization), generate_series(1, 3) n`,
  );
  await before.end();

  const store = await openStore({ url: url.href, embedded: true });
  try {
    const { rows: connections } = await store.pool.query<object>(
      'select id, rate_requests, rate_per_seconds from connections order by id',
    );
    expect(connections).toEqual([
      { id: 'good', rate_requests: 300, rate_per_seconds: 300 },
      { id: 'huge', rate_requests: 1_000_000, rate_per_seconds: 300 },
      { id: 'shut', rate_requests: 360, rate_per_seconds: 3600 },
      { id: 'slip', rate_requests: 3600, rate_per_seconds: 3600 },
    ]);
    const { rows: hosts } = await store.pool.query<{ tree: string; live: number; waiting: number }>(
      `select tree, live, per_seconds <= 3600 as bounded, (select count(*)::int from budget_waits w
          where w.tree = h.tree) as waiting, (select count(*)::int from budget_grants g where g.tree = h.tree) as counted,
          (select coalesce(max(expires_at), now()) < now() + interval '2 hours' from budget_grants g) as ends
        from budget_hosts h order by tree`,
    );
    expect(hosts.reduce((sum, { live, waiting }) => sum + live + waiting, 0)).toBe(9);
    expect(hosts).toEqual([
      { tree: 'globex', live: 0, waiting: 3, counted: 0, bounded: true, ends: true },
      { tree: 'northwind', live: 1, waiting: 5, counted: 1, bounded: true, ends: true },
    ]);
    const { rows: versions } = await store.pool.query('select version::int from configuration');
    expect(versions).toEqual([{ version: 8 }]);
  } finally {
    await store.close();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
    await rm(folder, { recursive: true });
  }
});
