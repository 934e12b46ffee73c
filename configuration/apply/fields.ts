/** The rows as the file spells them, and a few words on each: what plans compare and show. */
import type { IgnoredClient, Mapping, Organization } from '../../organizations/types.ts';
import { hasUrl } from '../../triggers/webhooks/urls.ts';
import type { NamedVariable } from '../file/read.ts';
import type { DesiredConnection, DesiredTrigger } from './rows.ts';
import { ignoredId, mappingId, variableId } from './rows.ts';

/** A row as the file spells it. */
export type Fields = {
  readonly id: string;
  readonly organization: string;
  readonly values: Readonly<Record<string, unknown>>;
};

export function organizationFields({
  slug,
  name,
  parent,
  tags,
  enabled,
  domain = null,
  retentionDays = null,
  minRetentionDays = null,
  maxOrganizations = null,
}: Organization): Fields {
  return {
    id: slug,
    organization: slug,
    values: { name, parent, tags, enabled, domain, retentionDays, minRetentionDays, maxOrganizations },
  };
}

export function connectionFields(row: DesiredConnection): Fields {
  const { id, organization, resourceServer, authServer, tenant, onPremise, clientId, scope } = row;
  return {
    id,
    organization,
    values: {
      organization,
      default: row.isDefault,
      enabled: row.enabled,
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

export function mappingFields(row: Mapping): Fields {
  const { client, contact, site, use } = row;
  return { id: mappingId(row), organization: row.organization, values: { client, contact, site, use } };
}

/** With the owner of its connection. */
export type PlannedIgnored = IgnoredClient & { readonly organization: string };

export function ignoredFields(row: PlannedIgnored): Fields {
  return { id: ignoredId(row), organization: row.organization, values: { reason: row.reason } };
}

/** Of a secret its value is `secret`, which is never shown. */
export function variableFields(row: NamedVariable): Fields {
  const { type, value, secret, description } = row;
  const held = type === 'secret' ? { secret } : { value: ordered(value) };
  return { id: variableId(row), organization: row.organization, values: { type, ...held, description } };
}

/** As it is to be, a trigger with a URL has a secret. */
export type PlannedTrigger = DesiredTrigger & { readonly hasSecret?: boolean };

export function triggerFields(row: PlannedTrigger): Fields {
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

export type Shown = Readonly<Record<string, unknown>>;

export function aboutOrganization({ name, parent, tags, enabled }: Shown): string {
  const tagged = Array.isArray(tags) && tags.length > 0 ? `tags ${tags.join(' ')}` : '';
  return words(
    name,
    typeof parent === 'string' ? `parent ${parent}` : '',
    tagged,
    enabled === false ? 'disabled' : '',
  );
}

export function aboutConnection({
  organization,
  default: isDefault,
  resourceServer,
  enabled,
}: Shown): string {
  return words(
    `of ${String(organization)}`,
    isDefault === true ? 'default' : '',
    resourceServer,
    enabled === false ? 'disabled' : '',
  );
}

export function aboutMapping({ client, use }: Shown): string {
  return words(`client ${String(client)}`, use === true ? 'in use' : '');
}

export function aboutIgnored({ reason }: Shown): string {
  return typeof reason === 'string' ? reason.replaceAll(/\s+/g, ' ') : 'no reason given';
}

export function aboutVariable({ type, value }: Shown): string {
  return words(type, type === 'secret' ? '' : typeof value === 'string' ? value : JSON.stringify(value));
}

export function aboutTrigger({ type, organization, workflow, enabled }: Shown): string {
  return words(
    `${String(type)} of ${String(organization)}`,
    `runs ${String(workflow)}`,
    enabled === false ? 'disabled' : '',
  );
}

function words(...parts: readonly unknown[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
