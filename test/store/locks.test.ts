/** Advisory locks: one table of numbers, and a lock that goes with the process that has it. */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { holderOf, lockTransaction, LOCKS } from '../../store/locks.ts';
import { soleHolder } from '../../store/soleHolder.ts';
import type { SoleHolder } from '../../store/soleHolder.ts';
import { createTestDatabase } from '../support/database.ts';

test('each number means one thing, and no other file passes one to an advisory lock', () => {
  const numbers = Object.values(LOCKS);
  expect(new Set(numbers).size).toBe(numbers.length);
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.js', '*.sql'],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((file) => file !== '' && !file.startsWith('test/'));
  const taking = files.filter((file) => /pg_(try_)?advisory_/.test(readFileSync(file, 'utf8')));
  expect(taking).toEqual(['store/locks.ts']);
  const digits = numbers.map((number) => String(number).replaceAll(/\B(?=(\d{3})+$)/g, '_?'));
  const naming = files.filter((file) => new RegExp(digits.join('|')).test(readFileSync(file, 'utf8')));
  expect(naming).toEqual(['store/locks.ts']);
});

describe('the lock of a process', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  const holders: SoleHolder[] = [];
  const another = (): SoleHolder => {
    const holder = soleHolder(database.store, LOCKS.reconciler);
    holders.push(holder);
    return holder;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => Promise.all(holders.splice(0).map((holder) => holder.close())));
  afterAll(() => database.drop());

  test('is had by one at a time, and passes on when that one lets go', async () => {
    const [one, other] = [another(), another()];
    expect((await one.take())?.aborted).toBe(false);
    expect(await other.take()).toBeNull();
    expect((await one.take())?.aborted).toBe(false);
    await one.close();
    expect((await other.take())?.aborted).toBe(false);
  });

  test('is lost with its connection, which the one that had it hears of', async () => {
    const [one, other] = [another(), another()];
    const signal = await one.take();
    const lost = new Promise((resolve) => signal?.addEventListener('abort', resolve));
    await database.store.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'haloflow lock' and datname = current_database()`,
    );
    await lost;
    expect((await other.take())?.aborted).toBe(false);
    expect(await one.take()).toBeNull();
  });

  test('takes none of the pool, and is not kept by a process that is frozen', async () => {
    const one = another();
    const before = database.store.pool.totalCount;
    await one.take();
    expect(database.store.pool.totalCount).toBe(before);
    const { rows } = await database.store.pool.query<{ own: string }>(
      `select (select setting from pg_settings where name = 'idle_session_timeout') as own`,
    );
    // That of the pool's sessions is as it was.
    expect(rows).toEqual([{ own: '0' }]);
  });
});

test('whoever holds it in another database of the server is not told', async () => {
  const [one, other] = [await createTestDatabase(), await createTestDatabase()];
  try {
    await other.store.db.transaction(async (tx) => {
      await lockTransaction(tx, LOCKS.configuration, { by: 'a stranger', waitMs: 1_000 });
      expect(await holderOf(one.store.db, LOCKS.configuration)).toBeNull();
      expect(await holderOf(other.store.db, LOCKS.configuration)).toMatchObject({ what: 'a stranger' });
    });
  } finally {
    await one.drop();
    await other.drop();
  }
});
