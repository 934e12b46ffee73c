/** A plane of connections and of what stands on them: what a request for one has, and who uses it. */
import { normaliseServer } from '../../../cli/normaliseServer.ts';
import { isOwnNetwork } from '../../../halo/host.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

export const SECRET = 'marker-5f0c-secret';

export interface ConnectionPlane extends TestPlane {
  /** A token that may do everything. */
  readonly admin: string;
  /** Connections that were checked since the last `clear`. */
  readonly checked: string[];
  create(token: string, id: string, changes?: object): Promise<Answer>;
  /** As the API shows it. */
  shown(id: string, token?: string): Promise<Record<string, unknown>>;
  /** Of the configuration. */
  version(): Promise<unknown>;
  /** A trigger that is there already. */
  putTrigger(id: string, organization: string, changes?: object): Promise<unknown>;
  /** Takes away triggers and connections. */
  clear(): Promise<void>;
}

/** What makes a connection of the MSP. */
const body = (id: string, changes: object = {}) => ({
  id,
  organization: 'msp',
  resourceServer: 'northwind.halopsa.com',
  clientId: 'abc',
  clientSecret: SECRET,
  ...changes,
});

export async function startConnectionPlane(): Promise<ConnectionPlane> {
  const checked: string[] = [];
  const plane = await startPlane({
    connector: {
      normaliseServer,
      isOwnNetwork,
      check: (connection) => {
        checked.push(connection);
        return Promise.resolve({ ok: true } as never);
      },
    },
  });
  const admin = await plane.token(null, 'admin');
  return {
    ...plane,
    admin,
    checked,
    create: (token, id, changes = {}) => plane.ask(token, 'POST', '/connections', body(id, changes)),
    shown: async (id, token = admin) =>
      (await plane.ask(token, 'GET', `/connections/${id}`)).body['connection'] as Record<string, unknown>,
    version: async () => (await plane.store.pool.query('select version from configuration')).rows[0],
    putTrigger: (id, organization, changes = {}) =>
      plane.store.db.insert(triggers).values({
        id,
        organization,
        type: 'always-pass',
        workflow: 'w',
        runAs: 'owner',
        runFor: { owner: true, organizations: [], tags: [], allClients: false },
        overrides: {},
        parameters: {},
        variables: {},
        enabled: true,
        origin: 'manual',
        ...changes,
      }),
    async clear() {
      checked.length = 0;
      await plane.store.pool.query('delete from triggers');
      await plane.store.pool.query('delete from connections');
    },
  };
}
