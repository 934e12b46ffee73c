/** Decides who may use a name again: its old records stay under it, and belong to its former holders. */
import { and, eq, sql } from 'drizzle-orm';
import { ConflictError } from '../errors.ts';
import { pastNames } from '../store/schema/names.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';
import { within } from './principal.ts';
import type { Principal } from './principal.ts';

type Database = Pick<Store['db'], 'select' | 'execute'>;

/** An organization by its slug, a connection or a trigger by its id. */
export type NameKind = (typeof pastNames.$inferSelect)['kind'];

export interface Taking {
  readonly kind: NameKind;
  readonly name: string;
  /**
   * The organizations that will hold the name, from the root down: those above an organization; the owner of a connection
   * or trigger and those above it. Empty for a root.
   */
  readonly path: readonly string[];
}

/** The organizations that held the name; null if unknown. */
type Holders = readonly string[] | null;

/** The longest slug, in characters. */
const LONGEST_SLUG = 40;

/**
 * Whether a former holder is on the new path and within reach of the principal. The name of a former root belongs to the
 * whole installation, and can only become a root again.
 */
function isTheirsAgain(
  { organization }: Pick<Principal, 'organization'>,
  holders: Holders,
  path: readonly string[],
): boolean {
  if (holders === null) return organization === null;
  if (holders.length === 0) return path.length === 0;
  const reached = organization === null ? path : path.slice(Math.max(path.indexOf(organization), 0));
  return reached.some((slug) => holders.includes(slug));
}

/**
 * Checks that something new may have a name. With a token for an organization, a new slug must begin with a slug within
 * reach, so that a refusal reveals nothing about other organizations.
 *
 * @throws ConflictError if others held the name and their records are kept, or if the slug does not begin as it must.
 */
export async function demandFreeName(
  db: Database,
  principal: Principal,
  {
    field,
    owner,
    ...asked
  }: Pick<Taking, 'kind' | 'name'> & {
    /** The parent of an organization (null: a root); the owner of a connection or trigger. */
    readonly owner: string | null;
    /** The field of the request that the error names. */
    readonly field: string;
  },
): Promise<void> {
  const taking = { ...asked, path: owner === null ? [] : await pathTo(db, owner) };
  const { kind, name, path } = taking;
  const [past] = await db
    .select()
    .from(pastNames)
    .where(and(eq(pastNames.kind, kind), eq(pastNames.name, name)));
  if (past && isTheirsAgain(principal, past.holders, path)) return;
  if (kind === 'organization') await demandOwnWords(db, principal, name, field);
  if (!past || !(await hasTraces(db, asked))) return;
  throw new ConflictError(`${pastText(taking)}: choose another name`, { details: { field } });
}

async function demandOwnWords(
  db: Database,
  principal: Principal,
  slug: string,
  field: string,
): Promise<void> {
  const { organization } = principal;
  if (organization === null) return;
  const { rows } = await db.execute(
    sql`select 1 from organizations o where starts_with(${slug}, o.slug || '-') and ${within(principal, sql`o.slug`)} limit 1`,
  );
  if (rows.length > 0) return;
  throw new ConflictError(
    `with a token for ${organization}, a new slug must begin with ${organization}- or with the slug of an organization below ` +
      `it, and ${slug} does not: choose another slug, such as ${`${organization}-${slug}`.slice(0, LONGEST_SLUG)}`,
    { details: { field } },
  );
}

/** All names that others held, whether or not records are kept: for choosing a free name. */
export async function othersNames(
  db: Database,
  principal: Pick<Principal, 'organization'>,
  { kind, path }: Pick<Taking, 'kind' | 'path'>,
): Promise<readonly string[]> {
  const past = await db.select().from(pastNames).where(eq(pastNames.kind, kind));
  return past.filter(({ holders }) => !isTheirsAgain(principal, holders, path)).map(({ name }) => name);
}

