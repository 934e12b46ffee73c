/** The tree of organizations as the control plane shows and changes it. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import { demandFreeName, refusePastMove } from '../access/names.ts';
import { noOrganization, subtreeHolds, within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { ConflictError, ForbiddenError } from '../errors.ts';
import { organizations } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';
import { asksNothing, changing } from './changing.ts';
import type { Guarded, Transaction } from './changing.ts';
import { demandRoom, demandSayable, saidAfter } from './limits.ts';
import { comparableName } from '../texts.ts';

export type OrganizationView = typeof organizations.$inferSelect;

/** An organization without `saidBy`, which is for internal rules only. */
export const shownOrganization = ({
  saidBy: _saidBy,
  ...shown
}: OrganizationView): Omit<OrganizationView, 'saidBy'> => shown;

/** What may be said of an organization; what is left out stays as it is. */
export interface OrganizationChanges {
  readonly name?: string;
  readonly parent?: string | null;
  readonly tags?: readonly string[];
  readonly enabled?: boolean;
  readonly domain?: string | null;
  readonly retentionDays?: number | null;
  readonly minRetentionDays?: number | null;
  readonly maxOrganizations?: number | null;
}

export type NewOrganization = OrganizationChanges & { readonly slug: string; readonly name: string };

/** Organizations that the principal may see, by slug; `search` is part of a slug or name. */
export async function listOrganizations(
  { db }: Store,
  principal: Principal,
  {
    parent,
    search,
    after,
    limit,
  }: { parent?: string; search?: string; after?: string | undefined; limit: number },
): Promise<OrganizationView[]> {
  const found = search === undefined ? undefined : comparableName(search);
  return await db
    .select()
    .from(organizations)
    .where(
      and(
        within(principal, organizations.slug),
        parent === undefined ? undefined : eq(organizations.parent, parent),
        found === undefined
          ? undefined
          : sql`(strpos(lower(${organizations.name}), ${found}) > 0 or strpos(${organizations.slug}, ${found}) > 0)`,
        after === undefined ? undefined : sql`${organizations.slug} > ${after}`,
      ),
    )
    .orderBy(asc(organizations.slug))
    .limit(limit);
}

/** @throws NotFoundError when there is none of that slug that the principal may see. */
export async function getOrganization(
  db: Pick<Store['db'], 'select'>,
  principal: Principal,
  slug: string,
): Promise<OrganizationView> {
  const [row] = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.slug, slug), within(principal, organizations.slug)));
  if (!row) throw noOrganization(slug);
  return row;
}

/**
 * Creates an organization. Without a parent it is below the principal's own, or a root if the principal has the whole
 * installation.
 *
 * @throws NotFoundError for a parent out of reach; ConflictError if the slug is taken or others held it, for too many
 * organizations, and for too short a retention.
 */
export async function createOrganization(
  store: Store,
  principal: Principal,
  asked: NewOrganization,
): Promise<OrganizationView> {
  const parent = asked.parent ?? principal.organization;
  return await changing(store, async (tx) => {
    if (parent !== null) await subtreeHolds({ db: tx }, principal, parent, 'body.parent');
    const name = { kind: 'organization', name: asked.slug, owner: parent, field: 'body.slug' } as const;
    await demandFreeName(tx, principal, name);
    await demandSayable(tx, principal, { before: null, asked });
    await demandRoom(tx, principal, 1);
    const [row] = await tx
      .insert(organizations)
      .values({
        ...columnsOf(asked),
        slug: asked.slug,
        name: asked.name,
        parent,
        saidBy: saidAfter({}, { tags: [], domain: null, ...asked }, principal.organization),
        origin: 'manual',
      })
      .onConflictDoNothing({ target: organizations.slug })
      .returning();
    if (!row) {
      throw new ConflictError(`the slug ${asked.slug} is taken: choose another one`, {
        details: { field: 'body.slug' },
      });
    }
    await audit(tx, principal, {
      action: 'organizations.create',
      object: `organization ${row.slug}`,
      organization: row.slug,
      after: shownOrganization(row),
    });
    return row;
  });
}

/**
 * Changes an organization; another `parent` moves it with everything below it. `guarded` checks such a move.
 *
 * @throws NotFoundError; ForbiddenError if it would leave the principal's reach or sets a field reserved for those above;
 * ConflictError for a circle, too short a retention, and anything that would break.
 */
export async function changeOrganization(
  { store, principal, guarded }: { store: Store; principal: Principal; guarded: Guarded },
  slug: string,
  { parent: wanted, ...rest }: OrganizationChanges,
): Promise<OrganizationView> {
  // What is above their own is shown to nobody: they read that there is none, and may write that again.
  const isAsShown = wanted === undefined || (wanted === null && slug === principal.organization);
  const asked: OrganizationChanges = isAsShown ? rest : { ...rest, parent: wanted };
  return await changing(store, async (tx) => {
    const { parent } = asked;
    if (typeof parent === 'string') await subtreeHolds({ db: tx }, principal, parent, 'body.parent');
    const before = await getOrganization(tx, principal, slug);
    if (asksNothing(asked)) return before;
    await demandSayable(tx, principal, { before, asked });
    const change = () => write(tx, principal, { before, asked });
    if (parent === undefined || parent === before.parent) return await change();
    await checkMove(tx, principal, { slug, parent });
    const [from, to] = [before.parent, parent];
    await refusePastMove(tx, { kind: 'organization', name: slug, from, to, field: 'body.parent' });
    const what = `moving ${slug} ${parent === null ? 'to the top' : `below ${parent}`}`;
    return await guarded(tx, { principal, what, field: 'body.parent' }, change);
  });
}

async function write(
  tx: Transaction,
  principal: Principal,
  { before, asked }: { readonly before: OrganizationView; readonly asked: OrganizationChanges },
): Promise<OrganizationView> {
  const { slug } = before;
  const [row] = await tx
    .update(organizations)
    .set({
      ...columnsOf(asked),
      parent: asked.parent,
      saidBy: saidAfter(before.saidBy, asked, principal.organization),
      origin: 'manual',
    })
    .where(eq(organizations.slug, slug))
    .returning();
  if (!row) throw noOrganization(slug);
  await audit(tx, principal, {
    action: 'organizations.change',
    object: `organization ${slug}`,
    organization: slug,
    before: shownOrganization(before),
    after: shownOrganization(row),
  });
  return row;
}

/** What is undefined stays as it is, or as the table has it by default. */
const columnsOf = ({ tags, ...rest }: OrganizationChanges) => ({
  name: rest.name,
  tags: tags && [...tags],
  enabled: rest.enabled,
  domain: rest.domain,
  retentionDays: rest.retentionDays,
  minRetentionDays: rest.minRetentionDays,
  maxOrganizations: rest.maxOrganizations,
});

async function checkMove(
  tx: Transaction,
  principal: Principal,
  { slug, parent }: { readonly slug: string; readonly parent: string | null },
): Promise<void> {
  if (principal.organization !== null && (parent === null || slug === principal.organization)) {
    throw new ForbiddenError(
      `${slug} cannot be moved to where your token does not reach: use a token of an organization above it`,
    );
  }
  if (parent === null) return;
  const { rows } = await tx.execute(sql`select 1 where ${parent} in (${subtree(slug)})`);
  if (rows.length === 0) return;
  throw new ConflictError(
    `${slug} cannot be below ${parent}, which is ${slug} itself or below it: choose another parent`,
    { details: { field: 'body.parent' } },
  );
}
