/** Whether Halo takes a connection's credentials: what others of its tree let its rate limit count for. */
import { and, eq, ne, sql } from 'drizzle-orm';
import { connections } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { CONFIGURATION_LOCK } from './changing.ts';
import { nextVersion } from './configuration.ts';
import type { Connection } from './types.ts';

/** What this process has told of a connection as one version of the configuration has it. */
const told = new WeakMap<Connection, boolean>();

/**
 * Notes that Halo has answered a request with the connection's token, or has refused it one. In the background and once
 * for each version of the configuration; what cannot be noted now is noted with a later answer.
 */
export function noteAccepted(store: Pick<Store, 'db'>, connection: Connection, isAccepted: boolean): void {
  if ((told.get(connection) ?? connection.isAccepted ?? false) === isAccepted) return;
  told.set(connection, isAccepted);
  const forget = (): void => void told.delete(connection);
  write(store, connection, isAccepted).then((written) => (written ? undefined : forget()), forget);
}

/** False when somebody is changing the configuration: nothing waits for that here. */
async function write(
  { db }: Pick<Store, 'db'>,
  { id, sealedSecret, resourceServer, clientId }: Connection,
  isAccepted: boolean,
): Promise<boolean> {
  return await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(${CONFIGURATION_LOCK}) as free`,
    );
    if (!rows[0]?.free) return false;
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
    return true;
  });
}
