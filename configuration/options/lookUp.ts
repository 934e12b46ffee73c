/** Finds the id of a name among what Halo lists. */
import { didYouMean, nearestFirst } from '../../nearest.ts';
import { comparableName } from '../../texts.ts';
import { lookups } from './kinds.ts';
import type { HaloOption, Lookup } from './kinds.ts';

export interface Wanted extends Lookup {
  /** Of the connection. */
  readonly id: string;
  readonly name: string;
  /** The name itself is meant, as Halo spells it: several ids of one name are one. */
  readonly isText?: boolean;
}

/** Why a name has no id; `hidden` is for one that is not to be shown. */
export interface Refusal {
  readonly shown: string;
  readonly hidden: string;
}

/**
 * `ask`: reads them, from Halo itself when it is to be `isFresh`, which is done where what is kept does not settle it.
 *
 * @throws what `ask` throws.
 */
export async function lookUp(
  wanted: Wanted,
  ask: (isFresh: boolean) => Promise<readonly HaloOption[]>,
): Promise<HaloOption | Refusal> {
  const kept = find(await ask(false), wanted);
  if (kept.length === 1) return kept[0]!;
  const all = await ask(true);
  const [only, ...more] = find(all, wanted);
  if (only === undefined) return unknown(wanted, all);
  return more.length === 0 ? only : ambiguous(wanted, [only, ...more]);
}

/** `ticket type`, `site of client 12`, `choice of CFfloor`. */
export function titleOf({ kind, of }: Lookup): string {
  const { title } = lookups[kind];
  if (of === undefined) return title;
  return `${title} of ${kind === 'choices' ? '' : 'client '}${of}`;
}

/** More than these are not all told. */
const LISTED = 20;
/** As many of them, those most like it. */
const NEAREST = 5;

function unknown(wanted: Wanted, all: readonly HaloOption[]): Refusal {
  const names = [...new Set(all.map((option) => option.name))];
  const hint = didYouMean(wanted.name, names) || alike(wanted.name, names);
  const title = titleOf(wanted);
  return {
    shown: `the Halo of ${wanted.id} has no ${title} "${wanted.name}".${hint}`,
    hidden: `the Halo of ${wanted.id} has no ${title} of the name from the environment`,
  };
}

function alike(name: string, names: readonly string[]): string {
  if (names.length === 0) return ' There are none.';
  const sorted = nearestFirst(name, names);
  if (names.length <= LISTED) return ` There are ${sorted.join(', ')}.`;
  return ` The nearest of ${names.length} are ${sorted.slice(0, NEAREST).join(', ')}.`;
}

function ambiguous(wanted: Wanted, found: readonly HaloOption[]): Refusal {
  const ids = found.map((option) => option.id).join(', ');
  const several = `the Halo of ${wanted.id} has more than one`;
  return {
    shown: `${several} ${titleOf(wanted)} "${wanted.name}" (ids ${ids}): write the id`,
    hidden: `${several} ${titleOf(wanted)} of the name from the environment: write the id`,
  };
}

/**
 * The options with that name, each id once; if none is spelled exactly so, those that look the same or differ in case.
 */
function find(options: readonly HaloOption[], { name, isText }: Wanted): readonly HaloOption[] {
  const wanted = comparableName(name);
  const exact = options.filter((option) => option.name === name);
  const like = exact.length > 0 ? exact : options.filter((option) => comparableName(option.name) === wanted);
  return [...new Map(like.map((option) => [isText ? option.name : option.id, option])).values()];
}
