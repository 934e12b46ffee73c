/** The embedded PostgreSQL is ours: what the shell says of another one does not count for it. */
import { openPostgres } from '../../store/postgres.ts';
import type { PostgresServer } from '../../store/postgres.ts';
import { openStore } from '../../store/store.ts';
import { soleHolder } from '../../store/soleHolder.ts';
import { LOCKS } from '../../store/locks.ts';
import { testHome } from './home.ts';
import type { TestHome } from './home.ts';

let home: TestHome;
let server: PostgresServer;
beforeAll(async () => {
  home = testHome();
  server = await openPostgres();
});
afterAll(async () => {
  await server.close();
  await home.remove();
});

/** What libpq and `pg` read; each would break a connection, or make it another one. */
const SHELL: Readonly<Record<string, string>> = {
  PGSSLMODE: 'require',
  PGOPTIONS: '-c search_path=x -c default_transaction_read_only=on',
  PGHOST: 'db.example',
  PGPORT: '1',
  PGUSER: 'nobody',
  PGPASSWORD: 'wrong',
  PGDATABASE: 'other',
  PGSSLNEGOTIATION: 'direct',
  PGCLIENT_ENCODING: 'LATIN1',
  PGCLIENTENCODING: 'LATIN1',
  PGREPLICATION: 'database',
  PGAPPNAME: 'other',
  PGCONNECT_TIMEOUT: '1',
};

test.each([...Object.keys(SHELL).map((name) => [name]), Object.keys(SHELL)])(
  '%s does not count',
  async (...names) => {
    const before = { ...process.env };
    for (const name of names) process.env[name] = SHELL[name];
    try {
      const store = await openStore({ url: server.url, embedded: true });
      const { rows } = await store.pool.query(
        `select current_schema() as schema, current_setting('transaction_read_only') as only, 'ä' as text`,
      );
      expect(rows).toEqual([{ schema: 'public', only: 'off', text: 'ä' }]);
      const holder = soleHolder(store, LOCKS.reconciler);
      expect(await holder.take()).toBeInstanceOf(AbortSignal);
      await holder.close();
      await store.close();
    } finally {
      process.env = before;
    }
  },
);
