/** The inbox as `haloflow start` runs it, while a Halo never answers. */
import { events } from '../../../store/schema/events.ts';
import { runs } from '../../../store/schema/runs.ts';
import { insertEvents, recordKey, wakeDispatchers } from '../../../triggers/events.ts';
import type { NewEvent } from '../../../triggers/events.ts';
import { untilTrue } from '../../support/polling.ts';
import { startFeedStack } from '../feeds/stack.ts';
import type { FeedStack } from '../feeds/stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
  await stack.clear();
});
afterAll(() => stack.close());

const HELD = { match: { path: '/Tickets/*' }, kind: 'delay', delayMs: 600_000, times: 10_000 } as const;
/** Tickets that the other tenant has. */
const FREE = [1001, 1002, 1003];

const ticket = (trigger: string, connection: string, record: number): NewEvent => ({
  trigger,
  key: recordKey('tickets', record),
  source: 'poll',
  connection,
  kind: 'tickets',
  record,
  poll: 1,
});
const delivery = (trigger: string, key: string): NewEvent => ({
  trigger,
  key,
  source: 'webhook',
  payload: {},
});

const idsOf = async (where: string): Promise<number[]> =>
  (
    await stack.haloflow.store.pool.query<{ id: string }>(`select id from events where ${where} order by id`)
  ).rows.map(({ id }) => Number(id));
const accepted = async (trigger: string): Promise<number> =>
  (await idsOf(`trigger = '${trigger}' and status = 'accepted'`)).length;
/** Rows of the tenant whose Halo is silent, in their first try since they were claimed. */
const firstTries = (): Promise<number[]> =>
  idsOf(`trigger = 'silent' and attempts = 1 and silent_tries = 1 and reason is null`);

test('others are claimed meanwhile, and a row that a process may have died of is tried without those that are held', async () => {
  const { store, northwind, globex } = stack.haloflow;
  await stack.haloflow.reconfigure(
    `insert into organizations (slug, name, origin) values ('other', 'Other MSP', 'manual')`,
  );
  const webhook = { type: 'webhook', runAs: 'owner' } as const;
  const everySeconds = 3_600;
  await stack.trigger('silent', { parameters: { everySeconds } });
  await stack.trigger('beside', { organization: 'globex', runAs: 'owner', parameters: { everySeconds } });
  await stack.trigger('far', { organization: 'other', ...webhook });
  await stack.trigger('near', { organization: 'northwind', ...webhook });
  await northwind.fault(HELD);
  await insertEvents(
    store.db,
    Array.from({ length: 150 }, (_, n) => ticket('silent', 'northwind-halo', 2_000 + n)),
  );
  const asked = async (): Promise<number> =>
    (await northwind.requests()).filter(({ path }) => /tickets\/\d+$/i.test(path)).length;
  await untilTrue(async () => (await asked()) >= 10);
  const held = await firstTries();

  await insertEvents(store.db, [
    ...FREE.slice(0, 2).map((id) => ticket('beside', 'globex-halo', id)),
    delivery('far', 'webhook/1'),
    delivery('near', 'webhook/1'),
  ]);
  await untilTrue(async () => (await accepted('beside')) === 2);
  await untilTrue(async () => (await accepted('far')) === 1 && (await accepted('near')) === 1);
  const after = new Set(await firstTries());
  expect(held.filter((id) => after.has(id)).length).toBeGreaterThan(0);
  expect(await accepted('silent')).toBe(0);

  await globex.fault({ ...HELD, times: 1 });
  await globex.clearRequests();
  await store.db.insert(events).values({ ...ticket('beside', 'globex-halo', FREE[2]!), silentTries: 1 });
  await wakeDispatchers(store.db);
  await untilTrue(async () => (await globex.requests()).some(({ path }) => path.endsWith(`/${FREE[2]}`)));
  expect(await idsOf(`silent_tries > 0`)).toEqual(await idsOf(`trigger = 'beside' and record = ${FREE[2]}`));
  await globex.clearFaults();
  await untilTrue(async () => (await accepted('beside')) === 3);
  // Those that were given back for it are taken up again.
  await untilTrue(async () => (await firstTries()).length > 0);
  expect(await stack.haloflow.store.db.$count(runs)).toBe(5);
}, 240_000);
