/** What applying a file would change: pure, from the rows as they are and as the file wants them. */
import { isDeepStrictEqual } from 'node:util';
import type { Mapping, Organization } from '../../organizations/types.ts';
import { hasUrl } from '../../triggers/webhooks/urls.ts';
import type { NamedVariable } from '../file/read.ts';
import type { Desired, DesiredConnection, DesiredTrigger, Origin, Rows, Stored } from './rows.ts';
import { mappingId, variableId } from './rows.ts';

export interface Change {
  /** As the file spells it: `clientId`, `rateLimit.requests`; `origin` when the row was somebody else's. */
  readonly field: string;
  /** Null where there was nothing; `(changed)` for secrets and what comes from the environment. */
  readonly from: unknown;
  readonly to: unknown;
}

export interface PlanItem {
  readonly op: '+' | '~' | '-';
  readonly kind: 'organization' | 'connection' | 'mapping' | 'variable' | 'trigger';
  /** Slug, id, `connection/organization` for a mapping, `organization/name` for a variable. */
  readonly id: string;
  /** Whose it is; of an organization itself, its own slug. */
  readonly organization: string;
  /** A few words on what it is: `Acme, parent northwind`. */
  readonly about: string;
  readonly changes: readonly Change[];
}

/** In the order of the file's sections; empty when the file is in force already. */
export interface Plan {
  readonly items: readonly PlanItem[];
  /** What people should know of it beside, in sentences. */
  readonly effects: readonly string[];
}

/** Shown in place of values that must not be. */
export const hidden = '(changed)';

export interface Comparison {
  readonly desired: Desired;
  readonly stored: Rows;
  /** The stored rows that are to be deleted. */
  readonly leaving: Rows;
  /** The origin that rows of this file get. */
  readonly origin: Origin;
  /** Stored secrets in clear, by connection; null for one that cannot be unsealed. */
  readonly secrets: ReadonlyMap<string, string | null>;
  /** The same of variables, by `organization/name`. */
  readonly variableSecrets: ReadonlyMap<string, string | null>;
  /** Triggers whose stored secret cannot be unsealed. */
  readonly lostSecrets: ReadonlySet<string>;
  /** Whether the value at a path of the file, such as `connections.acme-halo.tenant`, came from the environment. */
  readonly isHidden: (path: string) => boolean;
}

export function comparePlan(comparison: Comparison): Pick<Plan, 'items'> {
  const { desired, stored, leaving, secrets, variableSecrets, lostSecrets } = comparison;
  const organizations = kind({
    kind: 'organization',
    section: 'organizations',
    toFields: organizationFields,
    about: aboutOrganization,
  });
  const connections = kind({
    kind: 'connection',
    section: 'connections',
    toFields: connectionFields,
    about: aboutConnection,
  });
  const mappings = kind({
    kind: 'mapping',
    section: 'mappings',
    toFields: mappingFields,
    about: aboutMapping,
  });
  const variables = kind({
    kind: 'variable',
    section: 'variables',
    toFields: variableFields,
    about: aboutVariable,
  });
  const triggers = kind({
    kind: 'trigger',
    section: 'triggers',
    toFields: triggerFields,
    about: aboutTrigger,
  });
  const inClear = (rows: Rows): Stored<DesiredConnection>[] =>
    rows.connections.map((row) => ({ ...row, secret: secrets.get(row.id) ?? '' }));
  const opened = (rows: Rows): Stored<NamedVariable>[] =>
    rows.variables.map((row) => ({ ...row, secret: variableSecrets.get(variableId(row)) ?? null }));
  const withSecrets = (rows: Rows): Stored<PlannedTrigger>[] =>
    rows.triggers.map((row) => ({
      ...row,
      hasSecret: row.sealedSecret !== null && !lostSecrets.has(row.id),
    }));
  return {
    items: [
      ...organizations(comparison, desired.organizations, stored.organizations, leaving.organizations),
      ...connections(comparison, desired.connections, inClear(stored), inClear(leaving)),
      ...mappings(comparison, desired.mappings, stored.mappings, leaving.mappings),
      ...variables(comparison, desired.variables, opened(stored), opened(leaving)),
      ...triggers(comparison, desired.triggers, withSecrets(stored), withSecrets(leaving)),
    ],
  };
}

/** A row as the file spells it: what is compared and shown. */
type Fields = {
  readonly id: string;
  readonly organization: string;
  readonly values: Readonly<Record<string, unknown>>;
};

interface Kind<Row> {
  readonly kind: PlanItem['kind'];
  readonly section: string;
  readonly toFields: (row: Row) => Fields;
  readonly about: (shown: Shown) => string;
}

type Compare<Row> = (
  comparison: Comparison,
  desired: readonly Row[],
  stored: readonly Stored<Row>[],
  leaving: readonly Stored<Row>[],
) => PlanItem[];

/** Client ids are hidden with the secrets: they come from the environment together, and so did the old ones. */
const alwaysHidden = new Set(['clientId', 'clientSecret', 'secret']);

