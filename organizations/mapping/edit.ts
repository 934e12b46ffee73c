/** Single changes: a mapping set or removed, a client left out, the organization that stands for all others. */
import { and, eq, ne } from 'drizzle-orm';
import { audit } from '../../access/audit.ts';
import { subtreeHolds, within } from '../../access/principal.ts';
import { ConflictError, NotFoundError } from '../../errors.ts';
import { connections, mappings } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import { refuseTaken } from './accept.ts';
import { changing, ignoredName, isMapping, mappingName, mappingsOf, putIgnored, told } from './changing.ts';
import type { Changing, Ignored, MappingRow } from './changing.ts';
import { lookUp } from './lookUp.ts';
import { reach } from './reach.ts';
import type { Database } from './reach.ts';
import type { Asking } from './suggestions.ts';

/** What is left out of an existing mapping stays as it is, as long as the client does. */
export interface Wanted {
  readonly organization: string;
  readonly client: number;
  readonly contact?: number | null;
  readonly site?: number | null;
  /** For an organization that is mapped on several connections: this one. */
  readonly use?: boolean;
}

export interface Put {
  readonly mapping: MappingRow;
  readonly changed: boolean;
}

/**
 * The same as setMapping, once Halo was asked for the client.
 *
 * @returns also `warning`, where Halo could not be asked, or has doubts about contact or site
 * @throws NotFoundError also when Halo has no such client
 */
export async function setKnownMapping(
  asking: Asking,
  wanted: Wanted,
): Promise<Put & { readonly warning?: string }> {
  const { store, principal, connection } = asking;
  await reach(store.db, principal, connection);
  await subtreeHolds(store, principal, wanted.organization);
  const warning = await lookUp(asking, wanted, 'body.client');
  return { ...(await setMapping(asking, wanted)), ...(warning === null ? {} : { warning }) };
}

/**
 * Says which client an organization is, whatever it was before.
 *
 * @throws ConflictError when the client is another organization, or the organization uses another mapping already
 * @throws NotFoundError when the principal can see no such organization
 */
export async function setMapping(parts: Changing, wanted: Wanted): Promise<Put> {
  return await changing(parts, async (db, on) => {
    const answer = await put(db, parts, on.id, wanted);
    return { changed: answer.changed, answer };
  });
}

async function put(
  db: Database,
  { principal }: Pick<Changing, 'principal'>,
  connection: string,
  wanted: Wanted,
): Promise<Put> {
  const { organization, client } = wanted;
  await subtreeHolds({ db }, principal, organization);
  const mapped = await mappingsOf(db, connection);
  await refuseTaken(db, principal, connection, { client, mapped, organization, field: 'body.client' });
  const old = mapped.get(organization);
  const kept = old?.client === client ? old : { contact: null, site: null };
  const { contact = kept.contact, site = kept.site, use = old?.use ?? false } = wanted;
  if (use && old?.use !== true) await refuseOtherUse(db, connection, organization);
  const values = { client, contact, site, use };
  if (old && Object.entries(values).every(([name, value]) => old[name as keyof typeof values] === value)) {
    return { mapping: old, changed: false };
  }
  // One that was changed by hand is not taken back with the batch that it came with.
  const row = { ...values, batch: null, origin: 'manual' as const };
  const [mapping] = await db
    .insert(mappings)
    .values({ connection, organization, ...row })
    .onConflictDoUpdate({ target: [mappings.connection, mappings.organization], set: row })
    .returning();
  if (!mapping) throw new Error('the insert returned nothing');
  await db.delete(ignoredClients).where(isIgnored(connection, client));
  await audit(db, principal, {
    action: 'mappings.set',
    object: mappingName(mapping),
    organization,
    before: old ? told(old) : null,
    after: told(mapping),
  });
  return { mapping, changed: true };
}

