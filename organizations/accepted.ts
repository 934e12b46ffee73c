/** Records whether Halo accepts a connection's credentials: only then does its rate limit count for its tree. */
import { and, eq, ne } from 'drizzle-orm';
import { LOCKS, lockTransaction } from '../store/locks.ts';
import { connections } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { nextVersion } from './configuration.ts';
import type { Connection } from './types.ts';

/** What this process has recorded for a connection in one version of the configuration. */
const told = new WeakMap<Connection, boolean>();

/**
 * Records that Halo has answered a request with the connection's token, or has refused to issue one. Runs in the
 * background, once for each version of the configuration; if it fails, a later answer records it.
 */
export function noteAccepted(store: Pick<Store, 'db'>, connection: Connection, isAccepted: boolean): void {
  if ((told.get(connection) ?? connection.isAccepted ?? false) === isAccepted) return;
  told.set(connection, isAccepted);
  const forget = (): void => void told.delete(connection);
  write(store, connection, isAccepted).catch(forget);
}

/** @throws LockTaken while the configuration is being changed: this does not wait. */
async function write(
  { db }: Pick<Store, 'db'>,
  { id, sealedSecret, resourceServer, clientId }: Connection,
  isAccepted: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockTransaction(tx, LOCKS.configuration, { by: `what Halo says of connection ${id}`, waitMs: 1 });
    const changed = await tx
      .update(connections)
      .set({ isAccepted })
      .where(
        and(
          eq(connections.id, id),
          eq(connections.sealedSecret, sealedSecret),
          eq(connections.resourceServer, resourceServer),
          eq(connections.clientId, clientId),
          ne(connections.isAccepted, isAccepted),
        ),
      )
      .returning({ id: connections.id });
    if (changed.length > 0) await nextVersion(tx);
  });
}
