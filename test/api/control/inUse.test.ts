/** The configuration while others change it: who waits too long is told by whom and since when, and holds up nobody. */
import { sql } from 'drizzle-orm';
import { request } from 'undici';
import { alone, changingAs } from '../../../organizations/changing.ts';
import { openStore } from '../../../store/store.ts';
import type { Store } from '../../../store/store.ts';
import { runJson } from '../../cli/command.ts';
import { served } from '../../cli/served.ts';
import { temporaryDirectory } from '../../support/programs.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
let other: Store;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token('msp', 'admin');
  other = await openStore({ url: plane.store.pool.options.connectionString!, embedded: true });
});
afterAll(async () => {
  await other.close();
  await plane.close();
});

const set = (name: string) => plane.ask(admin, 'PUT', `/organizations/msp/variables/${name}`, { value: 1 });
const MORE_THAN_THE_POOL_HAS = Array.from({ length: 25 }, (_, index) => `v${index}`);

/** Runs `body` while another process is in the middle of a change, and at work: a silent one would be cut off. */
const whileInUse = <T>(what: string, body: () => Promise<T>): Promise<T> =>
  changingAs(what, () =>
    alone(other, async (tx) => {
      const working = setInterval(() => void tx.execute(sql`select 1`), 1_000);
      try {
        return await body();
      } finally {
        clearInterval(working);
      }
    }),
  );

test('more changes at once than the pool has connections all happen', async () => {
  const answers = await Promise.all(MORE_THAN_THE_POOL_HAS.map(set));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

test('changes that wait for another process take one connection together, and each is told who is at it', async () => {
  const begun = new Date();
  const { answers, organizations, retryAfter } = await whileInUse(
    'configuration.apply by hft_0a1b2c',
    async () => {
      const asked = MORE_THAN_THE_POOL_HAS.map(set);
      const first = request(`${plane.url}/organizations/msp/variables/x`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
        body: '{"value":1}',
      });
      // Answered while all of them wait.
      const isWaiting = Promise.race([...asked, first]).then(() => false);
      const listed = await Promise.race([
        plane.ask(admin, 'GET', '/organizations').then(({ status }) => status),
        isWaiting,
      ]);
      const reply = await first;
      await reply.body.dump();
      return {
        answers: await Promise.all(asked),
        organizations: listed,
        retryAfter: reply.headers['retry-after'],
      };
    },
  );
  expect(organizations).toBe(200);
  expect(retryAfter).toBe('5');
  for (const { status, body } of answers) {
    expect([status, body['code']]).toEqual([503, 'Unavailable']);
    const TOLD = /is under way \(configuration\.apply by hft_0a1b2c, since ([^)]+)\): nothing was changed/;
    expect(body['detail']).toMatch(TOLD);
    const [, since = ''] = TOLD.exec(String(body['detail'])) ?? [];
    expect(Date.parse(since)).toBeGreaterThanOrEqual(begun.getTime() - 1_000);
  }
  expect((await set('v1')).status).toBe(200);
});

test('an actor whose name is no ASCII, or too long, is told as far as PostgreSQL keeps it', async () => {
  const answer = await whileInUse(`größere änderung ${'x'.repeat(100)}`, () => set('v1'));
  expect(answer.body['detail']).toMatch(/\(gr\?\?ere \?nderung x{30,40}, since /);
});

test('a command is told the same', async () => {
  const api = await served(plane.store);
  const home = temporaryDirectory();
  try {
    const { code, document } = await whileInUse('keys.rotate by local', () =>
      runJson(['variables', 'set', 'greeting', '--value', 'Hello', '--org', 'msp'], {
        home: home.path,
        env: api.env,
      }),
    );
    expect([code, document.error.type]).toEqual([1, 'Unavailable']);
    expect(document.error.message).toContain('(keys.rotate by local, since 20');
  } finally {
    await api.close();
    home.remove();
  }
});
