/** What all changes of mappings share: one transaction, in turn with `apply`, and a new version of the configuration. */
import { and, eq } from 'drizzle-orm';
import type { Principal } from '../../access/principal.ts';
import { mappings } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import type { Store } from '../../store/store.ts';
import { alone } from '../changing.ts';
import { nextVersion } from '../configuration.ts';
import { reach } from './reach.ts';
import type { Database, Reached } from './reach.ts';

export type MappingRow = typeof mappings.$inferSelect;

/**
 * Carries out `body`; it says by `changed` whether it has changed anything.
 *
 * @throws NotFoundError when the principal can see no such connection.
 */
export async function changing<Answer>(
  { store, principal, connection }: Changing,
  body: (db: Database, on: Reached) => Promise<{ readonly changed: boolean; readonly answer: Answer }>,
): Promise<Answer> {
  return await alone(store, async (tx) => {
    const { changed, answer } = await body(tx, await reach(tx, principal, connection));
    if (changed) await nextVersion(tx);
    return answer;
  });
}

export interface Changing {
  readonly store: Store;
  readonly principal: Principal;
  readonly connection: string;
}

/** `mapping northwind-halo/acme`, as the audit log calls it. */
export const mappingName = ({
  connection,
  organization,
}: Pick<MappingRow, 'connection' | 'organization'>): string => `mapping ${connection}/${organization}`;

/** What the audit log keeps of a mapping. */
export const told = ({ client, contact, site, use, batch }: MappingRow): object => ({
  client,
  contact,
  site,
  use,
  ...(batch === null ? {} : { batch }),
});

/** All mappings of a connection, by organization. */
export async function mappingsOf(
  db: Pick<Database, 'select'>,
  connection: string,
): Promise<ReadonlyMap<string, MappingRow>> {
  const rows = await db.select().from(mappings).where(eq(mappings.connection, connection));
  return new Map(rows.map((row) => [row.organization, row]));
}

export const isMapping = (connection: string, organization: string) =>
  and(eq(mappings.connection, connection), eq(mappings.organization, organization));

/** A client that is left out, and why. */
export interface Ignored {
  readonly client: number;
  readonly reason: string | null;
}

/** `client northwind-halo/14`, as the audit log calls it. */
export const ignoredName = (connection: string, client: number): string => `client ${connection}/${client}`;

/** Leaves a client out, whether it was before or not. */
export async function putIgnored(
  db: Pick<Database, 'insert'>,
  connection: string,
  { client, reason }: Ignored,
): Promise<void> {
  await db
    .insert(ignoredClients)
    .values({ connection, client, reason, origin: 'manual' })
    .onConflictDoUpdate({
      target: [ignoredClients.connection, ignoredClients.client],
      set: { reason, origin: 'manual' },
    });
}
