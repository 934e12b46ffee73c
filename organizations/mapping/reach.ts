/** The connection that a principal works on, and who may be mapped there. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { pathTo } from '../../access/names.ts';
import { within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { connections, organizations } from '../../store/schema/configuration.ts';
import type { Store } from '../../store/store.ts';
import { subtree } from '../../store/subtree.ts';
import { noConnection } from '../connections.ts';

export type Database = Pick<Store['db'], 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

export interface Reached {
  readonly id: string;
  /** Its owner. */
  readonly organization: string;
  readonly catchAll: string | null;
}

/** @throws NotFoundError when there is no such connection of the principal's organizations. */
export async function reach(
  db: Pick<Database, 'select'>,
  principal: Principal,
  id: string,
): Promise<Reached> {
  const [found] = await db
    .select({
      id: connections.id,
      organization: connections.organization,
      catchAll: connections.catchAll,
    })
    .from(connections)
    .where(and(eq(connections.id, id), within(principal, connections.organization)));
  if (!found) throw noConnection(id);
  return found;
}

export interface Mappable {
  readonly slug: string;
  readonly name: string;
  readonly domain: string | null;
  readonly tags: readonly string[];
  /** Whether its name was set at or above the connection's owner. */
  readonly isNamedFromAbove: boolean;
}

/**
 * The connection's owner and all organizations below it, to which clients can be mapped by suggestion. Domains and tags
 * count only if they were set at or above the owner; otherwise an organization could pass for another one's client.
 */
export async function mappable(
  db: Pick<Database, 'select' | 'execute'>,
  { organization }: Pick<Reached, 'organization'>,
): Promise<Mappable[]> {
  const rows = await db
    .select({
      slug: organizations.slug,
      name: organizations.name,
      domain: organizations.domain,
      tags: organizations.tags,
      saidBy: organizations.saidBy,
    })
    .from(organizations)
    .where(sql`${organizations.slug} in (${subtree(organization)})`)
    .orderBy(asc(organizations.slug));
  const above = new Set(await pathTo(db, organization));
  const counts = (by: string | undefined): boolean => by === undefined || above.has(by);
  return rows.map(({ saidBy, domain, tags, ...row }) => ({
    ...row,
    isNamedFromAbove: counts(saidBy.name),
    domain: counts(saidBy.domain) ? domain : null,
    tags: counts(saidBy.tags) ? tags : [],
  }));
}

/** Those that may be suggested by their names. */
export const suggestible = async (
  db: Pick<Database, 'select' | 'execute'>,
  on: Reached,
): Promise<Mappable[]> => (await mappable(db, on)).filter(({ isNamedFromAbove }) => isNamedFromAbove);
