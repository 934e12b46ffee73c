/** What applying a file would change: pure, from the rows as they are and as the file wants them. */
import { isDeepStrictEqual } from 'node:util';
import type { IgnoredClient } from '../../organizations/types.ts';
import type { NamedVariable } from '../file/read.ts';
import {
  aboutConnection,
  aboutIgnored,
  aboutMapping,
  aboutOrganization,
  aboutTrigger,
  aboutVariable,
  connectionFields,
  ignoredFields,
  mappingFields,
  organizationFields,
  triggerFields,
  variableFields,
} from './fields.ts';
import type { Fields, PlannedIgnored, PlannedTrigger, Shown } from './fields.ts';
import type { Desired, DesiredConnection, Origin, Rows, Stored } from './rows.ts';
import { hidden } from './render.ts';
import { variableId } from './rows.ts';

export interface Change {
  /** As the file spells it: `clientId`, `rateLimit.requests`; `origin` when the row was somebody else's. */
  readonly field: string;
  /** Null where there was nothing; `(changed)` for secrets and what comes from the environment. */
  readonly from: unknown;
  readonly to: unknown;
}

export interface PlanItem {
  readonly op: '+' | '~' | '-';
  readonly kind: 'organization' | 'connection' | 'mapping' | 'ignored client' | 'variable' | 'trigger';
  /** Slug, id, `connection/organization` for a mapping, `connection/client`, `organization/name` for a variable. */
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
const ignored = kind({
  kind: 'ignored client',
  section: 'ignoredClients',
  toFields: ignoredFields,
  about: aboutIgnored,
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

/** The items of a plan; each kind of row is compared by what `fields.ts` says of it. */
export function comparePlan(comparison: Comparison): Pick<Plan, 'items'> {
  const { desired, stored, leaving, secrets, variableSecrets, lostSecrets } = comparison;
  const inClear = (rows: Rows): Stored<DesiredConnection>[] =>
    rows.connections.map((row) => ({ ...row, secret: secrets.get(row.id) ?? '' }));
  const opened = (rows: Rows): Stored<NamedVariable>[] =>
    rows.variables.map((row) => ({ ...row, secret: variableSecrets.get(variableId(row)) ?? null }));
  const withSecrets = (rows: Rows): Stored<PlannedTrigger>[] =>
    rows.triggers.map((row) => ({
      ...row,
      hasSecret: row.sealedSecret !== null && !lostSecrets.has(row.id),
    }));
  const owners = new Map(
    [...stored.connections, ...desired.connections].map((row) => [row.id, row.organization]),
  );
  const owned = <Row extends IgnoredClient>(rows: readonly Row[]): (Row & PlannedIgnored)[] =>
    rows.map((row) => ({ ...row, organization: owners.get(row.connection) ?? '' }));
  return {
    items: [
      ...organizations(comparison, desired.organizations, stored.organizations, leaving.organizations),
      ...connections(comparison, desired.connections, inClear(stored), inClear(leaving)),
      ...mappings(comparison, desired.mappings, stored.mappings, leaving.mappings),
      ...ignored(
        comparison,
        owned(desired.ignoredClients),
        owned(stored.ignoredClients),
        owned(leaving.ignoredClients),
      ),
      ...variables(comparison, desired.variables, opened(stored), opened(leaving)),
      ...triggers(comparison, desired.triggers, withSecrets(stored), withSecrets(leaving)),
    ],
  };
}

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
