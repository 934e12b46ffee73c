/** The connection that a principal works on, and who may be mapped there. */
import { and, asc, eq, sql } from 'drizzle-orm';
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
}

/** The connection's owner and all below it: whose mappings on it make sense without being asked for. */
export async function mappable(db: Pick<Database, 'select'>, { organization }: Reached): Promise<Mappable[]> {
  return await db
    .select({
      slug: organizations.slug,
      name: organizations.name,
      domain: organizations.domain,
      tags: organizations.tags,
    })
    .from(organizations)
    .where(sql`${organizations.slug} in (${subtree(organization)})`)
    .orderBy(asc(organizations.slug));
}
