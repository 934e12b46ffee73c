/** The demo: the configuration that `haloflow smoke` loads into an empty store, on the sandbox of this moment. */
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ConfigurationError } from '../errors.ts';
import { homeDirectory } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { applyDemo, isEmptyOrDemo } from '../configuration/apply/apply.ts';
import { NORTHWIND_CLIENTS } from '../sandbox/demo.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import type { SandboxTenant } from '../sandbox/sandbox.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { unlessInterrupted } from './interrupt.ts';
import { workflowNames } from '../worker/workflowNames.ts';
import { normaliseServer } from './normaliseServer.ts';
import { tellIfSlow } from './slow.ts';

/** Long enough for another smoke test to finish. */
const WAIT_FOR_OTHERS_MS = 120_000;

/** The demo's file, and the environment that its secrets are looked up in. */
export function demoFile(tenants: readonly SandboxTenant[]): { text: string; env: Record<string, string> } {
  const env = Object.fromEntries(
    tenants.map(({ name, clientSecret }) => [`DEMO_${name.toUpperCase()}_SECRET`, clientSecret]),
  );
  const text = stringify({
    organizations: {
      northwind: { name: 'Northwind MSP' },
      acme: { name: 'Acme', parent: 'northwind', tags: ['gold'] },
      globex: { name: 'Globex', parent: 'northwind' },
      initech: { name: 'Initech', parent: 'northwind' },
    },
    connections: Object.fromEntries(
      tenants.map(({ name, baseUrl, authUrl, tenant, clientId }) => [
        `${name}-halo`,
        {
          organization: name,
          default: true,
          resourceServer: baseUrl,
          authServer: authUrl,
          tenant,
          clientId,
          clientSecret: `\${DEMO_${name.toUpperCase()}_SECRET}`,
        },
      ]),
    ),
    mappings: {
      'northwind-halo': {
        northwind: { client: NORTHWIND_CLIENTS.northwind },
        acme: { client: NORTHWIND_CLIENTS.acme },
      },
    },
  });
  return { text, env };
}

/**
 * Runs `body` against what is configured; with an empty or demo-only store of our own, against a sandbox that lives as
 * long as `body`, with the demo configuration pointing at it.
 *
 * @throws ConfigurationError for an empty DATABASE_URL: the demo is never loaded there.
 */
export async function withDemo<T>(store: Store, body: () => Promise<T>): Promise<T> {
  if (!(await retrying(() => isEmptyOrDemo(store.db)))) return await body();
  if (!store.embedded) {
    throw new ConfigurationError(
      'the database in DATABASE_URL holds no organizations yet: run `haloflow apply haloflow.yaml` first (the demo is loaded only into the embedded database)',
    );
  }
  let enter: () => void = () => undefined;
  const entered = new Promise<void>((resolve) => (enter = resolve));
  // Two sandboxes at once would take turns in the same rows.
  const ended = withLock(
    join(homeDirectory(), 'demo.lock'),
    async () => {
      enter();
      const sandbox = await startSandbox();
      try {
        await applyDemo(store, {
          file: 'demo',
          ...demoFile(sandbox.tenants),
          normaliseServer,
          workflowNames,
        });
        return await body();
      } finally {
        await sandbox.close();
      }
    },
    { waitMs: WAIT_FOR_OTHERS_MS },
  );
  const turn = Promise.race([entered, ended]);
  await unlessInterrupted(tellIfSlow('waiting for another command that uses the demo …', turn));
  return await ended;
}
