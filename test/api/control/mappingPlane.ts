/** The control plane with a connection to the sandbox's first tenant, and organizations that some of its clients are. */
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { seal } from '../../../store/seal.ts';
import { connections, organizations } from '../../../store/schema/configuration.ts';
import type { HaloPort } from '../../../triggers/haloPort.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { control } from '../../support/sandbox.ts';
import type { Control } from '../../support/sandbox.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

export interface MappingPlane extends TestPlane {
  /** The tenant, from behind. */
  readonly northwind: Control;
  /** No mappings, nothing ignored, no audit log. */
  clear(): Promise<void>;
}

/** `halo` is a connection of `msp`, `their-halo` of `other`; both lead to the same tenant. */
export async function startMappingPlane(): Promise<MappingPlane> {
  const sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenant');
  // The port needs the store of the plane, which is made with the port.
  const late: { port?: HaloPort } = {};
  const plane = await startPlane({
    halo: { call: (request) => late.port?.call(request) ?? Promise.reject(new Error('too early')) },
  });
  const { store } = plane;
  const budgets = createBudgets(store);
  const halo = createHaloClient();
  late.port = createHaloPort({ store, budgets, halo, configuration: configurationReader(store) });
  const { baseUrl, authUrl, clientId, clientSecret } = tenant;
  const connection = {
    isDefault: false,
    resourceServer: baseUrl,
    authServer: authUrl,
    tenant: tenant.tenant,
    clientId,
    sealedSecret: await seal(store.key, clientSecret),
    rateRequests: 10_000,
    origin: 'manual' as const,
  };
  await store.db.insert(connections).values([
    { ...connection, id: 'halo', organization: 'msp' },
    { ...connection, id: 'their-halo', organization: 'other' },
  ]);
  const names = ['Globex', 'Pinecrest Law LLP', 'BLUEFIN SHIPPING', 'Kestrel Aviation Part', 'Nobody Known'];
  await store.db.insert(organizations).values(
    names.map((name) => ({
      slug: name.toLowerCase().replaceAll(' ', '-'),
      name,
      parent: 'msp',
      origin: 'manual' as const,
    })),
  );
  return {
    ...plane,
    northwind: control(tenant),
    async clear() {
      await store.pool.query('delete from mappings; delete from ignored_clients; delete from audit_log');
      await store.pool.query('update connections set catch_all = null');
    },
    async close() {
      await plane.close();
      await budgets.close();
      await halo.close();
      await sandbox.close();
    },
  };
}
