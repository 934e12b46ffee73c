/** Writes the file that recreates the configuration: what `haloflow apply` reads, from the rows as they are. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Scalar, stringify } from 'yaml';
import type { Organization } from '../../organizations/types.ts';
import type { Trigger } from '../../triggers/types.ts';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { Store } from '../../store/store.ts';
import { readRows } from '../apply/rows.ts';
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

type Values = Readonly<Record<string, unknown>>;

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
  const secrets = secretsOf(rows);
  const known = new Set(rows.organizations.map(({ slug }) => slug));
  const sections: Values = {
    organizations: keyed(rows.organizations, ({ slug }) => slug, organization(known)),
    connections: keyed(rows.connections, ({ id }) => id, connection({ known, secrets })),
    mappings: mappings(rows.mappings),
    variables: variables(rows.variables, secrets),
    triggers: keyed(rows.triggers, ({ id }) => id, trigger),
  };
  const filled = given(sections, { connections: {}, mappings: {}, variables: {}, triggers: {} });
  // Folded lines would be read back the same, but not by people.
  const yaml = stringify(filled, { lineWidth: 0, aliasDuplicateObjects: false });
  const environment = [...secrets].map(([secret, name]) => ({ name, secret }));
  return { text: `# Written by haloflow export.\n${yaml}${lastLines(environment)}`, environment };
}

function lastLines(environment: readonly Needed[]): string {
  if (environment.length === 0) return '';
  const lines = environment.map(({ name, secret }) => `#   ${name}: ${secret}\n`);
  return `\n# Secrets are not in this file. Set these variables where it is applied:\n${lines.join('')}`;
}

/** What holds each secret: the same name for the same one, always. */
type Secrets = ReadonlyMap<string, string>;

const secretOfConnection = (id: string): string => `client secret of connection ${id}`;
const secretOfVariable = (of: string, name: string): string => `variable ${name} of ${of}`;

function secretsOf(rows: Rows): Secrets {
  const asked = [
    ...rows.connections.map(({ id }) => [secretOfConnection(id), `HALO_SECRET_${id.toUpperCase()}`]),
    ...rows.variables
      .filter(({ type }) => type === 'secret')
      .map(({ organization: of, name }) => [
        secretOfVariable(of, name),
        `VARIABLE_${of.toUpperCase()}_${name}`,
      ]),
  ].map(([secret = '', name = '']) => [secret, name.replaceAll('-', '_')] as const);
  const taken = (name: string): number => asked.filter(([, other]) => other === name).length;
  return new Map(
    asked.map(([secret, name]) => [secret, taken(name) > 1 ? `${name}_${digestOf(secret)}` : name]),
  );
}

/** Tells apart what differs by what names of variables cannot have. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const reference = (secrets: Secrets, secret: string): string => `\${${secrets.get(secret)}}`;

function keyed<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  valuesOf: (row: Row) => Values,
): Readonly<Record<string, Values>> {
  return Object.fromEntries(rows.map((row) => [idOf(row), valuesOf(row)]));
}

/** Whose parent is not among those exported is a root there. */
const organization =
  (known: ReadonlySet<string>) =>
  ({ name, parent, tags, enabled, domain, retentionDays }: Organization): Values =>
    given(
      {
        name: literal(name),
        parent: parent !== null && known.has(parent) ? parent : null,
        tags: literal(tags),
        enabled,
        domain: literal(domain ?? null),
        retentionDays: retentionDays ?? null,
      },
      { tags: [], enabled: true },
    );

const connection =
  ({ known, secrets }: { readonly known: ReadonlySet<string>; readonly secrets: Secrets }) =>
  (row: Rows['connections'][number]): Values =>
    given(
      {
        organization: row.organization,
        default: row.isDefault,
        resourceServer: literal(row.resourceServer),
        authServer: literal(row.authServer),
        tenant: literal(row.tenant),
        onPremise: row.onPremise,
        clientId: literal(row.clientId),
        clientSecret: reference(secrets, secretOfConnection(row.id)),
        scope: literal(row.scope),
        rateLimit: { requests: row.rateRequests, perSeconds: row.ratePerSeconds },
        writeSettleSeconds: row.writeSettleSeconds ?? null,
        catchAll: row.catchAll && known.has(row.catchAll) ? row.catchAll : null,
      },
      { default: false, onPremise: false, scope: 'all', rateLimit: { requests: 300, perSeconds: 300 } },
    );

/** Always in full: a list or a text alone would be taken for what it looks like. */
function variables(rows: Rows['variables'], secrets: Secrets): Readonly<Record<string, Values>> {
  const owners = [...new Set(rows.map(({ organization: of }) => of))];
  return keyed(
    owners,
    (of) => of,
    (of) =>
      keyed(
        rows.filter((row) => row.organization === of),
        ({ name }) => name,
        ({ name, type, value, description }) =>
          given(
            type === 'secret'
              ? { secret: reference(secrets, secretOfVariable(of, name)), description: literal(description) }
              : { value: literal(value), type, description: literal(description) },
            {},
          ),
      ),
  );
}

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

/** Parameters in full: what a later version takes for granted may be something else. */
function trigger(row: Trigger): Values {
  const { organization: owner, type, connection: id, workflow, runAs, enabled } = row;
  return given(
    {
      organization: owner,
      type,
      connection: id,
      workflow: literal(workflow),
      runAs,
      runFor: given(literal(row.runFor), { owner: true, organizations: [], tags: [], allClients: false }),
      overrides: literal(row.overrides),
      criteria: literal(row.criteria),
      parameters: withoutNulls(literal(row.parameters)),
      variables: literal(row.variables),
      enabled,
    },
    { runAs: 'client', runFor: {}, overrides: {}, parameters: {}, variables: {}, enabled: true },
  );
}

/** Without what the file need not say: its defaults, and null, which is the default of everything else. */
function given(values: object, defaults: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !isDeepStrictEqual(value, defaults[key] ?? null)),
  );
}

/** In parameters null is left out at every level: none of them has it but as its default. */
function withoutNulls(value: unknown): unknown {
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

/** `${` in a stored text is itself and no reference; a whole number that is too large for its digits is no id. */
function literal<T>(value: T): T;
function literal(value: unknown): unknown {
  if (typeof value === 'string') return literalText(value);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return Object.assign(new Scalar(value), { format: 'EXP' });
  }
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
}

/** Lines that begin or end with blanks lose some as a YAML block: they are quoted. */
function literalText(text: string): string | Scalar {
  const escaped = text.replaceAll('${', () => '$${');
  if (!escaped.includes('\n') || /^\S(.*\S)?\n?$/s.test(escaped)) return escaped;
  return Object.assign(new Scalar(escaped), { type: Scalar.QUOTE_DOUBLE });
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Scalar);
