/** Who asks: what they may reach and what they may do there. */
import { sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';

/** Each may do what the ones before it may. */
export const ROLES = ['viewer', 'operator', 'editor', 'admin'] as const;

/**
 * `viewer` reads; `operator` also runs, cancels and repeats; `editor` also changes triggers, mappings and variables;
 * `admin` also changes connections, organizations and tokens.
 */
export type Role = (typeof ROLES)[number];

export interface Principal {
  /** Id of a token, or `local`: the command line of this machine. */
  readonly actor: string;
  /** The root of what it may reach; null: the whole installation. */
  readonly organization: string | null;
  readonly role: Role;
}

/** The command line on this machine: whoever can open the store may do everything. */
export const LOCAL: Principal = { actor: 'local', organization: null, role: 'admin' };

/** Whether a role includes another one. */
export const includes = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** @throws ForbiddenError when the principal's role is lower than the one needed. */
export function demandRole(principal: Principal, needed: Role): void {
  if (includes(principal.role, needed)) return;
  throw new ForbiddenError(
    `this needs the role ${needed}, and ${principal.actor} is ${principal.role}: use a token with that role`,
  );
}

/**
 * The condition that a row is of the principal's organizations, for the query itself: `where ${within(p, runs.organization)}`.
 */
export function within({ organization }: Principal, column: SQLWrapper): SQL {
  return organization === null ? sql`true` : sql`${column} in (${subtree(organization)})`;
}

/** The answer to who asks for one that is not there, or not within their reach; `field`: of the request. */
export const noOrganization = (slug: string, field?: string): NotFoundError =>
  new NotFoundError(
    `there is no organization ${slug}: haloflow organizations list shows those that there are, haloflow organizations add makes one`,
    field === undefined ? {} : { details: { field } },
  );

/**
 * `field`: where in the request the organization is named.
 *
 * @throws NotFoundError when there is no such organization that the principal may reach; it does not tell which.
 */
export async function subtreeHolds(
  { db }: { readonly db: Pick<Store['db'], 'execute'> },
  principal: Principal,
  organization: string,
  field?: string,
): Promise<void> {
  const { rows } = await db.execute(
    sql`select 1 from organizations o where o.slug = ${organization} and ${within(principal, sql`o.slug`)}`,
  );
  if (rows.length === 0) throw noOrganization(organization, field);
}
