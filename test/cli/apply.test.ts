/** `haloflow apply` with triggers, as a process of its own, where no Temporal runs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson } from './command.ts';
import type { Surroundings } from './command.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const flows = path.join(directory.path, 'flows');

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
  mkdirSync(flows);
});
afterAll(async () => {
  await database.drop();
  const left = serversOf(home);
  directory.remove();
  expect(left).toEqual(NONE);
});

const write = (name: string, text: string): void => writeFileSync(path.join(directory.path, name), text);
const where = (): Surroundings => ({
  home,
  cwd: directory.path,
  env: { DATABASE_URL: database.url, HALOFLOW_WORKFLOWS: flows },
});

const file = `organizations:
  umbrella: { name: Umbrella MSP }
triggers:
  alerts:
    organization: umbrella
    type: webhook
    workflow: onAlert
    parameters: { deliveryKey: { body: alert.id } }
  nightly:
    organization: umbrella
    type: cron
    workflow: listAgents
    parameters: { expression: '0 2 * * *', timeZone: Europe/Berlin }
`;

test("a trigger starts the author's own workflow, once that is in his folder", async () => {
  write('haloflow.yaml', file);
  const refused = await run(['apply'], where());
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(
    'haloflow.yaml:7:15: triggers.alerts.workflow: workflow "onAlert" does not exist.',
  );

  write('flows/alerts.ts', 'export async function onAlert( {}\n');
  const broken = await run(['apply'], where());
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain(`do not compile: ${path.join(flows, 'alerts.ts')}:2:1: `);

  write(
    'flows/alerts.ts',
    `import type { TriggerInput, WebhookDelivery } from 'haloflow/sdk';

export async function onAlert({ event }: TriggerInput<WebhookDelivery<{ alert: { id: string } }>>) {
  return event.body.alert.id;
}
`,
  );
  const applied = await run(['apply'], where());
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(applied.stdout).toBe(`+ organization umbrella (Umbrella MSP)
+ trigger alerts (webhook of umbrella, runs onAlert)
+ trigger nightly (cron of umbrella, runs listAgents)
3 to add, 0 to change, 0 to delete.
haloflow triggers show alerts --url prints the URL of alerts.
`);
}, 60_000);

test('a change is told key by key, for machines too', async () => {
  write('haloflow.yaml', file.replace("'0 2 * * *'", "'0 3 * * *'"));
  const { document } = await runJson(['apply', '--plan'], where());
  expect(document).toEqual({
    ok: true,
    applied: false,
    changes: [
      {
        op: '~',
        kind: 'trigger',
        id: 'nightly',
        about: 'cron of umbrella, runs listAgents',
        changes: [{ field: 'parameters.expression', from: '0 2 * * *', to: '0 3 * * *' }],
      },
    ],
  });
}, 60_000);

test('problems come with their places, for machines too', async () => {
  write('haloflow.yaml', file.replace("'0 2 * * *'", "'0 2 * *'").replace('type: webhook', 'type: webhooks'));
  const { code, document } = await runJson(['apply'], where());
  expect(code).toBe(1);
  expect(document).toMatchObject({ ok: false, error: { type: 'ConfigurationError' } });
  expect(JSON.stringify(document)).toContain('haloflow.yaml:6:11');
  expect(JSON.stringify(document)).toContain('haloflow.yaml:13:31');
}, 60_000);
