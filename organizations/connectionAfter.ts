/** A connection as it would be after a change, with normalised addresses, for testing it before it is stored. */
import { eq } from 'drizzle-orm';
import type { Principal } from '../access/principal.ts';
import { connections } from '../store/schema/configuration.ts';
import { unseal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import type { Transaction } from './changing.ts';
import { blankIsNull, secretOf, serversOf, spaced } from './connectionInput.ts';
import type { ConnectionChanges } from './connectionInput.ts';
import { getConnection, noConnection } from './connections.ts';
import type { ConnectionView } from './connections.ts';
import type { Connector } from './connector.ts';
import { demandOwnNetwork } from './ownNetwork.ts';
import type { Addresses } from './ownNetwork.ts';
import { demandSecretStays } from './secretStays.ts';
import type { UnsealedConnection } from './types.ts';

interface By {
  readonly principal: Principal;
  readonly connector: Connector;
}

/**
 * The connection as it would be after a change, with its secret in clear, for testing it before it is stored.
 *
 * @throws NotFoundError, SchemaError and ForbiddenError as the change does.
 */
export async function connectionAfter(
  by: By & { readonly store: Store },
  id: string,
  asked: ConnectionChanges,
): Promise<UnsealedConnection> {
  const { store } = by;
  const before = await getConnection(store.db, by.principal, id);
  const servers = await serversAfter(store.db, by, before, asked);
  const [row] = await store.db.select().from(connections).where(eq(connections.id, id));
  if (!row) throw noConnection(id);
  const { sealedSecret, isDefault: _, ...rest } = row;
  return {
    ...rest,
    ...servers,
    tenant: asked.tenant === undefined ? rest.tenant : blankIsNull(asked.tenant),
    clientId: asked.clientId?.trim() ?? rest.clientId,
    scope: asked.scope === undefined ? rest.scope : spaced(asked.scope),
    secret:
      asked.clientSecret === undefined ? await unseal(store.key, sealedSecret) : secretOf(asked.clientSecret),
  };
}

/**
 * Its addresses in the stored form. A principal that may not use addresses in this network may still change other
 * fields.
 */
export async function serversAfter(
  db: Store['db'] | Transaction,
  { principal, connector }: By,
  before: ConnectionView,
  asked: ConnectionChanges,
): Promise<Addresses> {
  const addresses: Addresses = {
    resourceServer: asked.resourceServer ?? before.resourceServer,
    authServer: asked.authServer === undefined ? before.authServer : asked.authServer,
    onPremise: asked.onPremise ?? before.onPremise,
  };
  const isAsIs = (['resourceServer', 'authServer', 'onPremise'] as const).every(
    (field) => addresses[field] === before[field],
  );
  if (!isAsIs) await demandOwnNetwork({ db }, principal, connector, addresses);
  const servers = serversOf(connector, addresses);
  if (asked.clientSecret === undefined) await demandSecretStays({ db }, principal, before, servers);
  return { ...servers, onPremise: addresses.onPremise };
}
