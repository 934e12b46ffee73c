/** Which organizations a list is of, in its query, and whether they are so few that each is better looked at by itself. */
import { sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';
import type { Reach } from '../store/subtree.ts';

export interface Scope {
  /** Which organizations may be seen; default: all. */
  readonly reach?: Reach | undefined;
  /** Only this one and everything below it. */
  readonly organization?: string | undefined;
}

/** Whether a column's organization is of the scope. */
export function inScope(column: SQLWrapper, { reach, organization }: Scope): SQL {
  const own = reach ? reach(column) : sql`true`;
  const below = organization === undefined ? sql`true` : sql`${column} in (${subtree(organization)})`;
  // `is true` keeps it from becoming a join, of which the planner does not know how few rows it has to give.
  return sql`((${own}) is true and (${below}) is true)`;
}

/** So many are looked at one by one; for more, a list goes through all rows until it has enough. */
const FEW = 20;

/** The slugs of the scope as a subquery, when they are few; null for many. */
export async function fewOf({ db }: Pick<Store, 'db'>, scope: Scope): Promise<SQL | null> {
  const { reach, organization } = scope;
  if (reach === undefined && organization === undefined) return null;
  const slugs = sql`select o.slug from organizations o where ${inScope(sql`o.slug`, scope)}`;
  const { rows } = await db.execute(sql`${slugs} limit ${FEW + 1}`);
  if (rows.length > FEW) return null;
  // One that is no more has left rows, which only who may see everything can see.
  return organization === undefined ? slugs : subtree(organization);
}
