/** Who may take a name: what was done under it stays behind it, and belongs to those that had it. */
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
   * The organizations that will have it, from the root down: those above an organization, the owner of a connection or
   * trigger and those above that. Empty: a root.
   */
  readonly path: readonly string[];
}

/** Those that had it; null: nobody knows. */
type Holders = readonly string[] | null;

/** Of a slug, in characters. */
const LONGEST_SLUG = 40;

/**
 * Whether one of those that had it is above it again, and in reach of who asks. A root was had by the whole
 * installation, and goes to no tree.
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
 * Lets a name be given to something new. What a token with a root makes an organization begins with a slug in its reach,
 * so that a refusal tells nothing about organizations elsewhere.
 *
 * @throws ConflictError when it was somebody else's, or is no slug for one who makes it with such a token.
 */
export async function demandFreeName(
  db: Database,
  principal: Principal,
  {
    field,
    owner,
    ...asked
  }: Pick<Taking, 'kind' | 'name'> & {
    /** What an organization is to be below (null: a root), or the owner of the rest. */
    readonly owner: string | null;
    /** Of the request. */
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

/** Names that were others', whatever is left of them: for one who looks for a free name, not for a certain one. */
export async function othersNames(
  db: Database,
  principal: Pick<Principal, 'organization'>,
  { kind, path }: Pick<Taking, 'kind' | 'path'>,
): Promise<readonly string[]> {
  const past = await db.select().from(pastNames).where(eq(pastNames.kind, kind));
  return past.filter(({ holders }) => !isTheirsAgain(principal, holders, path)).map(({ name }) => name);
}

/** The names of this list that cannot be taken, since they were somebody else's. */
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

/** Whether what moves would take what was done under it out of its tree. */
export async function leavesPast(
  db: Database,
  { from, path, ...moving }: Taking & { /** The path that it has now. */ readonly from: readonly string[] },
): Promise<boolean> {
  if (from.length === 0 || path.length === 0 || path.some((slug) => from.includes(slug))) return false;
  return await hasTraces(db, moving, false);
}

/**
 * Holds a move against the rule.
 *
 * @throws ConflictError when it would take what was done under it to another tree.
 */
export async function refusePastMove(
  db: Database,
  {
    from,
    to,
    field,
    ...moving
  }: Pick<Taking, 'kind' | 'name'> & {
    /** As `owner` of a new name: what it is below now, and is to be. */
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

/** What is wrong with taking a name. */
export const pastText = ({ kind, name }: Pick<Taking, 'kind' | 'name'>): string =>
  `the ${kind === 'organization' ? 'slug' : 'id'} ${name} belonged to another ${kind} whose records are still kept`;

/** What is wrong with moving something that has a past. */
export const movedText = ({ kind, name }: Pick<Taking, 'kind' | 'name'>): string =>
  `${kind} ${name} has records that the organizations above it there could then read: leave it where it is, and create a new one there`;

/** The organizations from the root down to this one. */
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

/** Whether anything is left that whoever has the name gets to see or to use. Read only where a name is another's. */
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
