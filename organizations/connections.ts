/** Connections as the control plane shows them: never with their secrets. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { NotFoundError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { connections, mappings } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';

const { sealedSecret: _sealed, ...columns } = {
  id: connections.id,
  organization: connections.organization,
  isDefault: connections.isDefault,
  enabled: connections.enabled,
  resourceServer: connections.resourceServer,
  authServer: connections.authServer,
  tenant: connections.tenant,
  onPremise: connections.onPremise,
  clientId: connections.clientId,
  sealedSecret: connections.sealedSecret,
  scope: connections.scope,
  rateRequests: connections.rateRequests,
  ratePerSeconds: connections.ratePerSeconds,
  writeSettleSeconds: connections.writeSettleSeconds,
  catchAll: connections.catchAll,
  origin: connections.origin,
  createdAt: connections.createdAt,
};

/** The columns that may be shown. */
export const shownColumns = columns;

type ShownRow = Omit<typeof connections.$inferSelect, 'sealedSecret' | 'isAccepted'>;

/** As the API shows it: the limit as the configuration file spells it. */
export type ConnectionView = Omit<ShownRow, 'rateRequests' | 'ratePerSeconds' | 'isDefault'> & {
  readonly default: boolean;
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number };
};

/** A row as it is shown. */
export function view({ rateRequests, ratePerSeconds, isDefault, ...row }: ShownRow): ConnectionView {
  return { ...row, default: isDefault, rateLimit: { requests: rateRequests, perSeconds: ratePerSeconds } };
}

/** The error for a connection that does not exist or is out of reach: it does not tell which. `known`: those in reach. */
export const noConnection = (id: string, known: readonly string[] = []): NotFoundError =>
  new NotFoundError(
    `there is no connection ${id}.${didYouMean(id, known)} \`haloflow connections list\` shows all of them`,
  );

/**
 * Connections that the principal may see, by id. With `organization`: those that it and the organizations below it own,
 * and those that it is mapped on.
 */
export async function listConnections(
  { db }: Store,
  principal: Principal,
  { organization, after, limit }: { organization?: string; after?: string | undefined; limit: number },
): Promise<ConnectionView[]> {
  const concerning: SQL | undefined =
    organization === undefined
      ? undefined
      : sql`(${connections.organization} in (${subtree(organization)}) or exists (select from ${mappings}
          where ${mappings.connection} = ${connections.id} and ${mappings.organization} = ${organization}))`;
  const rows = await db
    .select(columns)
    .from(connections)
    .where(
      and(
        within(principal, connections.organization),
        concerning,
        after === undefined ? undefined : sql`${connections.id} > ${after}`,
      ),
    )
    .orderBy(asc(connections.id))
    .limit(limit);
  return rows.map(view);
}

/** @throws NotFoundError when there is none of that id that the principal may see. */
export async function getConnection(
  db: Pick<Store['db'], 'select'>,
  principal: Principal,
  id: string,
): Promise<ConnectionView> {
  const [row] = await db
    .select(columns)
    .from(connections)
    .where(and(eq(connections.id, id), within(principal, connections.organization)));
  if (!row) {
    const seen = await db
      .select({ id: connections.id })
      .from(connections)
      .where(within(principal, connections.organization));
    throw noConnection(
      id,
      seen.map((one) => one.id),
    );
  }
  return view(row);
}
