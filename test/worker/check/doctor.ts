/** A connection to the sandbox, and a look at it as `haloflow doctor` has it taken. */
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import type { ResolveName } from '../../../halo/pools.ts';
import type { CheckReport, CheckStep, StepName } from '../../../organizations/checkReport.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import type { Connector } from '../../../organizations/connector.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import type { SandboxTenant } from '../../../sandbox/sandbox.ts';
import { connections, mappings, organizations } from '../../../store/schema/configuration.ts';
import { seal } from '../../../store/seal.ts';
import type { Store } from '../../../store/store.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import { createConnector } from '../../../worker/check/connector.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { createTestDatabase } from '../../support/database.ts';
import { control } from '../../support/sandbox.ts';
import type { Control } from '../../support/sandbox.ts';

export const ID = 'northwind-halo';

type Changes = Partial<typeof connections.$inferInsert> & { readonly secret?: string };

export interface Doctor {
  readonly store: Store;
  readonly halo: Control;
  readonly tenant: SandboxTenant;
  readonly connector: Connector;
  /** Changes the connection; with nothing, back to one that works. */
  connect(changes?: Changes): Promise<void>;
  /** Halo's clients that organizations stand for. */
  map(...clients: number[]): Promise<void>;
  /** Given up after `checkMs`. */
  check(checkMs?: number): Promise<CheckReport>;
  /** One step of a look. */
  step(name: StepName): Promise<CheckStep>;
  close(): Promise<void>;
}

export async function startDoctor(options: { resolve?: ResolveName } = {}): Promise<Doctor> {
  const [{ store, drop }, sandbox] = await Promise.all([createTestDatabase(), startSandbox()]);
  const tenant = sandbox.tenants[0]!;
  const configuration = configurationReader(store);
  const triggers = triggerReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient(options);
  const port = createHaloPort({ store, budgets, halo: client, configuration });
  const parts = { store, configuration, triggers, budgets, client, port };
  const connector = createConnector(parts);
  const noticed = (): Promise<unknown> =>
    store.pool.query(
      'insert into configuration (version) values (1) on conflict (singleton) do update set version = configuration.version + 1',
    );
  await store.db.insert(organizations).values({ slug: 'northwind', name: 'Northwind', origin: 'manual' });
  const connect: Doctor['connect'] = async ({ secret, ...changes } = {}) => {
    const row = {
      id: ID,
      organization: 'northwind',
      isDefault: true,
      enabled: true,
      resourceServer: tenant.baseUrl,
      authServer: null,
      tenant: tenant.tenant,
      onPremise: false,
      clientId: tenant.clientId,
      scope: 'all',
      rateRequests: 300,
      ratePerSeconds: 300,
      sealedSecret: await seal(store.key, secret ?? tenant.clientSecret),
      origin: 'manual' as const,
      ...changes,
    };
    await store.db.insert(connections).values(row).onConflictDoUpdate({ target: connections.id, set: row });
    await noticed();
  };
  await connect();
  const check: Doctor['check'] = (checkMs) =>
    (checkMs === undefined ? connector : createConnector({ ...parts, checkMs })).check(ID, {
      signal: new AbortController().signal,
      reach: null,
    });
  return {
    store,
    halo: control(tenant),
    tenant,
    connector,
    connect,
    async map(...clients) {
      await store.db.delete(mappings);
      for (const mapped of clients) {
        const slug = `client-${mapped}`;
        await store.db
          .insert(organizations)
          .values({ slug, name: slug, parent: 'northwind', origin: 'manual' })
          .onConflictDoNothing();
        await store.db
          .insert(mappings)
          .values({ connection: ID, organization: slug, client: mapped, origin: 'manual' });
      }
      await noticed();
    },
    check,
    async step(name) {
      const report = await check();
      const found = report.steps.find(({ step }) => step === name);
      if (!found) throw new Error(`${name} was not looked at: ${JSON.stringify(report.steps)}`);
      return found;
    },
    async close() {
      await budgets.close();
      await client.close();
      await sandbox.close();
      await drop();
    },
  };
}