/** The names in the list that cannot be used, because others held them and their records are kept. */
export async function othersPast(
  db: Database,
  principal: Pick<Principal, 'organization'>,
  names: readonly Taking[],
): Promise<readonly Taking[]> {
  if (names.length === 0) return [];
  const past = new Map((await db.select().from(pastNames)).map((row) => [keyOf(row), row.holders]));
  const found: Taking[] = [];
  for (const one of names) {
    const holders = past.get(keyOf(one));
    if (holders === undefined || isTheirsAgain(principal, holders, one.path)) continue;
    if (await hasTraces(db, one)) found.push(one);
  }
  return found;
}

/** Whether a move would take records to another tree. */
export async function leavesPast(
  db: Database,
  { from, path, ...moving }: Taking & { /** The path that it has now. */ readonly from: readonly string[] },
): Promise<boolean> {
  if (from.length === 0 || path.length === 0 || path.some((slug) => from.includes(slug))) return false;
  return await hasTraces(db, moving, false);
}

/**
 * Checks a move.
 *
 * @throws ConflictError if it would take records to another tree.
 */
export async function refusePastMove(
  db: Database,
  {
    from,
    to,
    field,
    ...moving
  }: Pick<Taking, 'kind' | 'name'> & {
    /** The parent or owner before and after, as `owner` of a new name. */
    readonly from: string | null;
    readonly to: string | null;
    /** Of the request. */
    readonly field: string;
  },
): Promise<void> {
  if (from === to || from === null || to === null) return;
  const paths = { from: await pathTo(db, from), path: await pathTo(db, to) };
  if (await leavesPast(db, { ...moving, ...paths }))
    throw new ConflictError(movedText(moving), { details: { field } });
}

/** Why a name cannot be used. */
export const pastText = ({ kind, name }: Pick<Taking, 'kind' | 'name'>): string =>
  `the ${kind === 'organization' ? 'slug' : 'id'} ${name} belonged to another ${kind} whose records are still kept`;

/** Why something with records cannot be moved. */
export const movedText = ({ kind, name }: Pick<Taking, 'kind' | 'name'>): string =>
  `${kind} ${name} has records that the organizations above it there could then read: leave it where it is, and create a new one there`;

/** The slugs from the root down to this organization. */
export async function pathTo(
  db: Pick<Database, 'execute'>,
  organization: string,
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ slug: string }>(sql`
    with recursive line(slug, parent, height) as (
      select o.slug, o.parent, 0 from organizations o where o.slug = ${organization}
      union all
      select o.slug, o.parent, line.height + 1 from organizations o join line on o.slug = line.parent
      where line.height < 1000
    ) select slug from line order by height desc`);
  return rows.map(({ slug }) => slug);
}

const keyOf = ({ kind, name }: Pick<Taking, 'kind' | 'name'>): string => `${kind} ${name}`;

/** Whether records are kept that the holder of the name could see or use. Queried only if others held the name. */
async function hasTraces(
  db: Database,
  { kind, name }: Pick<Taking, 'kind' | 'name'>,
  withAudit = true,
): Promise<boolean> {
  for (const [table, column] of TRACES[kind]) {
    if (table === 'audit_log' && !withAudit) continue;
    const isIts = kind === 'organization' ? sql`in (${subtree(name)})` : sql`= ${name}`;
    const { rows } = await db.execute(
      sql`select 1 from ${sql.identifier(table)} where ${sql.identifier(column)} ${isIts} limit 1`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}

/** Audit lines of connections and triggers stay with the organization that had them. */
const TRACES: Readonly<Record<NameKind, readonly (readonly [table: string, column: string])[]>> = {
  organization: [
    ['runs', 'organization'],
    ['events', 'organization'],
    ['audit_log', 'organization'],
    ['runs', 'owner'],
    ['calls', 'organization'],
  ],
  connection: [
    ['events', 'connection'],
    ['feeds', 'connection'],
    ['writes', 'connection'],
    ['calls', 'connection'],
  ],
  trigger: [
    ['events', 'trigger'],
    ['runs', 'trigger'],
  ],
};
