import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { temporalBinary } from '../../engine/binary.ts';
import { launch, servingCluster } from '../../engine/launch.ts';
import { freePort } from '../../home/ports.ts';
import { stopProcess } from '../../engine/process.ts';
import { openTemporal } from '../../engine/server.ts';
import { ConfigurationError } from '../../errors.ts';
import type { ProcessIdentity } from '../../home/process.ts';
import { makeHome, overClient, type TestHome } from './home.ts';

/** A server that somebody else runs: with a namespace that knows nothing of haloflow. */
let directory: string;
let address: string;
let somebodys: ProcessIdentity;
let home: TestHome;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'haloflow-external-'));
  const port = await freePort();
  address = `127.0.0.1:${port}`;
  const cli = await temporalBinary();
  const database = path.join(directory, 'somebody.db');
  const server = await launch({ cli, database, port, uiPort: null, log: path.join(directory, 'log') });
  somebodys = server.identity;
  await servingCluster({ address }, Infinity, () => server.ended() !== null);
});

afterAll(async () => {
  await stopProcess(somebodys);
  await rm(directory, { recursive: true });
});

beforeEach(async () => {
  home = await makeHome();
});
afterEach(async () => home.remove());

async function makeNamespace(namespace: string): Promise<void> {
  process.env.TEMPORAL_ADDRESS = address;
  const server = await openTemporal();
  await overClient(server, async ({ workflowService }) => {
    const workflowExecutionRetentionPeriod = { seconds: 86_400 as never };
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  });
}

test('TEMPORAL_ADDRESS: that server is used, nothing is started, and closing leaves it running', async () => {
  process.env.TEMPORAL_ADDRESS = address;
  const server = await openTemporal();
  expect(server).toMatchObject({ address, namespace: 'default', uiUrl: null, started: 'external' });
  expect(server.connectionOptions()).toEqual({ address, grpcCompression: { codec: 'none' } });
  server.watch();
  await server.close();
  expect(home.servers()).toEqual([]);
  expect(await servingCluster({ address }, Infinity, () => false)).not.toBeNull();
});

test('the search attributes are registered where they are missing, once', async () => {
  await makeNamespace('fresh');
  process.env.TEMPORAL_NAMESPACE = 'fresh';
  const [first, second] = await Promise.all([openTemporal(), openTemporal()]);
  expect(first.namespace).toBe('fresh');
  const attributes = await overClient(second, async ({ operatorService }) =>
    operatorService.listSearchAttributes({ namespace: 'fresh' }),
  );
  expect(attributes.customAttributes).toEqual({ OrgId: 2, OwnerId: 2, TriggerId: 2 });
});

test('where they cannot be registered the error holds the command for somebody who can', async () => {
  await makeNamespace('full');
  // Ten attributes of one type is all that a server on SQL allows.
  const searchAttributes = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`Own${index}`, 2]));
  await overClient(await openTemporal(), async ({ operatorService }) =>
    operatorService.addSearchAttributes({ namespace: 'full', searchAttributes }),
  );
  process.env.TEMPORAL_NAMESPACE = 'full';
  const error = await openTemporal().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toContain(
    'lacks the search attributes OrgId, OwnerId, TriggerId, and they could not be',
  );
  expect(String(error)).toContain(
    `temporal operator search-attribute create --address ${address} --namespace full --name OrgId --type Keyword `,
  );
});

test('a namespace that is not there', async () => {
  process.env.TEMPORAL_ADDRESS = address;
  process.env.TEMPORAL_NAMESPACE = 'nowhere';
  await expect(openTemporal()).rejects.toThrow(ConfigurationError);
  await expect(openTemporal()).rejects.toThrow(
    `The Temporal server at ${address} has no namespace nowhere. Set TEMPORAL_NAMESPACE to one that exists, or run: ` +
      `temporal operator namespace create --address ${address} --namespace nowhere --retention 7d`,
  );
});

test('a server that does not answer is an error that names TEMPORAL_ADDRESS', async () => {
  const dead = `127.0.0.1:${await freePort()}`;
  process.env.TEMPORAL_ADDRESS = dead;
  await expect(openTemporal()).rejects.toThrow(
    new RegExp(`^No Temporal server answered at ${dead}: .* Check TEMPORAL_ADDRESS`),
  );
  expect(home.servers()).toEqual([]);
});

test('a profile of a configuration file that is named counts like an address', async () => {
  const file = path.join(directory, 'temporal.toml');
  await writeFile(file, `[profile.lab]\naddress = "${address}"\nnamespace = "default"\n`);
  process.env.TEMPORAL_CONFIG_FILE = file;
  process.env.TEMPORAL_PROFILE = 'lab';
  const server = await openTemporal();
  expect(server).toMatchObject({ address, started: 'external' });
});

test('settings that cannot be read', async () => {
  process.env.TEMPORAL_PROFILE = 'missing';
  await expect(openTemporal()).rejects.toThrow(
    /^The Temporal settings that TEMPORAL_PROFILE points at cannot be read: /,
  );
});
