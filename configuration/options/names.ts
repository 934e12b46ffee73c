/** Names in criteria where ids are meant: `{ field: ticket.tickettype_id, in: [{ name: Incident }] }`. */
import { fieldsWithOptions, optionKindOf } from './kinds.ts';
import type { OptionKind } from './kinds.ts';

type Path = readonly (string | number)[];

export interface NamedId {
  /** In the criteria. */
  readonly path: Path;
  readonly kind: OptionKind;
  readonly name: string;
}

interface Misplaced {
  readonly path: Path;
  readonly message: string;
}

type Resolve = (named: NamedId) => number;

/** Ids that no name has been found for yet are taken for this one when criteria are checked. */
const ANY_ID = 1;

export interface NamesFound {
  readonly names: readonly NamedId[];
  /** Names where no id of an option stands. */
  readonly misplaced: readonly Misplaced[];
  /** The criteria with some id in the place of each name. */
  readonly standIn: unknown;
}

export function findNames(criteria: unknown): NamesFound {
  const names: NamedId[] = [];
  const misplaced: Misplaced[] = [];
  const standIn = walk(criteria, {
    path: [],
    field: null,
    found(named) {
      names.push(named);
      return ANY_ID;
    },
    misplaced: (one) => misplaced.push(one),
  });
  return { names, misplaced, standIn };
}

/** The criteria with the id of each name in its place. */
export function putIds(criteria: unknown, idOf: Resolve): unknown {
  return walk(criteria, { path: [], field: null, found: idOf, misplaced: () => undefined });
}

interface Walking {
  readonly path: Path;
  /** Of the condition that it is in. */
  readonly field: string | null;
  readonly found: Resolve;
  readonly misplaced: (one: Misplaced) => void;
}

function walk(part: unknown, at: Walking): unknown {
  if (Array.isArray(part)) {
    return part.map((inner, index) => walk(inner, { ...at, path: [...at.path, index] }));
  }
  if (typeof part !== 'object' || part === null) return part;
  const { name, field = at.field, ...others } = part as Readonly<Record<string, unknown>>;
  if (at.field !== null && typeof name === 'string' && Object.keys(others).length === 0) {
    return put(name, at.field, at);
  }
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [
      key,
      walk(inner, { ...at, path: [...at.path, key], field: typeof field === 'string' ? field : null }),
    ]),
  );
}

function put(name: string, field: string, { path, found, misplaced }: Walking): number {
  const kind = optionKindOf(field);
  if (kind !== null) return found({ path, kind, name });
  misplaced({
    path,
    message: `a name stands for an id of a field that ends in ${fieldsWithOptions.join(', ')}; ${field} is none of them`,
  });
  return ANY_ID;
}