async function refuseOtherUse(db: Database, connection: string, organization: string): Promise<void> {
  const [other] = await db
    .select({ connection: mappings.connection })
    .from(mappings)
    .where(
      and(
        eq(mappings.organization, organization),
        eq(mappings.use, true),
        ne(mappings.connection, connection),
      ),
    );
  if (!other) return;
  throw new ConflictError(
    `${organization} uses another mapping already: take the mark from that one first (\`haloflow mappings set\` ` +
      'there with `--no-use`)',
    { details: { field: 'body.use' } },
  );
}

/** @throws NotFoundError when there is no such mapping of an organization that the principal may see. */
export async function removeMapping(parts: Changing, organization: string): Promise<MappingRow> {
  return await changing(parts, async (db, on) => {
    const [gone] = await db
      .delete(mappings)
      .where(and(isMapping(on.id, organization), within(parts.principal, mappings.organization)))
      .returning();
    if (!gone) throw new NotFoundError(`${organization} is not mapped on ${on.id}: check its slug`);
    await audit(db, parts.principal, {
      action: 'mappings.remove',
      object: mappingName(gone),
      organization,
      before: told(gone),
    });
    return { changed: true, answer: gone };
  });
}

/**
 * Leaves a client out of suggestions and of the unmapped ones.
 *
 * @throws ConflictError when it is mapped
 */
export async function ignoreClient(parts: Changing, { client, reason }: Ignored): Promise<Ignored> {
  return await changing(parts, async (db, on) => {
    await refuseTaken(db, parts.principal, on.id, {
      client,
      mapped: await mappingsOf(db, on.id),
      field: 'params.client',
    });
    const answer = { client, reason };
    const [old] = await db.select().from(ignoredClients).where(isIgnored(on.id, client));
    if (old && old.reason === reason) return { changed: false, answer };
    await putIgnored(db, on.id, answer);
    await audit(db, parts.principal, {
      action: 'mappings.ignore',
      object: ignoredName(on.id, client),
      organization: on.organization,
      before: old ? { reason: old.reason } : null,
      after: { reason },
    });
    return { changed: true, answer };
  });
}

/** @throws NotFoundError when the client is not ignored. */
export async function unignoreClient(parts: Changing, client: number): Promise<Ignored> {
  return await changing(parts, async (db, on) => {
    const [gone] = await db.delete(ignoredClients).where(isIgnored(on.id, client)).returning();
    if (!gone) throw new NotFoundError(`client ${client} of ${on.id} is not ignored`);
    await audit(db, parts.principal, {
      action: 'mappings.unignore',
      object: ignoredName(on.id, client),
      organization: on.organization,
      before: { reason: gone.reason },
    });
    return { changed: true, answer: { client, reason: gone.reason } };
  });
}

const isIgnored = (connection: string, client: number) =>
  and(eq(ignoredClients.connection, connection), eq(ignoredClients.client, client));

/**
 * Says which organization stands for clients that are mapped to nobody; null: none does.
 *
 * @throws NotFoundError when it is not at or below the connection's owner, or the principal cannot see it
 */
export async function setCatchAll(
  parts: Changing,
  organization: string | null,
): Promise<{ readonly catchAll: string | null; readonly changed: boolean }> {
  return await changing(parts, async (db, on) => {
    if (organization !== null) {
      // Tickets of everybody come to it: none but the owner, and who is below it.
      await subtreeHolds(
        { db },
        { ...parts.principal, organization: on.organization },
        organization,
        'body.organization',
      );
    }
    const changed = on.catchAll !== organization;
    if (changed) {
      await db.update(connections).set({ catchAll: organization }).where(eq(connections.id, on.id));
      await audit(db, parts.principal, {
        action: 'mappings.catch-all',
        object: `connection ${on.id}`,
        organization: on.organization,
        before: { catchAll: on.catchAll },
        after: { catchAll: organization },
      });
    }
    return { changed, answer: { catchAll: organization, changed } };
  });
}
