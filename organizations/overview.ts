/** What there is of an organization beside its row: what operators want to see of it at one look. */
import { and, asc, count, eq, sql } from 'drizzle-orm';
import { within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { connections, mappings, organizations } from '../store/schema/configuration.ts';
import { variables } from '../store/schema/control.ts';
import { triggers } from '../store/schema/triggers.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_RETENTION_DAYS } from './retention.ts';
import { holds } from './runFor.ts';
import type { RunFor } from './runFor.ts';
import type { Mapping, Organization, Override } from './types.ts';

export interface Overview {
  /** How many are right below it. */
  readonly children: number;
  /** Its own. */
  readonly connections: readonly { readonly id: string; readonly default: boolean }[];
  /** Who it is on connections that may be seen. */
  readonly mappings: readonly Omit<Mapping, 'organization'>[];
  /** Of triggers that may be seen and run for it. */
  readonly overrides: readonly {
    readonly trigger: string;
    readonly organization: string;
    readonly halo: Override;
  }[];
  /** How many it has set itself. */
  readonly variables: number;
  /** How long its runs are kept, and who says so; null: nobody does, or one out of reach. */
  readonly retention: { readonly days: number; readonly from: string | null };
}

/** What hangs on the organization; of mappings and overrides, those of connections and triggers in the principal's reach. */
export async function overviewOf(
  { db }: Pick<Store, 'db'>,
  principal: Principal,
  slug: string,
): Promise<Overview> {
  const [below] = await db
    .select({ children: count() })
    .from(organizations)
    .where(eq(organizations.parent, slug));
  const own = await db
    .select({ id: connections.id, default: connections.isDefault })
    .from(connections)
    .where(eq(connections.organization, slug))
    .orderBy(asc(connections.id));
  const mapped = await db
    .select({
      connection: mappings.connection,
      client: mappings.client,
      contact: mappings.contact,
      site: mappings.site,
      use: mappings.use,
    })
    .from(mappings)
    .innerJoin(connections, eq(connections.id, mappings.connection))
    .where(and(eq(mappings.organization, slug), within(principal, connections.organization)))
    .orderBy(asc(mappings.connection));
  const [set] = await db
    .select({ variables: count() })
    .from(variables)
    .where(eq(variables.organization, slug));
  return {
    children: below?.children ?? 0,
    connections: own,
    mappings: mapped,
    overrides: await overridesFor(db, principal, slug),
    variables: set?.variables ?? 0,
    retention: await retentionOf(db, principal, slug),
  };
}

/** The organization and those above it, nearest first. */
const line = (slug: string) => sql`
  with recursive line(slug, parent, tags, said_by, retention_days, height) as (
    select o.slug, o.parent, o.tags, o.said_by, o.retention_days, 0 from organizations o where o.slug = ${slug}
    union all
    select o.slug, o.parent, o.tags, o.said_by, o.retention_days, height + 1
    from organizations o join line on o.slug = line.parent where height < 1000
  )`;

async function overridesFor(
  db: Pick<Store['db'], 'execute'>,
  principal: Principal,
  slug: string,
): Promise<Overview['overrides']> {
  const { rows: above } = await db.execute<Pick<Organization, 'slug' | 'parent' | 'tags' | 'saidBy'>>(
    sql`${line(slug)} select slug, parent, tags, said_by as "saidBy" from line`,
  );
  const { rows } = await db.execute<{
    trigger: string;
    organization: string;
    runAs: string;
    runFor: RunFor;
    halo: Override;
  }>(sql`
    ${line(slug)}
    select t.id as trigger, t.organization, t.run_as as "runAs", t.run_for as "runFor", t.overrides -> 'halo' as halo
    from ${triggers} t join line l on l.slug = t.organization
    where t.overrides ? 'halo' and ${within(principal, sql`t.organization`)}
    order by t.id`);
  const organizations = above.map((row) => ({ ...row, name: row.slug, enabled: true }));
  return rows
    .filter((row) =>
      row.runAs === 'owner' ? row.organization === slug : holds({ organizations }, row, slug),
    )
    .map(({ trigger, organization, halo }) => ({ trigger, organization, halo }));
}

async function retentionOf(
  db: Pick<Store['db'], 'execute'>,
  principal: Principal,
  slug: string,
): Promise<Overview['retention']> {
  const { rows } = await db.execute<{ days: number; from: string | null }>(sql`
    ${line(slug)}
    select retention_days as days, case when ${within(principal, sql`line.slug`)} then line.slug end as from
    from line where retention_days is not null order by height limit 1`);
  return rows[0] ?? { days: DEFAULT_RETENTION_DAYS, from: null };
}
