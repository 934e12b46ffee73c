/** The rows of the configuration as they are stored, and what becomes of them when a file is applied. */
import { and, inArray, sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { ignoredClients, variables } from '../../store/schema/control.ts';
import { triggers } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { FileContent, NamedConnection, NamedVariable } from '../file/read.ts';
import type {
  Configuration,
  Connection,
  IgnoredClient,
  Mapping,
  Organization,
} from '../../organizations/types.ts';
import { triggerColumns } from '../../triggers/registry.ts';
import type { Trigger, TriggerType } from '../../triggers/types.ts';

export type Database = Pick<Store['db'], 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** Who wrote a row: `file` (apply), `manual` (by hand), `demo` (the smoke test's own). */
export type Origin = (typeof organizations.$inferSelect)['origin'];
export type Stored<Row> = Row & { readonly origin: Origin };

/** A variable as it is stored. */
export type StoredVariable = Pick<
  typeof variables.$inferSelect,
  'organization' | 'name' | 'type' | 'value' | 'sealedValue' | 'description'
>;

export interface Rows {
  readonly organizations: readonly Stored<Organization>[];
  readonly connections: readonly Stored<Connection>[];
  readonly mappings: readonly Stored<Mapping>[];
  readonly ignoredClients: readonly Stored<IgnoredClient>[];
  readonly variables: readonly Stored<StoredVariable>[];
  readonly triggers: readonly Stored<Trigger>[];
}

export const NOTHING = {
  organizations: [],
  connections: [],
  mappings: [],
  ignoredClients: [],
  variables: [],
  triggers: [],
} as const satisfies Rows;

export function mappingId(mapping: Pick<Mapping, 'connection' | 'organization'>): string {
  return `${mapping.connection}/${mapping.organization}`;
}

export function ignoredId({ connection, client }: Pick<IgnoredClient, 'connection' | 'client'>): string {
  return `${connection}/${client}`;
}

export function variableId({ organization, name }: Pick<StoredVariable, 'organization' | 'name'>): string {
  return `${organization}/${name}`;
}

/** `reach`: the condition that an organization's slug is of those to be read; default all. */
export async function readRows(
  db: Database,
  reach: (slug: SQLWrapper) => SQL = () => sql`true`,
): Promise<Rows> {
  const ofMine = db.select({ id: connections.id }).from(connections).where(reach(connections.organization));
  return {
    organizations: await db
      .select()
      .from(organizations)
      .where(reach(organizations.slug))
      .orderBy(organizations.slug),
    connections: await db
      .select()
      .from(connections)
      .where(reach(connections.organization))
      .orderBy(connections.id),
    mappings: await db
      .select()
      .from(mappings)
      .where(and(reach(mappings.organization), inArray(mappings.connection, ofMine)))
      .orderBy(mappings.connection, mappings.organization),
    ignoredClients: await db
      .select()
      .from(ignoredClients)
      .where(inArray(ignoredClients.connection, ofMine))
      .orderBy(ignoredClients.connection, ignoredClients.client),
    variables: await db
      .select()
      .from(variables)
      .where(reach(variables.organization))
      .orderBy(variables.organization, variables.name),
    triggers: (await db
      .select(triggerColumns)
      .from(triggers)
      .where(reach(triggers.organization))
      // Only this folder writes these rows, in the shapes of triggers/types.ts.
      .orderBy(triggers.id)) as unknown as Stored<Trigger>[],
  };
}

/** The rows that the file does not name. */
function unnamed(content: FileContent, stored: Rows): Rows {
  const slugs = new Set(content.organizations.map(({ slug }) => slug));
  const ids = new Set(content.connections.map(({ id }) => id));
  const pairs = new Set(content.mappings.map(mappingId));
  const ignored = new Set(content.ignoredClients.map(ignoredId));
  const values = new Set(content.variables.map(variableId));
  const named = new Set(content.triggers.map(({ id }) => id));
  return {
    organizations: stored.organizations.filter(({ slug }) => !slugs.has(slug)),
    connections: stored.connections.filter(({ id }) => !ids.has(id)),
    mappings: stored.mappings.filter((mapping) => !pairs.has(mappingId(mapping))),
    ignoredClients: stored.ignoredClients.filter((row) => !ignored.has(ignoredId(row))),
    variables: stored.variables.filter((variable) => !values.has(variableId(variable))),
    triggers: stored.triggers.filter(({ id }) => !named.has(id)),
  };
}

/** Rows made by hand stay when the file does not name them; all others go. Who is mapped by the file is not ignored. */
export function splitRows(
  content: FileContent,
  stored: Rows,
): { readonly staying: Rows; readonly leaving: Rows } {
  const rest = unnamed(content, stored);
  const mapped = new Set(content.mappings.map(ignoredId));
  const pick = (stays: boolean): Rows => {
    const keep = ({ origin }: { origin: Origin }): boolean => (origin === 'manual') === stays;
    return {
      organizations: rest.organizations.filter(keep),
      connections: rest.connections.filter(keep),
      mappings: rest.mappings.filter(keep),
      ignoredClients: rest.ignoredClients.filter(
        (row) => (row.origin === 'manual' && !mapped.has(ignoredId(row))) === stays,
      ),
      variables: rest.variables.filter(keep),
      triggers: rest.triggers.filter(keep),
    };
  };
  return { staying: pick(true), leaving: pick(false) };
}

/** A connection as it is to be: its default settled, its secret still in clear. */
export type DesiredConnection = Omit<NamedConnection, 'saysDefault'> & { readonly isDefault: boolean };

/** A trigger as it is to be; when it was enabled and its secret are settled as it is written. */
export type DesiredTrigger = Omit<Trigger, 'enabledAt' | 'sealedSecret'>;

export interface Desired {
  readonly organizations: readonly Organization[];
  readonly connections: readonly DesiredConnection[];
  readonly mappings: readonly Mapping[];
  readonly ignoredClients: readonly IgnoredClient[];
  /** Secrets in clear. */
  readonly variables: readonly NamedVariable[];
  readonly triggers: readonly DesiredTrigger[];
}

/**
 * An organization's default is the connection that says so, or the only one that the file has of it: what was made by hand
 * beside that changes nothing, unless it is the default.
 */
export function settle(content: FileContent, staying: Rows): Desired {
  const withOne = ownersOfOne(content, staying);
  return {
    organizations: content.organizations,
    connections: content.connections.map(({ saysDefault, ...connection }) => ({
      ...connection,
      isDefault: saysDefault ?? withOne.has(connection.organization),
    })),
    mappings: content.mappings,
    ignoredClients: content.ignoredClients,
    variables: content.variables,
    // Of one without a type nothing is written: that is a problem.
    triggers: content.triggers.map((trigger) => ({ ...trigger, type: trigger.type as TriggerType })),
  };
}

/** The organizations with one connection in the file and no default beside it. */
export function ownersOfOne(content: FileContent, staying: Rows): ReadonlySet<string> {
  const [owners, others] = [new Set<string>(), new Set<string>()];
  for (const { organization, isDefault } of staying.connections) if (isDefault) others.add(organization);
  for (const { organization } of content.connections) {
    if (owners.has(organization)) others.add(organization);
    owners.add(organization);
  }
  return new Set([...owners].filter((owner) => !others.has(owner)));
}

/** What there is with the file applied; secrets are left out. */
export function configurationAfter(desired: Desired, staying: Rows): Configuration {
  return {
    version: 0,
    organizations: [...desired.organizations, ...staying.organizations],
    connections: [
      ...desired.connections.map((row) => ({ ...row, sealedSecret: '' })),
      ...staying.connections,
    ],
    mappings: [...desired.mappings, ...staying.mappings],
  };
}
