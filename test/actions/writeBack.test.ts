/** What a resource answers may be written back to it, as it came: nothing in it is unknown to `update`. */
import { catalogue } from '../../actions/index.ts';
import { recordSchema } from '../../actions/schemas.ts';
import type { Action, JsonSchema } from '../../actions/types.ts';
import { createHaloClient } from '../../halo/client.ts';
import type { HaloClient } from '../../halo/types.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxTenant } from '../../sandbox/sandbox.ts';
import { checkInput } from '../../actions/validate.ts';
import { countingBudget } from '../halo/fakeHalo.ts';

let sandbox: Sandbox;
let client: HaloClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = createHaloClient();
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

type Row = Readonly<Record<string, unknown>>;

async function ask(id: string, input: object): Promise<unknown> {
  const [tenant] = sandbox.tenants as [SandboxTenant];
  const action = catalogue.get(id);
  if (!action) throw new Error(`there is no action ${id}`);
  checkInput(action, input);
  return await client.execute({
    action,
    input,
    credentials: {
      connection: 'northwind-halo',
      resourceServer: tenant.baseUrl,
      authServer: tenant.authUrl,
      tenant: tenant.tenant,
      onPremise: false,
      clientId: tenant.clientId,
      clientSecret: tenant.clientSecret,
      scope: 'all',
    },
    budget: countingBudget(),
    options: {},
    signal: new AbortController().signal,
  });
}

const updates = [...catalogue.values()].filter(({ id }) => id.endsWith('.update'));
const named = updates.map((action): [string, Action] => [action.id.replace('.update', ''), action]);
/** Of an attachment `get` answers the file, not its record, which the list has. */
const records = named.map(([resource]): [string, string] => [
  resource,
  resource === 'attachments' ? 'attachments.list' : `${resource}.get`,
]);

const propertiesOf = (schema: JsonSchema): readonly string[] =>
  Object.keys(recordSchema(schema).record.properties ?? {});

test.each(records)('%s: all that is declared of %s, its update takes', (resource, read) => {
  const [answered, taken] = [catalogue.get(read), catalogue.get(`${resource}.update`)];
  const known = new Set(taken ? propertiesOf(taken.input) : []);
  expect(propertiesOf(answered?.output ?? {}).filter((name) => !known.has(name))).toEqual([]);
});

/** Some rows of a list; of what belongs to tickets, those of the first ticket that has any. */
async function rowsOf(resource: string): Promise<readonly Row[]> {
  if (resource !== 'actions' && resource !== 'attachments')
    return (await ask(`${resource}.list`, {})) as readonly Row[];
  for (const { id } of (await ask('tickets.list', {})) as readonly Row[]) {
    const rows = (await ask(`${resource}.list`, { ticket_id: id })) as readonly Row[];
    if (rows.length > 0) return rows.map((row) => ({ ticket_id: id, ...row }));
  }
  return [];
}

test.each(records)('%s: what Halo answers is written back, one and several', async (resource, read) => {
  const rows = (await rowsOf(resource)).slice(0, 3);
  expect(rows.length).toBeGreaterThan(0);
  const full: Row[] = [];
  for (const row of rows) {
    const { id, ticket_id: ticket } = row;
    full.push(
      read.endsWith('.list')
        ? row
        : ((await ask(read, { id, ...(resource === 'actions' ? { ticket_id: ticket } : {}) })) as Row),
    );
  }
  for (const record of full) await ask(`${resource}.update`, record);
  const upsert = catalogue.get(`${resource}.upsert`);
  if (upsert) checkInput(upsert, full);
});
