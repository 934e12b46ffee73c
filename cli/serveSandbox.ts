import { ConfigurationError } from '../errors.ts';
import { reasonOf } from '../home/reason.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { interruption } from './interrupt.ts';
import { say, write } from './outcome.ts';
import { table } from './table.ts';

export interface SandboxOptions {
  readonly port: number;
  readonly json?: boolean;
}

/** What `haloflow sandbox` does. */
export async function serveSandbox({ port, json }: SandboxOptions): Promise<void> {
  const stopped = interruption();
  const sandbox = await startSandbox({ port }).catch((cause: unknown) => {
    throw new ConfigurationError(reasonOf(cause), { cause });
  });
  const tenants = sandbox.tenants.map(({ name, baseUrl, authUrl, tenant, clientId, clientSecret }) => ({
    name,
    baseUrl,
    authUrl,
    tenant,
    clientId,
    clientSecret,
  }));
  const text = table(
    ['name', 'resource server', 'tenant', 'client id', 'client secret'],
    tenants.map((each) => [each.name, each.baseUrl, each.tenant, each.clientId, each.clientSecret]),
  );
  await write(process.stdout, json ? JSON.stringify({ tenants }) : text);
  if (!json) say('serving until stopped (Ctrl-C)');
  await stopped;
  await sandbox.close();
}
