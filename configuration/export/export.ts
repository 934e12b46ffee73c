/** Writes the file that recreates the configuration: what `haloflow apply` reads, from the rows as they are. */
import { stringify } from 'yaml';
import type { Organization } from '../../organizations/types.ts';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { Store } from '../../store/store.ts';
import { ignoredId, readRows } from '../apply/rows.ts';
import { triggerFields } from './trigger.ts';
import { given, keyed, literal } from './values.ts';
import type { Values } from './values.ts';
import { secretVariables, variables } from './variables.ts';
import type { Rows } from '../apply/rows.ts';

/** A variable that has to be set where the file is applied. */
interface Needed {
  readonly name: string;
  /** `client secret of connection northwind-halo` */
  readonly secret: string;
}

export interface Exported {
  readonly text: string;
  readonly environment: readonly Needed[];
}

/** The configuration at one moment, as a file; `reach` as of readRows. */
export async function exportConfiguration(
  { db }: Pick<Store, 'db'>,
  reach?: (slug: SQLWrapper) => SQL,
): Promise<Exported> {
  const rows = await db.transaction((tx) => readRows(tx, reach), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
  return exportRows(rows);
}

/** Applied to an empty database the text makes the same rows; applied to this one it adopts them and changes nothing. */
function exportRows(rows: Rows): Exported {
  const secrets = secretVariables(rows.variables);
  const environment = [
    ...rows.connections.map(({ id }) => ({
      name: secretName(id),
      secret: `client secret of connection ${id}`,
    })),
    ...[...secrets].map(([id, name]) => ({ name, secret: `variable ${id}` })),
  ];
  const known = new Set(rows.organizations.map(({ slug }) => slug));
  const sections: Values = {
    organizations: keyed(rows.organizations, ({ slug }) => slug, organization(known)),
    connections: keyed(rows.connections, ({ id }) => id, connection(known)),
    mappings: mappings(rows.mappings),
    ignoredClients: ignoredClients(rows),
    variables: variables(rows.variables, secrets),
    triggers: keyed(rows.triggers, ({ id }) => id, triggerFields),
  };
  const filled = given(sections, {
    connections: {},
    mappings: {},
    ignoredClients: {},
    variables: {},
    triggers: {},
  });
  // Folded lines would be read back the same, but not by people.
  const yaml = stringify(filled, { lineWidth: 0, aliasDuplicateObjects: false });
  return { text: `# Written by haloflow export.\n${yaml}${lastLines(environment)}`, environment };
}

function lastLines(environment: readonly Needed[]): string {
  if (environment.length === 0) return '';
  const lines = environment.map(({ name, secret }) => `#   ${name}: ${secret}\n`);
  return `\n# Secrets are not in this file. Set these variables where it is applied:\n${lines.join('')}`;
}

/** The same for the same connection, always; two connections never share one. */
function secretName(connectionId: string): string {
  return `HALO_SECRET_${connectionId.toUpperCase().replaceAll('-', '_')}`;
}

/** Whose parent is not among those exported is a root there. */
const organization =
  (known: ReadonlySet<string>) =>
  ({ name, parent, tags, enabled, domain = null, ...limits }: Organization): Values =>
    given(
      {
        name: literal(name),
        parent: parent !== null && known.has(parent) ? parent : null,
        tags: literal(tags),
        enabled,
        domain: literal(domain),
        retentionDays: limits.retentionDays ?? null,
        minRetentionDays: limits.minRetentionDays ?? null,
        maxOrganizations: limits.maxOrganizations ?? null,
      },
      { tags: [], enabled: true },
    );

const connection =
  (known: ReadonlySet<string>) =>
  (row: Rows['connections'][number]): Values =>
    given(
      {
        organization: row.organization,
        default: row.isDefault,
        enabled: row.enabled,
        resourceServer: literal(row.resourceServer),
        authServer: literal(row.authServer),
        tenant: literal(row.tenant),
        onPremise: row.onPremise,
        clientId: literal(row.clientId),
        clientSecret: `\${${secretName(row.id)}}`,
        scope: literal(row.scope),
        rateLimit: { requests: row.rateRequests, perSeconds: row.ratePerSeconds },
        writeSettleSeconds: row.writeSettleSeconds ?? null,
        catchAll: row.catchAll && known.has(row.catchAll) ? row.catchAll : null,
      },
      {
        default: false,
        enabled: true,
        onPremise: false,
        scope: 'all',
        rateLimit: { requests: 300, perSeconds: 300 },
      },
    );

function mappings(rows: Rows['mappings']): Readonly<Record<string, Values>> {
  const ids = [...new Set(rows.map(({ connection: id }) => id))];
  return keyed(
    ids,
    (id) => id,
    (id) =>
      keyed(
        rows.filter((row) => row.connection === id),
        ({ organization: slug }) => slug,
        ({ client, contact, site, use }) => given({ client, contact, site, use }, { use: false }),
      ),
  );
}

/** One that is mapped, too, counts as mapped. */
function ignoredClients({ ignoredClients: all, mappings: mapped }: Rows): Values {
  const taken = new Set(mapped.map(ignoredId));
  const rows = all.filter((row) => !taken.has(ignoredId(row)));
  const ids = [...new Set(rows.map(({ connection: id }) => id))];
  return Object.fromEntries(
    ids.map((id) => [
      id,
      // Not an object: its keys would be texts, and quoted.
      new Map(
        rows
          .filter((row) => row.connection === id)
          .map(({ client, reason }) => [client, given({ reason: literal(reason) }, {})]),
      ),
    ]),
  );
}
