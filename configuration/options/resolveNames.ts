/** Puts ids in the place of the names in a file, as the Halo of the connection that they belong to has them. */
import { ConfigurationError, HaloflowError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { Criteria } from '../../triggers/types.ts';
import type { PlanItem } from '../apply/plan.ts';
import type { Problem } from '../file/problems.ts';
import type { FileContent, HaloName, NamedIgnoredClient, NamedMapping, NamedVariable } from '../file/read.ts';
import type { NamedTrigger } from '../file/trigger.ts';
import type { NamedOption } from '../file/variable.ts';
import { connectionsOf } from './connectionsOf.ts';
import type { ConnectionsOf } from './connectionsOf.ts';
import type { HaloOption, Lookup } from './kinds.ts';
import { lookUp, titleOf } from './lookUp.ts';
import type { Refusal, Wanted } from './lookUp.ts';
import { findNames, putIds, standInOf } from './names.ts';
import type { NamedId, Where } from './names.ts';
import type { OptionsOf } from './source.ts';

/** What a name was found to stand for, in a sentence about one row. */
export interface FoundName extends Pick<PlanItem, 'kind' | 'id'> {
  readonly said: string;
}

export interface Resolved {
  readonly content: FileContent;
  /** Each name that has no id. */
  readonly problems: readonly Problem[];
  readonly found: readonly FoundName[];
}

interface Resolving {
  readonly content: FileContent<number | HaloName>;
  readonly optionsOf: OptionsOf;
  readonly connections: ConnectionsOf;
  readonly problems: Problem[];
  readonly found: FoundName[];
}

/** A name at a place of the file. */
interface Asked extends NamedId {
  /** Whose names it is one of; null where none can be told. */
  readonly connection: string | null;
  /** The row that it is in, whose own id it may be. */
  readonly row: Pick<FoundName, 'kind'> & { readonly id: string | ((found: number) => string) };
}

/** The content with ids; with problems nothing of it may be written. */
export async function resolveNames(
  store: Pick<Store, 'db'>,
  content: FileContent<number | HaloName>,
  optionsOf: OptionsOf = notHere,
): Promise<Resolved> {
  const resolving: Resolving = {
    content,
    optionsOf: once(optionsOf),
    connections: connectionsOf(store, content),
    problems: [],
    found: [],
  };
  const mappings = [];
  for (const mapping of content.mappings) mappings.push(await mappingWithIds(resolving, mapping));
  const ignoredClients = await ignoredWithIds(resolving);
  const variables = [];
  for (const { named, ...variable } of content.variables) {
    variables.push(named ? { ...variable, value: await variableId(resolving, variable, named) } : variable);
  }
  const triggers = [];
  for (const trigger of content.triggers) triggers.push(await triggerWithIds(resolving, trigger));
  const { problems, found } = resolving;
  return { content: { ...content, mappings, ignoredClients, variables, triggers }, problems, found };
}

const notHere: OptionsOf = () => Promise.reject(new ConfigurationError('Halo is not asked from here'));

/** However many names there are, each list is read once. */
function once(optionsOf: OptionsOf): OptionsOf {
  const asked = new Map<string, Promise<readonly HaloOption[]>>();
  return (request) => {
    const key = [request.id, request.kind, request.of, request.isFresh].join(' ');
    const reading = asked.get(key) ?? optionsOf(request);
    asked.set(key, reading);
    return reading;
  };
}

async function mappingWithIds(
  resolving: Resolving,
  mapping: NamedMapping<number | HaloName>,
): Promise<NamedMapping<number>> {
  const { connection, organization } = mapping;
  const row = { kind: 'mapping', id: `${connection}/${organization}` } as const;
  const idOf = async (
    key: string,
    said: number | HaloName | null,
    lookup: Lookup,
  ): Promise<number | null> => {
    if (said === null || typeof said === 'number') return said;
    // Of a client that is not known nothing can be known either.
    if (Number.isNaN(lookup.of) || !(await resolving.connections.exists(connection))) return null;
    const path = ['mappings', connection, organization, key];
    return (await ask(resolving, { ...lookup, path, name: said.name, connection, row }))?.id ?? null;
  };
  const client = (await idOf('client', mapping.client, { kind: 'clients' })) ?? Number.NaN;
  return {
    ...mapping,
    client,
    contact: await idOf('contact', mapping.contact, { kind: 'contacts', of: client }),
    site: await idOf('site', mapping.site, { kind: 'sites', of: client }),
  };
}

async function ignoredWithIds(resolving: Resolving): Promise<readonly NamedIgnoredClient<number>[]> {
  const keys = new Map<string, string>();
  const withIds = [];
  for (const { client: said, ...ignored } of resolving.content.ignoredClients) {
    const { connection, key } = ignored;
    const client = typeof said === 'number' ? said : await ignoredId(resolving, { connection, key, said });
    const id = `${connection}/${client}`;
    const first = keys.get(id);
    if (client !== null && first !== undefined) {
      const path = `ignoredClients.${connection}.${key}`;
      const message = `${path}: "${first}" is this client already, with the id ${client}; take one of the two out`;
      resolving.problems.push({ place: resolving.content.placeOf(path), message });
    }
    keys.set(id, key);
    // No mapping has the id 0.
    withIds.push({ ...ignored, client: client ?? 0 });
  }
  return withIds;
}

async function ignoredId(
  resolving: Resolving,
  { connection, key, said }: { readonly connection: string; readonly key: string; readonly said: HaloName },
): Promise<number | null> {
  if (!(await resolving.connections.exists(connection))) return null;
  const path = ['ignoredClients', connection, key];
  const row = { kind: 'ignored client', id: (client: number) => `${connection}/${client}` } as const;
  return (await ask(resolving, { kind: 'clients', path, name: said.name, connection, row }))?.id ?? null;
}

async function variableId(
  resolving: Resolving,
  { organization, name }: Pick<NamedVariable, 'organization' | 'name'>,
  named: NamedOption,
): Promise<number | string> {
  const { connection = await resolving.connections.defaultAbove(organization), ...lookup } = named;
  const asked: Asked = {
    ...lookup,
    path: ['variables', organization, name],
    connection,
    row: { kind: 'variable', id: `${organization}/${name}` },
  };
  return valueOf(asked, await ask(resolving, asked));
}

async function triggerWithIds(resolving: Resolving, trigger: NamedTrigger): Promise<NamedTrigger> {
  const within = async (key: string, part: unknown, where: Where): Promise<unknown> => {
    const { names } = findNames(part, where);
    const ids = new Map<string, number | string>();
    for (const named of names) {
      const asked: Asked = {
        ...named,
        path: ['triggers', trigger.id, key, ...named.path],
        connection: trigger.connection ?? (await resolving.connections.defaultOf(trigger.organization)),
        row: { kind: 'trigger', id: trigger.id },
      };
      ids.set(JSON.stringify(named.path), valueOf(asked, await ask(resolving, asked)));
    }
    return putIds(part, where, (named) => ids.get(JSON.stringify(named.path)) ?? standInOf(named));
  };
  return {
    ...trigger,
    criteria: (await within('criteria', trigger.criteria, 'criteria')) as Criteria | null,
    variables: (await within('variables', trigger.variables, 'data')) as NamedTrigger['variables'],
  };
}

const valueOf = (asked: NamedId, option: HaloOption | null): number | string =>
  option === null ? standInOf(asked) : asked.isText ? option.name : option.id;

/** Null, and a problem, where the name stands for nothing or for several. */
async function ask(
  { content, optionsOf, problems, found }: Resolving,
  asked: Asked,
): Promise<HaloOption | null> {
  const { kind, of, name, connection: id, isText } = asked;
  const path = asked.path.map((step) => (typeof step === 'number' ? step + 1 : step)).join('.');
  const refuse = (message: string): null => {
    problems.push({ place: content.placeOf(path), message: `${path}: ${message}` });
    return null;
  };
  const lookup: Lookup = { kind, ...(of === undefined ? {} : { of }) };
  if (id === null) {
    return refuse(
      `it has no connection whose Halo could tell the id of a ${titleOf(lookup)}: name one, or write the id`,
    );
  }
  const named = content.connections.find((connection) => connection.id === id) ?? null;
  const wanted: Wanted = { ...lookup, id, name, ...(isText ? { isText } : {}) };
  const option = await lookUp(wanted, (isFresh) => optionsOf({ ...lookup, id, named, isFresh })).catch(
    (error: unknown) => unanswered(wanted, error),
  );
  if ('hidden' in option) return refuse(content.isHidden(path) ? option.hidden : option.shown);
  if (!content.isHidden(path) && !isText) {
    const { row } = asked;
    found.push({
      kind: row.kind,
      id: typeof row.id === 'string' ? row.id : row.id(option.id),
      said: `${path}: ${titleOf(lookup)} "${option.name}" of ${id} is ${option.id}`,
    });
  }
  return option;
}

function unanswered({ kind, id, name }: Wanted, error: unknown): Refusal {
  if (!(error instanceof HaloflowError)) throw error;
  const why = `the ${kind} of connection ${id} cannot be asked for (${error.name}: ${error.message})`;
  return {
    shown: `${why}, so "${name}" has no id: try again, or write the id`,
    hidden: `${why}, so the name from the environment has no id`,
  };
}
