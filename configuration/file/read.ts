/** The configuration file: its sections and their keys. A new section is a line in `sections` and its readers. */
import { isMap, isScalar } from 'yaml';
import { limitProblem } from '../../organizations/rateLimit.ts';
import type { Connection, IgnoredClient, Mapping, Organization } from '../../organizations/types.ts';
import { nameOr } from './haloName.ts';
import type { HaloName } from './haloName.ts';
import type { Problem } from './problems.ts';
import { prose } from './prose.ts';
import {
  count,
  flag,
  keyed,
  LARGEST,
  list,
  optional,
  record,
  required,
  secret,
  text,
  whole,
} from './readers.ts';
import { isHiddenIn, openScope } from './scope.ts';
import type { ConfigurationText, Scope } from './scope.ts';
import { trigger } from './trigger.ts';
import type { NamedTrigger } from './trigger.ts';
import { checkVariableName, variable } from './variable.ts';
import type { NamedValue } from './variable.ts';

/** A connection as the file has it: the secret in clear, and what it says about being the default, if anything. */
export interface NamedConnection extends Omit<Connection, 'sealedSecret' | 'isDefault'> {
  readonly secret: string;
  readonly saysDefault: boolean | null;
}

/** A variable as the file has it. */
export interface NamedVariable extends NamedValue {
  readonly organization: string;
  readonly name: string;
}

export type { HaloName } from './haloName.ts';

/** A mapping as the file has it: Halo's ids, or names that stand for them. */
export type NamedMapping<Id> = Omit<Mapping, 'client' | 'contact' | 'site'> & {
  readonly client: Id;
  readonly contact: Id | null;
  readonly site: Id | null;
};

/** A client that is ignored as the file has it: under Halo's id of it, or under its name. */
export type NamedIgnoredClient<Id> = Omit<IgnoredClient, 'client'> & {
  readonly client: Id;
  readonly key: string;
};

/** What a file names, as it stands there or with ids in the place of names (options/resolveNames.ts); with problems it is incomplete and good for finding more of them only. */
export interface FileContent<Id = number> {
  readonly organizations: readonly Organization[];
  readonly connections: readonly NamedConnection[];
  readonly mappings: readonly NamedMapping<Id>[];
  readonly ignoredClients: readonly NamedIgnoredClient<Id>[];
  readonly variables: readonly NamedVariable[];
  readonly triggers: readonly NamedTrigger[];
  readonly problems: readonly Problem[];
  /** False after a syntax error or for an empty file: nothing is named then, and nothing more can be said. */
  readonly isReadable: boolean;
  /** The place of `organizations.acme.parent` and the like; the whole file for what it does not say. */
  readonly placeOf: (path: string) => string;
  /** Whether the value at the path, or one inside it, came from the environment and is not to be shown. */
  readonly isHidden: (path: string) => boolean;
}

const checkId = (key: string): string | null =>
  /^[a-z0-9-]{1,40}$/.test(key) ? null : `"${key}" cannot be an id: use 1 to 40 of a-z, 0-9 and "-"`;
/** Mappings are keyed by ids that have to exist, which is checked with the rest. */
const anyKey = (): null => null;
/** Nobody's name is a number, unless `name:` says so. */
const isNumber = (key: string): boolean => /^[-+.\d]*$/.test(key.trim());
const checkClient = (key: string): string | null =>
  !isNumber(key) || (/^[1-9]\d{0,9}$/.test(key) && Number(key) <= LARGEST)
    ? null
    : `"${key}" cannot be a client: use Halo's id of it, a whole number from 1 to ${LARGEST}, or its name`;
const clientOf = (key: string): number | HaloName =>
  isNumber(key) ? Number(key) : { name: key.replace(/^name:/, '') };

const organization = record({
  name: required(text),
  parent: optional<string | null>(text, null),
  tags: optional(list(text), []),
  enabled: optional(flag, true),
  domain: optional<string | null>(text, null),
  retentionDays: optional<number | null>(whole(1, 36_500), null),
  minRetentionDays: optional<number | null>(whole(1, 36_500), null),
  maxOrganizations: optional<number | null>(whole(0, 1_000_000), null),
});

const rateLimit = record({ requests: optional(count, 300), perSeconds: optional(count, 300) });

const connection = record({
  organization: required(text),
  default: optional<boolean | null>(flag, null),
  enabled: optional(flag, true),
  resourceServer: required(text),
  authServer: optional<string | null>(text, null),
  tenant: optional<string | null>(text, null),
  onPremise: optional(flag, false),
  clientId: required(text),
  clientSecret: required(secret),
  scope: optional(text, 'all'),
  rateLimit: optional(rateLimit, rateLimit.blank),
  writeSettleSeconds: optional<number | null>(whole(1, 3600), null),
  catchAll: optional<string | null>(text, null),
});

const haloId = nameOr(count);

const mapping = record({
  client: required(haloId),
  contact: optional<number | HaloName | null>(haloId, null),
  site: optional<number | HaloName | null>(haloId, null),
  use: optional(flag, false),
});

