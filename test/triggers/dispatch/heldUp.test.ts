/** The inbox as `haloflow start` runs it, while a Halo never answers. */
import { events } from '../../../store/schema/events.ts';
import { runs } from '../../../store/schema/runs.ts';
import { insertEvents, recordKey, wakeDispatchers } from '../../../triggers/events.ts';
import type { NewEvent } from '../../../triggers/events.ts';
import { reply, startFakeHalo } from '../../halo/fakeHalo.ts';
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

test('four large replies are read at a time, and one that never ends is given up when others wait', async () => {
  const names = Array.from({ length: 6 }, (_, n) => `large-${n + 1}`);
  const large = `[${' '.repeat(1_000_000)}`;
  const open = new Set<string>();
  const seen: string[] = [];
  const fake = await startFakeHalo(({ headers }, response) => {
    const name = String(headers.authorization).replace('Bearer ', '');
    if (name === 'large-6' || open.size < 4) {
      if (name === 'large-5' || name === 'large-6') return reply(response, 200, []);
    }
    if (name === 'large-5') {
      seen.push('asked for the fifth');
      return reply(response, 200, `${large}]`);
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.on('close', () => {
      open.delete(name);
      seen.push('one was given up');
    });
    response.write(large, () => open.add(name));
  });
  fake.onToken = ({ body }, response) => {
    const token = new URLSearchParams(body).get('client_id');
    reply(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
  };
  await stack.haloflow.reconfigure(
    `insert into connections (id, organization, is_default, resource_server, auth_server, client_id, sealed_secret, is_accepted, origin)
      select name, 'northwind', false, $1, $2, name, sealed_secret, true, 'manual' from connections, unnest($3::text[]) name
        where id = 'northwind-halo'`,
    [fake.url, `${fake.url}/auth`, names],
  );
  const polls = async (name: string): Promise<number> =>
    (
      await stack.haloflow.store.pool.query<{ polls: number }>(
        'select polls from feeds where connection = $1 and succeeded_at is not null',
        [name],
      )
    ).rows[0]?.polls ?? 0;
  await stack.trigger('silent', { parameters: { everySeconds: 3_600 } });
  // At once: a feed whose configuration changes is polled anew.
  await stack.haloflow.reconfigure(
    `insert into triggers (id, organization, connection, type, workflow, run_as, run_for, overrides, criteria, parameters,
        variables, enabled, enabled_at, origin)
      select name, organization, name, type, workflow, run_as, run_for, overrides, criteria,
        parameters || '{"everySeconds": 1}', variables, true, now(), origin
        from triggers, unnest($1::text[]) name where id = 'silent'`,
    [names],
  );
  await untilTrue(() => open.size === 4 && seen.includes('asked for the fifth'));
  const asked = seen.lastIndexOf('asked for the fifth');
  const before = await polls('large-5');
  await untilTrue(async () => (await polls('large-5')) > before);
  expect(seen.slice(asked)).toContain('one was given up');
  expect(await polls('large-6')).toBeGreaterThan(0);
  await fake.close();
}, 240_000);
