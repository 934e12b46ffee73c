/** Which connection is whose, once a file is applied. */
import { connections, organizations } from '../../store/schema/configuration.ts';
import type { Store } from '../../store/store.ts';
import type { FileContent, HaloName } from '../file/read.ts';

export interface ConnectionsOf {
  exists(id: string): Promise<boolean>;
  /** The organization's own default one, or null. */
  defaultOf(organization: string): Promise<string | null>;
  /** The default one of the organization, or of the nearest above it that has one, or null. */
  defaultAbove(organization: string): Promise<string | null>;
}

interface Stored {
  readonly connections: readonly Pick<
    typeof connections.$inferSelect,
    'id' | 'organization' | 'isDefault' | 'origin'
  >[];
  readonly parents: ReadonlyMap<string, string | null>;
}

/** The store is read when it is asked for the first time. */
export function connectionsOf(
  { db }: Pick<Store, 'db'>,
  content: FileContent<number | HaloName>,
): ConnectionsOf {
  let reading: Promise<Stored> | undefined;
  const stored = (): Promise<Stored> => (reading ??= read());
  const read = async (): Promise<Stored> => {
    const { id, organization, isDefault, origin } = connections;
    const rows = await db
      .select({ slug: organizations.slug, parent: organizations.parent })
      .from(organizations);
    const named = content.organizations.map(({ slug, parent }) => [slug, parent] as const);
    return {
      connections: await db.select({ id, organization, isDefault, origin }).from(connections),
      parents: new Map([...rows.map(({ slug, parent }) => [slug, parent] as const), ...named]),
    };
  };
  const defaultOf = async (owner: string): Promise<string | null> => {
    const named = content.connections.filter(({ organization }) => organization === owner);
    const chosen = named.find(({ saysDefault }) => saysDefault === true);
    if (chosen) return chosen.id;
    const byHand = (await stored()).connections.find(
      ({ organization, isDefault, origin }) => organization === owner && isDefault && origin === 'manual',
    );
    return byHand?.id ?? named[0]?.id ?? null;
  };
  return {
    defaultOf,
    async exists(id) {
      if (content.connections.some((connection) => connection.id === id)) return true;
      return (await stored()).connections.some((connection) => connection.id === id);
    },
    async defaultAbove(organization) {
      const { parents } = await stored();
      const seen = new Set<string>();
      let current: string | null = organization;
      // Parents that form a cycle are a problem of their own.
      while (current !== null && !seen.has(current)) {
        const found = await defaultOf(current);
        if (found !== null) return found;
        seen.add(current);
        current = parents.get(current) ?? null;
      }
      return null;
    },
  };
}
