/** The tree of organizations in queries. */
import { sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';

/** The slugs of an organization and of all below it, as a subquery; its own also when it exists no more. */
export function subtree(organization: string): SQL {
  return sql`with recursive tree(slug) as (
      select ${organization}::text
      union
      select o.slug from organizations o join tree on o.parent = tree.slug
    ) select slug from tree`;
}

/** The condition that a row's organization may be seen by who asks, for the query itself. */
export type Reach = (organization: SQLWrapper) => SQL;
