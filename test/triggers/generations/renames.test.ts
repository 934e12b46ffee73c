/** A connection that comes to ask another host: the same Halo under another name, or another Halo, as people say. */
import { LOCAL } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import { createControlPlane } from '../../../api/server.ts';
import { normaliseServer } from '../../../cli/normaliseServer.ts';
import { isOwnNetwork } from '../../../halo/host.ts';
import { request } from 'undici';
import { planRewind } from '../../../triggers/feeds/rewind.ts';
import { unasked } from '../../api/parts.ts';
import { PRODUCTION, UAT, startGenerationStack } from './stack.ts';
import type { GenerationStack } from './stack.ts';

let stack: GenerationStack;
let close: () => Promise<void>;
let url: string;
let token: string;
beforeAll(async () => {
  stack = await startGenerationStack();
  const { store, configuration, triggers, halo } = stack.parts;
  const server = await createControlPlane(
    {
      store,
      configuration,
      triggers,
      halo,
      ...unasked,
      connector: { ...unasked.connector, normaliseServer, isOwnNetwork },
      starter: () => Promise.reject(new Error('no Temporal is asked here')),
      taskQueue: 'none',
    },
    { version: '1.2.3' },
  );
  close = () => server.close();
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
  token = (await createToken(store, LOCAL, { name: 'admin', organization: null, role: 'admin' })).text;
});
afterAll(async () => {
  await close();
  await stack.close();
});
beforeEach(() => stack.clear());

const server = async (connection: string): Promise<string> =>
  (await stack.parts.configuration.current()).connections.find(({ id }) => id === connection)!.resourceServer;

async function change(connection: string, body: object): Promise<number> {
  const reply = await request(`${url}/connections/${connection}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await reply.body.dump();
  return reply.statusCode;
}

async function look(): Promise<void> {
  await stack.poll(PRODUCTION);
  await stack.dispatch();
}

test('the same Halo under another name: feed, keys and business keys go on', async () => {
  await stack.trigger('watch', PRODUCTION);
  await look();
  const first = await stack.ticket(stack.production, { summary: 'one' });
  const own = await stack.made('alert', { summary: 'own' });
  await look();
  const before = await stack.feed(PRODUCTION);
  const renamed = (await server(PRODUCTION)).replace('127.0.0.1', 'LocalHost.');
  expect(await change(PRODUCTION, { resourceServer: renamed, authServer: null, sameHalo: true })).toBe(200);
  await stack.ticket(stack.production, { summary: 'two' });
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'two']);
  expect((await stack.eventsOf('watch')).map(({ key }) => key.includes('@'))).not.toContain(true);
  expect((await stack.feed(PRODUCTION)).halo).toBe(before.halo);
  expect(await stack.made('alert', { summary: 'own' })).toBe(own);
  const trigger = await stack.triggerNow('watch');
  expect(await planRewind(stack.parts, { trigger, to: first })).toMatchObject({ ran: 2, unknown: 0 });
});

test('what is said is held against known records, and nothing is changed where they are others', async () => {
  await stack.trigger('watch', PRODUCTION);
  await look();
  const before = await server(PRODUCTION);
  const other = await server(UAT);
  const { rows } = await stack.parts.store.pool.query<Record<string, string>>(
    'select client_id, sealed_secret, tenant from connections where id = $1',
    [UAT],
  );
  await stack.haloflow.reconfigure(
    'update connections set client_id = $2, sealed_secret = $3, tenant = $4 where id = $1',
    [PRODUCTION, rows[0]!['client_id'], rows[0]!['sealed_secret'], rows[0]!['tenant']],
  );
  expect(await change(PRODUCTION, { resourceServer: other, authServer: null, sameHalo: true })).toBe(409);
  expect(await server(PRODUCTION)).toBe(before);
  expect(await change(PRODUCTION, { sameHalo: true })).toBe(400);
});
