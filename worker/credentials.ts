import type { HaloCredentials } from '../halo/types.ts';
import { noteAccepted } from '../organizations/accepted.ts';
import type { Connection } from '../organizations/types.ts';
import { unseal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';

/** Opened once per version of the configuration: a connection that changes is another object. */
const opened = new WeakMap<Connection, Promise<HaloCredentials>>();

/** A connection with its secret opened: only the Halo client gets to see it. */
export function credentialsOf(store: Store, connection: Connection): Promise<HaloCredentials> {
  const credentials = opened.get(connection) ?? open(store, connection);
  opened.set(connection, credentials);
  return credentials;
}

async function open(store: Store, connection: Connection): Promise<HaloCredentials> {
  return {
    ...credentialsWith(connection, await unseal(store.key, connection.sealedSecret)),
    onAnswer: (isAccepted) => noteAccepted(store, connection, isAccepted),
  };
}

/** A connection with a secret of somebody's choice. */
export function credentialsWith(connection: Connection, clientSecret: string): HaloCredentials {
  const { id, resourceServer, authServer, tenant, onPremise, clientId, scope } = connection;
  return { connection: id, resourceServer, authServer, tenant, onPremise, clientId, clientSecret, scope };
}
