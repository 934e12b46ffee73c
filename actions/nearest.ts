/** The name somebody meant when he misspelt one. */

/** The known name that is the same but for case and underscores, or at most two edits away; undefined when none is. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = simplify(name);
  const same = known.find((candidate) => simplify(candidate) === plain);
  if (same !== undefined) return same;
  const allowed = plain.length < 5 ? 1 : 2;
  return known
    .filter((candidate) => Math.abs(simplify(candidate).length - plain.length) <= allowed)
    .map((candidate) => ({ candidate, edits: distance(plain, simplify(candidate)) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Levenshtein's distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split('').entries()) {
      const kept = (row[column] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(kept, (row[column + 1] as number) + 1, (next[column] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
