/** Halo clients made from organizations: each once, whatever becomes of the replies. */
import { request } from 'undici';
import { createControlPlane } from '../../../api/server.ts';
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { unasked } from '../parts.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';

let haloflow: TestHaloflow;
let url: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  haloflow = await startHaloflow();
  const { store, starter } = haloflow;
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const halo = createHaloClient();
  const port = createHaloPort({ store, budgets, halo, configuration });
  const server = await createControlPlane(
    {
      store,
      configuration,
      triggers: triggerReader(store),
      halo: port,
      ...unasked,
      starter: () => Promise.resolve(starter),
      taskQueue: starter.taskQueue,
    },
    { localToken: 'local', version: '1' },
  );
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  closing.push(
    () => server.close(),
    () => budgets.close(),
    () => halo.close(),
    () => haloflow.close(),
  );
}, 60_000);
afterAll(async () => {
  for (const close of closing) await close();
});

interface Created {
  readonly created: readonly { organization: string; client: number | null }[];
  readonly skipped: readonly { organization: string; client: number }[];
  readonly failed: readonly unknown[];
  readonly remaining: number;
}

async function create(body: object = {}): Promise<Created> {
  const reply = await request(`${url}/api/v1/connections/northwind-halo/mappings/clients`, {
    method: 'POST',
    headers: { authorization: 'Bearer local', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.statusCode).toBe(200);
  return (await reply.body.json()) as Created;
}

const clientsNamed = async (name: string): Promise<readonly unknown[]> =>
  await haloflow.northwind.records('Client', { name });

test('an organization becomes a client once, also when the reply is lost and when it is asked again', async () => {
  await haloflow.reconfigure(
    `insert into organizations (slug, name, parent, domain, origin) values
      ('vandelay', 'Vandelay Industries', 'northwind', 'vandelay.example', 'manual'),
      ('hooli', 'Hooli', 'northwind', null, 'manual')`,
  );
  const planned = await create({ plan: true });
  expect(planned.created.map(({ organization }) => organization)).toEqual(['hooli', 'vandelay']);
  // Halo has clients of these names, which is for a person to say.
  expect(planned.skipped.map(({ organization }) => organization)).toEqual(['globex', 'initech']);
  expect(await clientsNamed('Hooli')).toEqual([]);

  const one = await create({ limit: 1 });
  expect(one).toMatchObject({ created: [{ organization: 'hooli' }], failed: [], remaining: 1 });
  await haloflow.northwind.fault({
    kind: 'drop-after',
    match: { method: 'POST', path: '/api/Client' },
  });
  const two = await create();
  expect(await haloflow.northwind.faults()).toEqual([]);
  expect(two).toMatchObject({ created: [{ organization: 'vandelay' }], failed: [], remaining: 0 });
  const id = two.created[0]?.client;
  expect(await clientsNamed('Vandelay Industries')).toMatchObject([
    { id, website: 'https://vandelay.example' },
  ]);
  const { mappings } = await haloflow.configuration();
  expect(mappings).toContainEqual(
    expect.objectContaining({ connection: 'northwind-halo', organization: 'vandelay', client: id }),
  );
  expect((await create()).created).toEqual([]);

  // As if it had been killed between Halo's reply and the mapping.
  await haloflow.reconfigure(`delete from mappings where organization = 'vandelay'`);
  expect((await create()).created).toMatchObject([{ organization: 'vandelay', client: id }]);
  expect(await clientsNamed('Vandelay Industries')).toHaveLength(1);
}, 60_000);

test('what Halo refuses is said, and the others go on', async () => {
  await haloflow.reconfigure(
    `insert into organizations (slug, name, parent, origin) values ('umbra', 'Umbra', 'northwind', 'manual'), ('wayne', 'Wayne', 'northwind', 'manual')`,
  );
  await haloflow.northwind.fault({
    kind: 'status',
    status: 400,
    match: { method: 'POST', path: '/api/Client' },
  });
  const done = await create();
  expect([done.created.length, done.failed.length]).toEqual([1, 1]);
  expect((await create()).created).toHaveLength(1);
}, 60_000);