const ignoredClient = record({ reason: optional<string | null>(prose, null) });

const organizations = keyed(organization, checkId);
const connections = keyed(connection, checkId);
const mappings = keyed(keyed(mapping, anyKey), anyKey);
const ignoredClients = keyed(keyed(ignoredClient, checkClient), anyKey);
const variables = keyed(keyed(variable, checkVariableName), anyKey);
const triggers = keyed(trigger, checkId);

const sections = record({
  organizations: optional(organizations, organizations.blank),
  connections: optional(connections, connections.blank),
  mappings: optional(mappings, mappings.blank),
  ignoredClients: optional(ignoredClients, ignoredClients.blank),
  variables: optional(variables, variables.blank),
  triggers: optional(triggers, triggers.blank),
});

/** Reads the text of a configuration file. Never throws for what is in it: that is `problems`. */
export function readContent(source: ConfigurationText): FileContent<number | HaloName> {
  const scope = openScope(source);
  const node = scope.document.contents;
  if (scope.problems.length === 0 && node === null) {
    scope.report(
      { path: '', node, offset: 0 },
      'the file is empty; write "organizations: {}" to remove everything',
    );
  }
  // Behind a syntax error the tree is a guess, and so would be everything said about it.
  const isReadable = scope.problems.length === 0;
  const file = isReadable ? sections.read({ path: '', node, offset: 0 }, scope) : sections.blank;
  if (isReadable) checkNotEmptied(scope);
  return {
    organizations: [...file.organizations].map(([slug, row]) => ({ slug, ...row })),
    connections: [...file.connections].map(([id, row]) => toConnection(id, row, scope)),
    mappings: [...file.mappings].flatMap(([on, rows]) =>
      [...rows].map(([of, row]) => ({ connection: on, organization: of, ...row })),
    ),
    ignoredClients: [...file.ignoredClients].flatMap(([on, rows]) =>
      [...rows].map(([key, row]) => ({ connection: on, key, client: clientOf(key), ...row })),
    ),
    variables: [...file.variables].flatMap(([of, rows]) =>
      [...rows].map(([name, row]) => ({ organization: of, name, ...row })),
    ),
    triggers: [...file.triggers].map(([id, row]) => ({ id, ...row })),
    problems: scope.problems,
    isReadable,
    placeOf: (path) => scope.places.get(path) ?? source.file,
    isHidden: (path) => isHiddenIn(scope.hidden, path),
  };
}

/** A lost indentation looks like a wish to delete everything, which has to be said in so many words. */
function checkNotEmptied(scope: Scope): void {
  const top = scope.document.contents;
  if (!isMap(top)) return;
  for (const { key, value } of top.items) {
    const isEmpty = value === null || (isScalar(value) && value.value === null);
    if (!isScalar(key) || key.value !== 'organizations' || !isEmpty) continue;
    scope.report(
      { path: 'organizations', node: null, offset: key.range?.[0] ?? 0 },
      'there is nothing below it; check the indentation, or write "organizations: {}" to remove everything',
    );
  }
}

function toConnection(id: string, row: (typeof connection)['blank'], scope: Scope): NamedConnection {
  const { default: saysDefault, clientSecret, rateLimit: limit, resourceServer, authServer, ...rest } = row;
  const normalise = (field: 'resourceServer' | 'authServer', written: string): string =>
    normaliseServer(scope, { id, field, written, onPremise: row.onPremise });
  const isRead = Number.isInteger(limit.requests) && Number.isInteger(limit.perSeconds);
  const problem = isRead ? limitProblem(limit) : null;
  if (problem !== null) {
    const path = `connections.${id}.rateLimit`;
    scope.problems.push({
      place: scope.places.get(path) ?? scope.source.file,
      message: `${path}: ${problem}`,
    });
  }
  return {
    id,
    ...rest,
    resourceServer: normalise('resourceServer', resourceServer),
    authServer: authServer === null ? null : normalise('authServer', authServer),
    saysDefault,
    secret: clientSecret,
    rateRequests: limit.requests,
    ratePerSeconds: limit.perSeconds,
  };
}

/** An address of Halo from any form that people paste; after the record, because `onPremise` has a say in it. */
function normaliseServer(
  { source, places, hidden, problems }: Scope,
  server: { id: string; field: 'resourceServer' | 'authServer'; written: string; onPremise: boolean },
): string {
  const { id, field, written, onPremise } = server;
  if (written === '') return '';
  const path = `connections.${id}.${field}`;
  try {
    return source.normaliseServer(written, { field, onPremise });
  } catch (error) {
    // The reason quotes the address, which is not to be shown when it came from the environment.
    const reason = hidden.has(path)
      ? 'the value from the environment is not an address that this connection can have, such as northwind.halopsa.com'
      : error instanceof Error
        ? error.message
        : 'not an address';
    problems.push({ place: places.get(path) ?? source.file, message: `${path}: ${reason}` });
    return '';
  }
}
