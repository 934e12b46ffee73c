/** Carries a plan into the tables, in an order that holds at every statement. */
import { inArray, sql } from 'drizzle-orm';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { haloOptions, ignoredClients } from '../../store/schema/control.ts';
import { seal } from '../../store/seal.ts';
import { saidAfter } from '../../organizations/limits.ts';
import { nextVersion } from '../../organizations/configuration.ts';
import type { Organization } from '../../organizations/types.ts';
import type { Database, DesiredConnection } from './rows.ts';
import { ignoredId, mappingId } from './rows.ts';
import { chunks } from '../../store/chunks.ts';
import { asInserted, changedIn, idsOf } from './statements.ts';
import type { Writing } from './statements.ts';
import { putVariables, removeVariables } from './writeVariables.ts';
import { putTriggers, removeTriggers } from './writeTriggers.ts';

/**
 * Mappings that go or change leave first, so that a client can pass from one organization to another. Defaults are
 * taken away before they are given, triggers let go of connections that go, organizations are deleted when nothing
 * hangs on them any more.
 */
export async function writePlan(db: Database, writing: Writing): Promise<void> {
  await removeMappings(db, writing);
  await removeIgnored(db, writing);
  await removeVariables(db, writing);
  await removeTriggers(db, writing);
  await removeConnections(db, writing);
  await putOrganizations(db, writing);
  await putConnections(db, writing);
  await putVariables(db, writing);
  await putTriggers(db, writing);
  await deleteOrganizations(db, writing);
  await putMappings(db, writing);
  await putIgnored(db, writing);
  await nextVersion(db);
}

async function removeMappings(db: Database, { plan, stored }: Writing): Promise<void> {
  const touched = idsOf(plan, 'mapping', '~', '-');
  for (const rows of chunks(stored.mappings.filter((mapping) => touched.has(mappingId(mapping))))) {
    const pairs = rows.map((row) => sql`(${row.connection}, ${row.organization})`);
    await db
      .delete(mappings)
      .where(sql`(${mappings.connection}, ${mappings.organization}) in (${sql.join(pairs, sql`, `)})`);
  }
}

async function putMappings(db: Database, { plan, desired, origin }: Writing): Promise<void> {
  const touched = idsOf(plan, 'mapping', '+', '~');
  for (const rows of chunks(desired.mappings.filter((mapping) => touched.has(mappingId(mapping))))) {
    await db.insert(mappings).values(rows.map((row) => ({ ...row, origin })));
  }
}

async function removeIgnored(db: Database, { plan, stored }: Writing): Promise<void> {
  const touched = idsOf(plan, 'ignored client', '~', '-');
  for (const rows of chunks(stored.ignoredClients.filter((row) => touched.has(ignoredId(row))))) {
    const pairs = rows.map((row) => sql`(${row.connection}, ${row.client}::integer)`);
    await db
      .delete(ignoredClients)
      .where(sql`(${ignoredClients.connection}, ${ignoredClients.client}) in (${sql.join(pairs, sql`, `)})`);
  }
}

async function putIgnored(db: Database, { plan, desired, origin }: Writing): Promise<void> {
  const touched = idsOf(plan, 'ignored client', '+', '~');
  for (const rows of chunks(desired.ignoredClients.filter((row) => touched.has(ignoredId(row))))) {
    await db.insert(ignoredClients).values(rows.map((row) => ({ ...row, origin })));
  }
}

async function removeConnections(db: Database, { plan }: Writing): Promise<void> {
  for (const ids of chunks([...idsOf(plan, 'connection', '-')])) {
    await db.delete(connections).where(inArray(connections.id, ids));
  }
  for (const ids of chunks([...idsOf(plan, 'connection', '~')])) {
    await db.update(connections).set({ isDefault: false }).where(inArray(connections.id, ids));
    // It may be another Halo now.
    await db.delete(haloOptions).where(inArray(haloOptions.connection, ids));
  }
}

async function putConnections(db: Database, { plan, desired, stored, origin, key }: Writing): Promise<void> {
  const sealedBefore = new Map(stored.connections.map(({ id, sealedSecret }) => [id, sealedSecret]));
  const resealed = changedIn(plan, 'connection', 'clientSecret');
  const toRow = async ({ secret, ...row }: DesiredConnection) => {
    const kept = resealed.has(row.id) ? undefined : sealedBefore.get(row.id);
    return { ...row, sealedSecret: kept ?? (await seal(key, secret)), origin };
  };
  const touched = idsOf(plan, 'connection', '+', '~');
  for (const rows of chunks(desired.connections.filter(({ id }) => touched.has(id)))) {
    await db
      .insert(connections)
      .values(await Promise.all(rows.map(toRow)))
      .onConflictDoUpdate({
        target: connections.id,
        set: asInserted(connections, [
          'organization',
          'isDefault',
          'enabled',
          'resourceServer',
          'authServer',
          'tenant',
          'onPremise',
          'clientId',
          'sealedSecret',
          'scope',
          'rateRequests',
          'ratePerSeconds',
          'writeSettleSeconds',
          'catchAll',
          'origin',
        ]),
      });
  }
}

async function putOrganizations(db: Database, { plan, desired, origin }: Writing): Promise<void> {
  const touched = idsOf(plan, 'organization', '+', '~');
  const rows = parentsFirst(desired.organizations).filter(({ slug }) => touched.has(slug));
  for (const some of chunks(rows)) {
    await db
      .insert(organizations)
      .values(
        some.map(({ tags, ...row }) => ({
          ...row,
          tags: [...tags],
          saidBy: saidAfter({}, row, null),
          origin,
        })),
      )
      .onConflictDoUpdate({
        target: organizations.slug,
        set: asInserted(organizations, [
          'name',
          'parent',
          'tags',
          'enabled',
          'domain',
          'retentionDays',
          'minRetentionDays',
          'maxOrganizations',
          'saidBy',
          'origin',
        ]),
      });
  }
}

/** In one statement: Postgres checks the references among them at its end, in whatever order they are. */
async function deleteOrganizations(db: Database, { plan }: Writing): Promise<void> {
  const ids = [...idsOf(plan, 'organization', '-')];
  if (ids.length > 0) await db.delete(organizations).where(inArray(organizations.slug, ids));
}

/** A row may refer to one in an earlier statement, but not to one in a later. */
function parentsFirst(rows: readonly Organization[]): readonly Organization[] {
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  const depthOf = ({ parent }: Organization): number => {
    const above = parent === null ? undefined : bySlug.get(parent);
    return above ? depthOf(above) + 1 : 0;
  };
  const depths = new Map(rows.map((row) => [row, depthOf(row)]));
  return rows.toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
}
