/** Puts ids in the place of the names in a file's criteria, as the connections of its triggers have them. */
import { eq } from 'drizzle-orm';
import { ConfigurationError, HaloflowError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { connections } from '../../store/schema/configuration.ts';
import type { Store } from '../../store/store.ts';
import type { Criteria } from '../../triggers/types.ts';
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import type { NamedTrigger } from '../file/trigger.ts';
import { optionKinds } from './kinds.ts';
import type { HaloOption, OptionKind } from './kinds.ts';
import { findNames, putIds } from './names.ts';
import type { NamedId } from './names.ts';
import type { OptionsOf } from './source.ts';

interface Resolving {
  readonly store: Pick<Store, 'db'>;
  readonly content: FileContent;
  readonly optionsOf: OptionsOf;
}

/** The content with ids; `problems` has each name that has none. */
export async function resolveNames(
  store: Pick<Store, 'db'>,
  content: FileContent,
  optionsOf: OptionsOf = notHere,
): Promise<{ readonly content: FileContent; readonly problems: readonly Problem[] }> {
  const asked = new Map<string, Promise<readonly HaloOption[]>>();
  const once: OptionsOf = (request) => {
    const key = `${request.id} ${request.kind} ${request.isFresh}`;
    const reading = asked.get(key) ?? optionsOf(request);
    asked.set(key, reading);
    return reading;
  };
  const problems: Problem[] = [];
  const triggers: NamedTrigger[] = [];
  for (const trigger of content.triggers) {
    const { names } = findNames(trigger.criteria);
    const ids = new Map<string, number>();
    for (const named of names) {
      const found = await idOf({ store, content, optionsOf: once }, trigger, named);
      if (typeof found === 'number') ids.set(JSON.stringify(named.path), found);
      else problems.push(problemOf(content, trigger, { named, ...found }));
    }
    // With a problem nothing is written.
    const criteria = putIds(trigger.criteria, ({ path }) => ids.get(JSON.stringify(path)) ?? 0);
    triggers.push(names.length === 0 ? trigger : { ...trigger, criteria: criteria as Criteria });
  }
  return { content: { ...content, triggers }, problems };
}

const notHere: OptionsOf = () => Promise.reject(new ConfigurationError('Halo is not asked from here'));

interface Refusal {
  readonly shown: string;
  readonly hidden: string;
}

function problemOf(
  content: FileContent,
  { id }: NamedTrigger,
  { named, shown, hidden }: Refusal & { readonly named: NamedId },
): Problem {
  const steps = named.path.map((step) => (typeof step === 'number' ? step + 1 : step));
  const path = ['triggers', id, 'criteria', ...steps].join('.');
  return { place: content.placeOf(path), message: `${path}: ${content.isHidden(path) ? hidden : shown}` };
}

async function idOf(
  resolving: Resolving,
  trigger: NamedTrigger,
  { kind, name }: NamedId,
): Promise<number | Refusal> {
  const { content, optionsOf } = resolving;
  const id = await connectionOf(resolving, trigger);
  const { title } = optionKinds[kind];
  if (id === null) {
    const why = `it has no connection whose Halo could tell the id of a ${title}: name one, or write the id`;
    return { shown: why, hidden: why };
  }
  const named = content.connections.find((connection) => connection.id === id) ?? null;
  try {
    const kept = find(await optionsOf({ id, named, kind, isFresh: false }), name);
    const found = kept.length === 1 ? kept : find(await optionsOf({ id, named, kind, isFresh: true }), name);
    const [only, ...more] = found;
    if (only && more.length === 0) return only.id;
    const all = await optionsOf({ id, named, kind, isFresh: true });
    return only ? ambiguous({ kind, id, name }, found) : unknown({ kind, id, name }, all);
  } catch (error) {
    if (!(error instanceof HaloflowError)) throw error;
    const why = `the ${kind} of connection ${id} cannot be asked for (${error.name}: ${error.message})`;
    return {
      shown: `${why}, so "${name}" has no id: try again, or write the id`,
      hidden: `${why}, so the name from the environment has no id`,
    };
  }
}

interface Wanted {
  readonly kind: OptionKind;
  /** Of the connection. */
  readonly id: string;
  readonly name: string;
}

function unknown({ kind, id, name }: Wanted, all: readonly HaloOption[]): Refusal {
  const names = all.map((option) => option.name);
  const hint = didYouMean(name, names) || ` There are ${names.slice(0, 20).join(', ')}.`;
  const { title } = optionKinds[kind];
  return {
    shown: `the Halo of ${id} has no ${title} "${name}".${hint}`,
    hidden: `the Halo of ${id} has no ${title} of the name from the environment`,
  };
}

function ambiguous({ kind, id, name }: Wanted, found: readonly HaloOption[]): Refusal {
  const { title } = optionKinds[kind];
  const ids = found.map((option) => option.id).join(', ');
  const shown = `the Halo of ${id} has several of ${title} "${name}" (ids ${ids}): write the id`;
  return {
    shown,
    hidden: `the Halo of ${id} has several of the ${title} from the environment: write the id`,
  };
}

/** Those of that name, each id once; in upper or lower case only where none is spelled so. */
function find(options: readonly HaloOption[], name: string): readonly HaloOption[] {
  const plain = (text: string): string => text.trim().toLowerCase();
  const exact = options.filter((option) => option.name === name);
  const like = exact.length > 0 ? exact : options.filter((option) => plain(option.name) === plain(name));
  return [...new Map(like.map((option) => [option.id, option])).values()];
}

/** Where the trigger's records come from, once the file is applied. */
async function connectionOf(
  { store, content }: Resolving,
  { connection, organization }: NamedTrigger,
): Promise<string | null> {
  if (connection !== null) return connection;
  const named = content.connections.filter((one) => one.organization === organization);
  const chosen = named.find(({ saysDefault }) => saysDefault === true);
  if (chosen) return chosen.id;
  const stored = await store.db
    .select({ id: connections.id, isDefault: connections.isDefault, origin: connections.origin })
    .from(connections)
    .where(eq(connections.organization, organization));
  const byHand = stored.find(({ isDefault, origin }) => isDefault && origin === 'manual');
  return byHand?.id ?? named[0]?.id ?? null;
}
