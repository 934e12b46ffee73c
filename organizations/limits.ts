/** What a token may set on organizations: fields reserved for those above, and limits for those below. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Principal } from '../access/principal.ts';
import { ConflictError, ForbiddenError } from '../errors.ts';
import type { SaidBy } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';
import type { OrganizationChanges, OrganizationView } from './organizations.ts';
import { DEFAULT_RETENTION_DAYS } from './retention.ts';

type Database = Pick<Store['db'], 'execute'>;

/** The default numbers of organizations below an MSP and below any other organization. */
export const MOST_BELOW = { msp: 10_000, others: 100 } as const;

/** Fields that only a principal above an organization sets, because triggers, mappings and retention depend on them. */
const FROM_ABOVE = ['tags', 'domain', 'retentionDays', 'minRetentionDays', 'maxOrganizations'] as const;

/**
 * Checks that a token may set these fields of an organization.
 *
 * @param before null for a new one
 * @throws ForbiddenError for fields that only a principal above may set, ConflictError for too short a retention.
 */
export async function demandSayable(
  db: Database,
  principal: Principal,
  { before, asked }: { readonly before: OrganizationView | null; readonly asked: OrganizationChanges },
): Promise<void> {
  const { organization: root } = principal;
  if (root === null) return;
  if (before?.slug === root) refuseFromAbove(root, before, asked);
  if (before && !before.enabled && asked.enabled === true) await demandEnabling(db, root, before);
  for (const field of ['retentionDays', 'minRetentionDays'] as const) {
    const days = asked[field];
    if (typeof days !== 'number' || days === before?.[field]) continue;
    const floor = await fewestDays(db, root);
    if (days >= floor) continue;
    throw new ConflictError(
      `${field}: with a token for ${root} it is at least ${floor} days: set ${floor} or more, or ask an admin above ` +
        `${root} to lower its minRetentionDays`,
      { details: { field: `body.${field}` } },
    );
  }
}

function refuseFromAbove(root: string, before: OrganizationView, asked: OrganizationChanges): void {
  const field = FROM_ABOVE.find(
    (name) => asked[name] !== undefined && !isDeepStrictEqual(asked[name], before[name]),
  );
  if (field === undefined) return;
  throw new ForbiddenError(
    `${field}: a token for ${root} cannot set this on ${root} itself: use a token for an organization above it, or for the whole installation`,
    { details: { field: `body.${field}` } },
  );
}

async function demandEnabling(db: Database, root: string, { slug, saidBy }: OrganizationView): Promise<void> {
  const isOwn = slug === root;
  if (!isOwn && saidBy.enabled === undefined) return;
  const { rows } = await db.execute(sql`select 1 where ${saidBy.enabled ?? '*'} in (${subtree(root)})`);
  if (!isOwn && rows.length > 0) return;
  throw new ForbiddenError(
    isOwn
      ? `enabled: a token for ${slug} cannot enable ${slug} itself: use a token for an organization above it, or for the whole installation`
      : `enabled: ${slug} was disabled from above ${root}: use a token for an organization above ${root}, or for the whole installation`,
    { details: { field: 'body.enabled' } },
  );
}

/** The limits of an organization and of those above it, nearest first. */
const line = (slug: string) => sql`
  with recursive line(slug, parent, days, fewest, most, height) as (
    select o.slug, o.parent, o.retention_days, o.min_retention_days, o.max_organizations, 0
    from organizations o where o.slug = ${slug}
    union all
    select o.slug, o.parent, o.retention_days, o.min_retention_days, o.max_organizations, line.height + 1
    from organizations o join line on o.slug = line.parent where line.height < 1000
  )`;

/** The minimum retention for a token; an MSP without a setting has none. */
async function fewestDays(db: Database, root: string): Promise<number> {
  const { rows } = await db.execute<{ parent: string | null; days: number | null; fewest: number | null }>(
    sql`${line(root)} select parent, days, fewest from line order by height`,
  );
  const said = rows.map(({ days, fewest }) => fewest ?? days).find((value) => value !== null);
  return said ?? (rows.length > 1 ? DEFAULT_RETENTION_DAYS : 1);
}

/**
 * Checks a number of new organizations against the limits of the token's organization and of those above it.
 *
 * @throws ConflictError if one of the limits would be exceeded.
 */
export async function demandRoom(
  db: Database,
  { organization: root }: Pick<Principal, 'organization'>,
  more: number,
): Promise<void> {
  if (root === null || more === 0) return;
  const { rows } = await db.execute<{
    slug: string;
    parent: string | null;
    most: number | null;
    below: string;
  }>(
    sql`${line(root)}
    select line.slug, line.parent, line.most, below.count - 1 as below from line cross join lateral (
      with recursive tree(slug) as (
        select line.slug union select o.slug from organizations o join tree on o.parent = tree.slug
      ) select count(*) from tree
    ) below order by line.height`,
  );
  for (const { slug, parent, most: said, below } of rows) {
    const most = said ?? (parent === null ? MOST_BELOW.msp : MOST_BELOW.others);
    if (Number(below) + more <= most) continue;
    const has =
      slug === root
        ? `${root} may have ${most} organizations below it, and has ${below} already`
        : `an organization above ${root} already has the most organizations below it that it may have`;
    throw new ConflictError(`${has}: delete some, or ask an admin above it to raise its maxOrganizations`, {
      details: { field: 'body.parent' },
    });
  }
}

/** Which organization's token set each field, after these changes by `root` (null: the whole installation). */
export function saidAfter(
  before: SaidBy,
  asked: Pick<OrganizationChanges, 'tags' | 'name' | 'domain' | 'enabled'>,
  root: string | null,
): SaidBy {
  const said: Record<string, string | undefined> = { ...before };
  for (const field of ['tags', 'name', 'domain'] as const) {
    if (asked[field] !== undefined) said[field] = root ?? undefined;
  }
  if (asked.enabled !== undefined) said['enabled'] = asked.enabled ? undefined : (root ?? '*');
  return Object.fromEntries(Object.entries(said).filter(([, by]) => by !== undefined));
}
