/** Pairs of an organization and a client are accepted, together or one by one, and taken back. */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { audit } from '../../access/audit.ts';
import { subtreeHolds, within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { ConflictError, NotFoundError } from '../../errors.ts';
import { mappings } from '../../store/schema/configuration.ts';
import { chunks } from '../../store/chunks.ts';
import { changing, mappingName, mappingsOf, told } from './changing.ts';
import type { Changing, MappingRow } from './changing.ts';
import { mappable, reach } from './reach.ts';
import type { Database } from './reach.ts';
import { lookUp } from './lookUp.ts';
import { ignoredOf, takenClients } from './suggestions.ts';
import type { Asking } from './suggestions.ts';

export interface Accepted {
  readonly organization: string;
  readonly client: number;
}

export interface Batch<Row> {
  /** By which it is undone; null when there was nothing. */
  readonly batch: string | null;
  readonly mappings: readonly Row[];
}

/** Maps pairs that are not mapped yet, as one batch; who was mapped or ignored in the meantime is left out. */
export async function acceptAll(
  parts: Changing,
  pairs: readonly Accepted[],
): Promise<Batch<Accepted> & { readonly left: readonly Accepted[] }> {
  return await changing(parts, async (db, on) => {
    const mapped = await mappingsOf(db, on.id);
    const clients = await takenClients(db, on.id, mapped);
    const known = new Set((await mappable(db, on)).map(({ slug }) => slug));
    const isFree = ({ client, organization }: Accepted): boolean =>
      !mapped.has(organization) && !clients.has(client) && known.has(organization);
    const free = pairs.filter(isFree);
    const batch = free.length === 0 ? null : randomUUID();
    await insertMappings(db, parts, on.id, { action: 'mappings.accept', batch, pairs: free });
    const answer = { batch, mappings: free, left: pairs.filter((pair) => !isFree(pair)) };
    return { changed: free.length > 0, answer };
  });
}

/**
 * Maps one organization and one client that are not mapped yet.
 *
 * @param plan only says whether it could be
 * @returns also `warning`, where Halo could not be asked for the client
 * @throws ConflictError when one of them is mapped to another, or the client is ignored
 * @throws NotFoundError when the principal can see no such organization, or Halo has no such client
 */
export async function acceptOne(
  asking: Asking,
  pair: Accepted,
  plan: boolean,
): Promise<Batch<Accepted> & { readonly warning?: string }> {
  await reach(asking.store.db, asking.principal, asking.connection);
  await subtreeHolds(asking.store, asking.principal, pair.organization, 'body.pair.organization');
  const warning = await lookUp(asking, { client: pair.client }, 'body.pair.client');
  const done = await acceptKnown(asking, pair, plan);
  return { ...done, ...(warning === null ? {} : { warning }) };
}

async function acceptKnown(parts: Changing, pair: Accepted, plan: boolean): Promise<Batch<Accepted>> {
  return await changing<Batch<Accepted>>(parts, async (db, on) => {
    await subtreeHolds({ db }, parts.principal, pair.organization, 'body.pair.organization');
    const mapped = await mappingsOf(db, on.id);
    const own = mapped.get(pair.organization);
    if (own?.client === pair.client) {
      return { changed: false, answer: { batch: own.batch, mappings: [] } };
    }
    if (own) {
      throw new ConflictError(
        `${pair.organization} is client ${own.client} of ${on.id} already: \`haloflow mappings set\` changes that`,
        { details: { field: 'body.pair.organization' } },
      );
    }
    await refuseTaken(db, parts.principal, on.id, {
      client: pair.client,
      mapped,
      field: 'body.pair.client',
    });
    if ((await ignoredOf(db, on.id)).includes(pair.client)) {
      throw new ConflictError(
        `client ${pair.client} of ${on.id} is ignored: \`haloflow mappings unignore\` takes that back`,
        { details: { field: 'body.pair.client' } },
      );
    }
    if (plan) return { changed: false, answer: { batch: null, mappings: [pair] } };
    const batch = randomUUID();
    await insertMappings(db, parts, on.id, { action: 'mappings.accept', batch, pairs: [pair] });
    return { changed: true, answer: { batch, mappings: [pair] } };
  });
}

/** @throws ConflictError when another organization is the client; its name only where the principal may see it. */
export async function refuseTaken(
  db: Database,
  principal: Principal,
  connection: string,
  about: {
    readonly client: number;
    readonly mapped: ReadonlyMap<string, MappingRow>;
    /** Whose it may be. */
    readonly organization?: string;
    /** Where the request names the client. */
    readonly field: string;
  },
): Promise<void> {
  const holder = [...about.mapped.values()].find(({ client }) => client === about.client);
  if (!holder || holder.organization === about.organization) return;
  const isSeen = await subtreeHolds({ db }, principal, holder.organization).then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotFoundError) return false;
      throw error;
    },
  );
  throw new ConflictError(
    `client ${about.client} of ${connection} is ${isSeen ? holder.organization : 'another organization'} already: ` +
      'a client can be one organization only, remove that mapping first',
    { details: { field: about.field } },
  );
}

/** New mappings, each with its line in the audit log under the name of what was done. */
export async function insertMappings(
  db: Database,
  { principal }: Pick<Changing, 'principal'>,
  connection: string,
  {
    action,
    batch,
    pairs,
  }: { readonly action: string; readonly batch: string | null; readonly pairs: readonly Accepted[] },
): Promise<void> {
  for (const some of chunks(pairs)) {
    const rows = await db
      .insert(mappings)
      .values(
        some.map(({ organization, client }) => ({
          connection,
          organization,
          client,
          batch,
          origin: 'manual' as const,
          createdAt: sql`clock_timestamp()`,
        })),
      )
      .returning();
    await audit(
      db,
      principal,
      rows.map((row) => ({
        action,
        object: mappingName(row),
        organization: row.organization,
        after: told(row),
      })),
    );
  }
}

/**
 * Takes back the mappings of a batch, of the last one unless it is named; those that were changed since stay.
 *
 * @throws NotFoundError when nothing of such a batch is left
 */
export async function undo(parts: Changing, batch?: string): Promise<Batch<Accepted>> {
  return await changing(parts, async (db, on) => {
    const id = batch ?? (await lastBatch(db, parts.principal, on.id));
    const rows =
      id === null
        ? []
        : await db
            .delete(mappings)
            .where(
              and(
                eq(mappings.connection, on.id),
                eq(mappings.batch, id),
                within(parts.principal, mappings.organization),
              ),
            )
            .returning();
    if (rows.length === 0) {
      throw new NotFoundError(
        batch === undefined
          ? `nothing that was accepted on ${on.id} is left to be undone`
          : `nothing of the batch ${batch} is left on ${on.id}: without its id the last one is undone`,
      );
    }
    for (const some of chunks(rows)) {
      await audit(
        db,
        parts.principal,
        some.map((row) => ({
          action: 'mappings.undo',
          object: mappingName(row),
          organization: row.organization,
          before: told(row),
        })),
      );
    }
    const mappingsBack = rows.map(({ organization, client }) => ({ organization, client }));
    return { changed: true, answer: { batch: id, mappings: mappingsBack } };
  });
}

async function lastBatch(
  db: Pick<Database, 'select'>,
  principal: Principal,
  connection: string,
): Promise<string | null> {
  const [last] = await db
    .select({ batch: mappings.batch })
    .from(mappings)
    .where(
      and(
        eq(mappings.connection, connection),
        isNotNull(mappings.batch),
        within(principal, mappings.organization),
      ),
    )
    .orderBy(desc(mappings.createdAt))
    .limit(1);
  return last?.batch ?? null;
}