function kind<Row>({ kind: name, section, toFields, about }: Kind<Row>): Compare<Row> {
  return ({ isHidden, origin }, desired, stored, leaving) => {
    const before = new Map(stored.map((row) => [toFields(row).id, row]));
    const hides = (id: string, field: string): boolean =>
      alwaysHidden.has(field) || isHidden(`${section}.${id.replace('/', '.')}.${field}`);

    const named = desired.flatMap((row): PlanItem[] => {
      const { id, organization, values } = toFields(row);
      const shown = Object.fromEntries(
        Object.entries(values).map(([field, value]) => [
          field,
          hides(id, field) ? '(from the environment)' : value,
        ]),
      );
      const old = before.get(id);
      const was = old && toFields(old).values;
      const changes = Object.entries(values).flatMap(([field, to]): Change[] => {
        const from = was?.[field] ?? null;
        if (isDeepStrictEqual(from, to)) return [];
        return [hides(id, field) ? { field, from: was ? hidden : null, to: hidden } : { field, from, to }];
      });
      if (old && old.origin !== origin) changes.unshift({ field: 'origin', from: old.origin, to: origin });
      if (old && changes.length === 0) return [];
      return [{ op: old ? '~' : '+', kind: name, id, organization, about: about(shown), changes }];
    });
    const gone = leaving.map((row): PlanItem => {
      const { id, organization, values } = toFields(row);
      return {
        op: '-',
        kind: name,
        id,
        organization,
        about: about({ ...values, resourceServer: '' }),
        changes: [],
      };
    });
    return [...named, ...gone];
  };
}

function organizationFields({
  slug,
  name,
  parent,
  tags,
  enabled,
  domain = null,
  retentionDays = null,
}: Organization): Fields {
  return { id: slug, organization: slug, values: { name, parent, tags, enabled, domain, retentionDays } };
}

function connectionFields(row: DesiredConnection): Fields {
  const { id, organization, resourceServer, authServer, tenant, onPremise, clientId, scope } = row;
  return {
    id,
    organization,
    values: {
      organization,
      default: row.isDefault,
      resourceServer,
      authServer,
      tenant,
      onPremise,
      clientId,
      clientSecret: row.secret,
      scope,
      'rateLimit.requests': row.rateRequests,
      'rateLimit.perSeconds': row.ratePerSeconds,
      writeSettleSeconds: row.writeSettleSeconds ?? null,
      catchAll: row.catchAll ?? null,
    },
  };
}

function mappingFields(row: Mapping): Fields {
  const { client, contact, site, use } = row;
  return { id: mappingId(row), organization: row.organization, values: { client, contact, site, use } };
}

/** Of a secret its value is `secret`, which is never shown. */
function variableFields(row: NamedVariable): Fields {
  const { type, value, secret, description } = row;
  const held = type === 'secret' ? { secret } : { value: ordered(value) };
  return { id: variableId(row), organization: row.organization, values: { type, ...held, description } };
}

/** As it is to be, a trigger with a URL has a secret. */
type PlannedTrigger = DesiredTrigger & { readonly hasSecret?: boolean };

function triggerFields(row: PlannedTrigger): Fields {
  const { id, organization, type, connection, workflow, runAs, overrides, criteria, variables, enabled } =
    row;
  const runFor = nested('runFor', { ...row.runFor });
  const parameters = nested('parameters', row.parameters);
  return {
    id,
    organization,
    values: {
      organization,
      type,
      connection,
      workflow,
      runAs,
      ...runFor,
      overrides: ordered(overrides),
      criteria: ordered(criteria),
      ...parameters,
      variables: ordered(variables),
      enabled,
      ...(hasUrl(type) ? { secret: row.hasSecret ?? true } : {}),
    },
  };
}

function nested(key: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${key}.${name}`, ordered(value)]),
  );
}

/** Postgres keeps the keys of JSON in an order of its own; shown beside each other, both sides have the same. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

type Shown = Readonly<Record<string, unknown>>;

function aboutOrganization({ name, parent, tags, enabled }: Shown): string {
  const tagged = Array.isArray(tags) && tags.length > 0 ? `tags ${tags.join(' ')}` : '';
  return words(
    name,
    typeof parent === 'string' ? `parent ${parent}` : '',
    tagged,
    enabled === false ? 'disabled' : '',
  );
}

function aboutConnection({ organization, default: isDefault, resourceServer }: Shown): string {
  return words(`of ${String(organization)}`, isDefault === true ? 'default' : '', resourceServer);
}

function aboutMapping({ client, use }: Shown): string {
  return words(`client ${String(client)}`, use === true ? 'in use' : '');
}

function aboutVariable({ type, value }: Shown): string {
  return words(type, type === 'secret' ? '' : typeof value === 'string' ? value : JSON.stringify(value));
}

function aboutTrigger({ type, organization, workflow, enabled }: Shown): string {
  return words(
    `${String(type)} of ${String(organization)}`,
    `runs ${String(workflow)}`,
    enabled === false ? 'disabled' : '',
  );
}

function words(...parts: readonly unknown[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
