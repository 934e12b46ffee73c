/** The name that somebody meant when he misspelt one. */
import { distance } from 'fastest-levenshtein';

/** The cost grows with the product of both lengths; longer names are not typing errors. */
const LONGEST = 200;
const simplify = (name: string): string =>
  name
    .slice(0, LONGEST)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

const letters = (name: string): string => name.split('').toSorted().join('');
/** Letters in the wrong order are the commonest slip, and in a short name two edits too many. */
const edits = (from: string, to: string): number =>
  letters(from) === letters(to) ? Math.min(1, distance(from, to)) : distance(from, to);

/**
 * The known name that is the same but for case and punctuation, or else the one least edited: a third of it at most.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = simplify(name);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distant: number } | undefined;
  for (const candidate of known) {
    const other = simplify(candidate);
    // As many edits at least, without the time that it takes to count them.
    if (Math.abs(other.length - wanted.length) > allowed) continue;
    const distant = edits(wanted, other);
    if (distant <= allowed && (!best || distant < best.distant)) best = { candidate, distant };
  }
  return best?.candidate;
}

/** ` Did you mean "acme"?`, or nothing: to be put behind a sentence. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
}

/** The known names, those first that share most words with the name, and among them those that are least edited. */
export function nearestFirst(name: string, known: readonly string[]): readonly string[] {
  const wanted = simplify(name);
  const words = wordsOf(name);
  const ranked = known.map((candidate) => {
    const simple = simplify(candidate);
    const shared = wordsOf(candidate).filter((word) => words.includes(word)).length;
    const distant = edits(wanted, simple) / Math.max(wanted.length, simple.length, 1);
    return { candidate, shared, distant };
  });
  return ranked
    .toSorted((a, b) => b.shared - a.shared || a.distant - b.distant)
    .map(({ candidate }) => candidate);
}

const wordsOf = (name: string): string[] => [
  ...new Set(
    name
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  ),
];
