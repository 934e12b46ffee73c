/** Large replies of Halo to the process that serves the API, which one client's Halo may not end. */
import type { ServerResponse } from 'node:http';
import { controlParts } from '../../../cli/controlParts.ts';
import type { ControlParts } from '../../../cli/controlParts.ts';
import { connections } from '../../../store/schema/configuration.ts';
import { seal } from '../../../store/seal.ts';
import type { HaloPort } from '../../../triggers/haloPort.ts';
import { reply, SECRET, useFakeHalo } from '../../halo/fakeHalo.ts';
import { untilTrue } from '../../support/polling.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

const MIB = 1024 * 1024;

const { fake } = useFakeHalo();
let plane: TestPlane;
let control: ControlParts;
let port: HaloPort;
let viewer: string;

beforeEach(async () => {
  plane = await startPlane({ halo: { call: (request) => port.call(request) } });
  const { store } = plane;
  await store.db.insert(connections).values({
    id: 'msp-halo',
    organization: 'msp',
    isDefault: true,
    resourceServer: fake.url,
    authServer: `${fake.url}/auth`,
    clientId: 'client-1',
    sealedSecret: await seal(store.key, SECRET),
    origin: 'manual',
  });
  control = controlParts(store);
  port = control.parts.halo;
  viewer = await plane.token('msp', 'viewer');
});
afterEach(async () => {
  await control.close();
  await plane.close();
});

/** `200`, or `502 HaloServerError: why`. */
async function ask(kind: string): Promise<string> {
  const { status, body } = await plane.ask(
    viewer,
    'GET',
    `/connections/msp-halo/options/${kind}?refresh=true`,
  );
  return status === 200 ? '200' : `${status} ${String(body['code'])}: ${String(body['detail'])}`;
}

test('two are read at a time, small ones beside them', async () => {
  const large = `[${' '.repeat(MIB)}`;
  const held = new Map<string, ServerResponse>();
  fake.onApi = ({ path }, response) => {
    if (path === '/api/SLA') return reply(response, 200, []);
    if (path !== '/api/TicketType' && path !== '/api/Status') return reply(response, 200, `${large}]`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(large, () => held.set(path, response));
  };
  const ends: string[] = [];
  const asked = async (kind: string): Promise<void> => {
    ends.push(`${kind} ${await ask(kind)}`);
  };
  const first = asked('ticket-types');
  const second = asked('statuses');
  await untilTrue(() => held.size === 2);
  await asked('slas');
  const others = ['priorities', 'teams', 'agents'].map(asked);
  await untilTrue(() => fake.api().length === 6);
  await asked('slas');
  expect(ends).toEqual(['slas 200', 'slas 200']);
  held.get('/api/TicketType')?.end(']');
  await Promise.all([first, ...others]);
  expect(ends.slice(2).toSorted()).toEqual(['agents 200', 'priorities 200', 'teams 200', 'ticket-types 200']);
  held.get('/api/Status')?.end(']');
  await second;
  expect(ends[6]).toBe('statuses 200');
});

test('one over the limit is an error by name, and the next is read', async () => {
  const rows = (bytes: number): string => `[${'{},'.repeat(bytes / 3)}{}]`;
  fake.onApi = (_seen, response) => reply(response, 200, rows(32 * MIB));
  const kinds = ['ticket-types', 'statuses', 'priorities', 'teams', 'agents', 'outcomes'];
  for (const answer of await Promise.all(kinds.map(ask))) {
    expect(answer).toMatch(/^502 HaloServerError: .*larger than 8388608 bytes/);
  }
  // Without a length, so that it is noticed only while it is read.
  fake.onApi = (_seen, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(rows(9 * MIB));
    response.end();
  };
  for (const answer of await Promise.all(kinds.map(ask))) {
    expect(answer).toMatch(/^502 HaloServerError: .*larger than 8388608 bytes/);
  }
  fake.onApi = (_seen, response) => reply(response, 200, rows(MIB));
  expect(await Promise.all(kinds.map(ask))).toEqual(kinds.map(() => '200'));
});
