/** Opens the store of the URL given and says how many tables it sees. */
import { openStore } from '../../../store/store.ts';

const store = await openStore({ url: process.argv[2] ?? '', embedded: false });
const { rows } = await store.pool.query<{ tables: number; applied: number }>(
  "select (select count(*)::int from information_schema.tables where table_schema = 'public') as tables, " +
    '(select count(*)::int from drizzle.__drizzle_migrations) as applied',
);
process.stdout.write(`${JSON.stringify(rows[0])}\n`);
await store.close();
