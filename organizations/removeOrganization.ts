/** Deletes an organization that nothing stands on. */
import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { SQLWrapper } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import { within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { ConflictError, ForbiddenError } from '../errors.ts';
import { apiTokens } from '../store/schema/access.ts';
import { connections, mappings, organizations } from '../store/schema/configuration.ts';
import { variables } from '../store/schema/control.ts';
import { runs } from '../store/schema/runs.ts';
import { triggers } from '../store/schema/triggers.ts';
import type { Store } from '../store/store.ts';
import { changing } from './changing.ts';
import type { Transaction } from './changing.ts';
import { getOrganization, shownOrganization } from './organizations.ts';
import type { OrganizationView } from './organizations.ts';
import { names } from './usage.ts';

export interface Removing {
  readonly withMappings: boolean;
  readonly withVariables: boolean;
}

/**
 * Its tokens go with it, its mappings and variables when that is asked for; runs and the audit log stay.
 *
 * @throws NotFoundError, ForbiddenError for the principal's own organization, ConflictError with what stands on it by
 * kind: `details.organizations`, `connections`, `catchAll`, `triggers`, `mappings`, `variables`, `runs`.
 */
export async function removeOrganization(
  { store, principal }: { readonly store: Store; readonly principal: Principal },
  slug: string,
  removing: Removing,
): Promise<{ readonly organization: OrganizationView; readonly tokens: readonly string[] }> {
  return await changing(store, async (tx) => {
    const before = await getOrganization(tx, principal, slug);
    if (slug === principal.organization) {
      throw new ForbiddenError(
        `${slug} is what your token reaches, and nobody deletes their own organization: use a token of an organization above it`,
      );
    }
    await refuseInUse(tx, principal, slug, removing);
    const tokens = await tx
      .select({ id: apiTokens.id })
      .from(apiTokens)
      .where(eq(apiTokens.organization, slug))
      .orderBy(asc(apiTokens.id));
    await tx.delete(organizations).where(eq(organizations.slug, slug));
    const gone = tokens.map(({ id }) => id);
    await audit(tx, principal, {
      action: 'organizations.delete',
      object: `organization ${slug}`,
      // Who is above it is to see that.
      organization: before.parent,
      before: { ...shownOrganization(before), tokens: gone },
    });
    return { organization: before, tokens: gone };
  });
}

/** What stands on it: ids of what the principal may see, and how many more there are. */
interface Found {
  readonly ids: readonly string[];
  readonly hidden: number;
}

async function refuseInUse(
  tx: Transaction,
  principal: Principal,
  slug: string,
  { withMappings, withVariables }: Removing,
): Promise<void> {
  const found = await usesOf(tx, principal, slug);
  const standing = Object.entries(found).filter(
    ([kind, { ids, hidden }]) =>
      ids.length + hidden > 0 &&
      !(kind === 'mappings' && withMappings) &&
      !(kind === 'variables' && withVariables),
  );
  if (standing.length === 0) return;
  const said = standing.flatMap(([kind, { ids, hidden }]) => {
    const what = WORDS[kind as keyof typeof WORDS];
    return [...names(`${what}:`, ids), ...(hidden > 0 ? [`${what}: ${hidden} that you cannot see`] : [])];
  });
  throw new ConflictError(
    `${slug} cannot be deleted while this stands on it: ${said.join('; ')}. Give these to another organization, delete ` +
      'or end them first; --with-mappings and --with-variables (withMappings and withVariables of the API) delete its mappings and variables with it',
    { details: Object.fromEntries(standing.map(([kind, { ids }]) => [kind, ids])) },
  );
}

const WORDS = {
  organizations: 'organizations below it',
  connections: 'connections',
  catchAll: 'connections that it is the catch-all of',
  triggers: 'triggers',
  mappings: 'mappings on connections',
  variables: 'variables',
  runs: 'runs under way',
} as const;

async function usesOf(
  tx: Transaction,
  principal: Principal,
  slug: string,
): Promise<Readonly<Record<keyof typeof WORDS, Found>>> {
  const seen = (column: SQLWrapper) => sql<boolean>`coalesce(${within(principal, column)}, false)`;
  return {
    organizations: foundIn(
      await tx
        .select({ id: organizations.slug, isSeen: sql<boolean>`true` })
        .from(organizations)
        .where(eq(organizations.parent, slug))
        .orderBy(asc(organizations.slug)),
    ),
    connections: foundIn(
      await tx
        .select({ id: connections.id, isSeen: sql<boolean>`true` })
        .from(connections)
        .where(eq(connections.organization, slug))
        .orderBy(asc(connections.id)),
    ),
    catchAll: foundIn(
      await tx
        .select({ id: connections.id, isSeen: seen(connections.organization) })
        .from(connections)
        .where(and(eq(connections.catchAll, slug), sql`${connections.organization} <> ${slug}`))
        .orderBy(asc(connections.id)),
    ),
    triggers: foundIn(
      await tx
        .select({ id: triggers.id, isSeen: seen(triggers.organization) })
        .from(triggers)
        .where(
          or(eq(triggers.organization, slug), sql`${triggers.runFor} -> 'organizations' ? ${slug}::text`),
        )
        .orderBy(asc(triggers.id)),
    ),
    mappings: foundIn(
      await tx
        .select({ id: mappings.connection, isSeen: seen(connections.organization) })
        .from(mappings)
        .innerJoin(connections, eq(connections.id, mappings.connection))
        .where(eq(mappings.organization, slug))
        .orderBy(asc(mappings.connection)),
    ),
    variables: foundIn(
      await tx
        .select({ id: variables.name, isSeen: sql<boolean>`true` })
        .from(variables)
        .where(eq(variables.organization, slug))
        .orderBy(asc(variables.name)),
    ),
    runs: foundIn(
      await tx
        .select({ id: runs.id, isSeen: seen(runs.organization) })
        .from(runs)
        .where(and(eq(runs.status, 'running'), or(eq(runs.organization, slug), eq(runs.owner, slug))))
        .orderBy(asc(runs.startedAt)),
    ),
  };
}

const foundIn = (rows: readonly { readonly id: string; readonly isSeen: boolean }[]): Found => {
  const ids = rows.filter(({ isSeen }) => isSeen).map(({ id }) => id);
  return { ids, hidden: rows.length - ids.length };
};
