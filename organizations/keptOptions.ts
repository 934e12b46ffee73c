/** Keeps what Halo listed of a connection, unless that has become another Halo since it was asked. */
import { eq, sql } from 'drizzle-orm';
import { connections } from '../store/schema/configuration.ts';
import { haloOptions } from '../store/schema/control.ts';
import type { Store } from '../store/store.ts';

/** Which Halo a connection asks, and as whom. */
const identity = sql<string>`concat_ws(' ', ${connections.resourceServer}, ${connections.authServer},
  ${connections.tenant}, ${connections.clientId})`;

/**
 * Asks Halo by `ask`, and keeps the rows that it answers.
 *
 * @throws what `ask` throws
 */
export async function keeping<Row>(
  { db }: Pick<Store, 'db'>,
  { connection, kind }: { readonly connection: string; readonly kind: string },
  ask: () => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly fetchedAt: Date }> {
  const [asked] = await db.select({ identity }).from(connections).where(eq(connections.id, connection));
  const rows = await ask();
  const values = { rows, complete: true, fetchedAt: sql`now()` };
  return await db.transaction(
    async (tx) => {
      // Who changes the connection waits, or was before, and is seen then.
      const [now] = await tx
        .select({ identity })
        .from(connections)
        .where(eq(connections.id, connection))
        .for('share');
      if (!now || now.identity !== asked?.identity) return { rows, fetchedAt: new Date() };
      const [kept] = await tx
        .insert(haloOptions)
        .values({ connection, kind, ...values })
        .onConflictDoUpdate({ target: [haloOptions.connection, haloOptions.kind], set: values })
        .returning({ fetchedAt: haloOptions.fetchedAt });
      return { rows, fetchedAt: kept?.fetchedAt ?? new Date() };
    },
    { isolationLevel: 'read committed' },
  );
}
