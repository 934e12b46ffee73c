/** Names where ids are meant: `{ field: ticket.tickettype_id, in: [{ name: Incident }] }`, `{ halo: teams, name: Sales }`. */
import { fieldsWithOptions, isOptionKind, optionKinds, optionsOfField } from './kinds.ts';
import type { Lookup, LookupKind } from './kinds.ts';
import { didYouMean } from '../../nearest.ts';

type Path = readonly (string | number)[];

export interface NamedId extends Lookup {
  /** In what it was found in. */
  readonly path: Path;
  readonly name: string;
  /** The name itself is meant, spelled as Halo does. */
  readonly isText?: boolean;
}

interface Misplaced {
  readonly path: Path;
  readonly message: string;
}

type Id = number | string;
type Resolve = (named: NamedId) => Id;

/** What no id has been found for yet is taken for this when criteria are checked. */
export const standInOf = ({ isText }: Pick<NamedId, 'isText'>): Id => (isText ? 'a category' : 1);

export interface NamesFound {
  readonly names: readonly NamedId[];
  /** Names where no id of an option stands. */
  readonly misplaced: readonly Misplaced[];
  /** The same with some id in the place of each name. */
  readonly standIn: unknown;
}

/** In criteria the field says what a name is of, in other data the name itself does. */
export type Where = 'criteria' | 'data';

/** The names in criteria or other data of a trigger where ids are meant; nothing is looked up. */
export function findNames(part: unknown, where: Where): NamesFound {
  const names: NamedId[] = [];
  const misplaced: Misplaced[] = [];
  const found: Resolve = (named) => {
    names.push(named);
    return standInOf(named);
  };
  const standIn = walkers[where](part, {
    path: [],
    field: null,
    found,
    misplaced: (one) => misplaced.push(one),
  });
  return { names, misplaced, standIn };
}

/** The same with the id of each name in its place. */
export function putIds(part: unknown, where: Where, idOf: Resolve): unknown {
  return walkers[where](part, { path: [], field: null, found: idOf, misplaced: () => undefined });
}

interface Walking {
  readonly path: Path;
  /** Of the condition that it is in. */
  readonly field: string | null;
  readonly found: Resolve;
  readonly misplaced: (one: Misplaced) => void;
}

type Walk = (part: unknown, at: Walking) => unknown;
type Values = Readonly<Record<string, unknown>>;

const walkers: Readonly<Record<Where, Walk>> = { criteria: walkCriteria, data: walkData };

const isPlain = (part: unknown): part is Values => typeof part === 'object' && part !== null;

function walkCriteria(part: unknown, at: Walking): unknown {
  if (Array.isArray(part) || !isPlain(part)) return below(part, at, walkCriteria);
  const { name, field = at.field, ...others } = part;
  if (at.field !== null && typeof name === 'string' && Object.keys(others).length === 0) {
    return put(name, at.field, at);
  }
  return below(part, { ...at, field: typeof field === 'string' ? field : null }, walkCriteria);
}

function walkData(part: unknown, at: Walking): unknown {
  const marked = Array.isArray(part) || !isPlain(part) ? null : markOf(part);
  if (marked === null) return below(part, at, walkData);
  const { path, found, misplaced } = at;
  const { kind, name } = marked;
  if (isNameable(kind)) return found({ path, name, ...namedAs(kind) });
  misplaced({ path, message: noSuchKind(kind) });
  return 1;
}

function below(part: unknown, at: Walking, walk: Walk): unknown {
  if (Array.isArray(part)) {
    return part.map((inner, index) => walk(inner, { ...at, path: [...at.path, index] }));
  }
  if (!isPlain(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [key, walk(inner, { ...at, path: [...at.path, key] })]),
  );
}

function put(name: string, field: string, { path, found, misplaced }: Walking): Id {
  const options = optionsOfField(field);
  if (options !== null) return found({ path, name, ...options });
  misplaced({
    path,
    message: `a name stands for an id of a field that ends in ${fieldsWithOptions.join(', ')}, or of a custom field; ${field} is none of them`,
  });
  return 1;
}

/** `{ halo: priorities, name: Critical }` and nothing beside. */
function markOf({ halo, name, ...others }: Values): { readonly kind: string; readonly name: string } | null {
  if (typeof halo !== 'string' || typeof name !== 'string' || Object.keys(others).length > 0) return null;
  return { kind: halo, name };
}

/** Sites, contacts and choices are of something: a variable does not say of what. */
const isNameable = (kind: string): kind is LookupKind => isOptionKind(kind) || kind === 'clients';

/** Tickets have categories by their text. */
export const namedAs = (kind: LookupKind): Pick<NamedId, 'kind' | 'isText'> => ({
  kind,
  isText: kind === 'categories',
});

export const nameableKinds: readonly [LookupKind, ...LookupKind[]] = [
  'clients',
  ...(Object.keys(optionKinds) as LookupKind[]),
];

function noSuchKind(kind: string): string {
  return `Halo has no ${kind} whose names are known.${didYouMean(kind, nameableKinds)} Known are: ${nameableKinds.join(', ')}.`;
}
