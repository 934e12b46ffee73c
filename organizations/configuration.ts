/** Reads the configuration: whole, at one version, and again only when the version has changed. */
import { sql } from 'drizzle-orm';
import * as schema from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import type { Configuration } from './types.ts';

/** One consistent snapshot, ordered by key so that equal configurations read equal. */
export function readConfiguration(store: Pick<Store, 'db'>): Promise<Configuration> {
  return store.db.transaction((tx) => configurationIn(tx), {
    // READ COMMITTED would let an apply slip in between the reads.
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/** The configuration as a transaction sees it. */
export async function configurationIn(tx: Pick<Store['db'], 'select'>): Promise<Configuration> {
  const { organizations, connections, mappings, haloHosts, haloGenerations } = schema;
  const [row] = await tx.select({ version: schema.configuration.version }).from(schema.configuration);
  const hosts = await tx.select().from(haloHosts).orderBy(haloHosts.organization, haloHosts.host);
  const generations = await tx
    .select()
    .from(haloGenerations)
    .orderBy(haloGenerations.halo, haloGenerations.generation);
  return {
    version: row?.version ?? 0,
    organizations: await tx.select().from(organizations).orderBy(organizations.slug),
    connections: await tx.select().from(connections).orderBy(connections.id),
    mappings: await tx.select().from(mappings).orderBy(mappings.connection, mappings.organization),
    // Most installations have none.
    ...(hosts.length > 0 ? { haloHosts: hosts } : {}),
    ...(generations.length > 0 ? { haloGenerations: generations } : {}),
  };
}

/** Processes that carry the configuration to Temporal and Halo listen here for a new version of it. */
export const CONFIGURATION_CHANNEL = 'haloflow_configuration';

/** Makes the next version: in the transaction of whoever has changed the configuration, told to all at its commit. */
export async function nextVersion(db: Pick<Store['db'], 'insert' | 'execute'>): Promise<void> {
  const { configuration } = schema;
  await db
    .insert(configuration)
    .values({ version: 1 })
    .onConflictDoUpdate({
      target: configuration.singleton,
      set: { version: sql`${configuration.version} + 1` },
    });
  await db.execute(sql`select pg_notify(${CONFIGURATION_CHANNEL}, '')`);
}

export interface ConfigurationReader {
  /** The configuration at the version that the caller has just seen, or a newer one. */
  at(version: number): Promise<Configuration>;
  /** The configuration as it is now; asks for the version only. */
  current(): Promise<Configuration>;
}

/** Keeps the last snapshot; callers that see the same new version share one read. */
export function configurationReader(store: Pick<Store, 'db'>): ConfigurationReader {
  let latest: Configuration | null = null;
  const reading = new Map<number, Promise<Configuration>>();

  const read = async (version: number): Promise<Configuration> => {
    try {
      latest = await readConfiguration(store);
      return latest;
    } finally {
      reading.delete(version);
    }
  };

  const at = async (version: number): Promise<Configuration> => {
    if (latest?.version === version) return latest;
    const underWay = reading.get(version) ?? read(version);
    reading.set(version, underWay);
    return underWay;
  };

  return {
    at,
    async current() {
      const [row] = await store.db
        .select({ version: schema.configuration.version })
        .from(schema.configuration);
      return await at(row?.version ?? 0);
    },
  };
}

/** Halo's client id that stands for the organization on the connection, or null when it is not mapped there. */
export function clientFor(
  configuration: Configuration,
  connection: string,
  organization: string,
): number | null {
  const mapping = configuration.mappings.find(
    (candidate) => candidate.connection === connection && candidate.organization === organization,
  );
  return mapping?.client ?? null;
}
