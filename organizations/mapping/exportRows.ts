/** All mappings of a connection as rows, which `importRows` takes. */
import { and, asc, eq } from 'drizzle-orm';
import { within } from '../../access/principal.ts';
import { mappings, organizations } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import type { Changing } from './changing.ts';
import { keptClients } from './clients.ts';
import { reach } from './reach.ts';
import type { Row } from './rows.ts';

export type ExportedRow = Row & {
  readonly clientName: string | null;
  readonly organizationName: string | null;
};

/** What the principal may see of it, by organization; ignored clients last. Asks no Halo: names are as it last said. */
export async function exportRows({ store, principal, connection }: Changing): Promise<ExportedRow[]> {
  const { db } = store;
  await reach(db, principal, connection);
  const names = new Map((await keptClients(db, connection))?.rows.map(({ id, name }) => [id, name]) ?? []);
  const mapped = await db
    .select({
      organization: mappings.organization,
      client: mappings.client,
      contact: mappings.contact,
      site: mappings.site,
      use: mappings.use,
      organizationName: organizations.name,
    })
    .from(mappings)
    .innerJoin(organizations, eq(organizations.slug, mappings.organization))
    .where(and(eq(mappings.connection, connection), within(principal, mappings.organization)))
    .orderBy(asc(mappings.organization));
  const ignored = await db
    .select({ client: ignoredClients.client, reason: ignoredClients.reason })
    .from(ignoredClients)
    .where(eq(ignoredClients.connection, connection))
    .orderBy(asc(ignoredClients.client));
  const clientName = (client: number): string | null => names.get(client) ?? null;
  return [
    ...mapped.map((row) => ({ ...row, ignored: false, reason: null, clientName: clientName(row.client) })),
    ...ignored.map((row) => ({
      ...row,
      organization: null,
      contact: null,
      site: null,
      use: false,
      ignored: true,
      clientName: clientName(row.client),
      organizationName: null,
    })),
  ];
}
