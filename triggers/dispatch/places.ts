/** Which rows of the inbox may be worked on at the same time: rows of one tenant that take long leave room for the others. */

/** Rows at a time, unless more trees than that wait. */
const PLACES = 200;

/**
 * Whether one more row of a path may be taken, and counts it if so. `held` are the paths of the rows under way, each from the
 * root down to the trigger. A tree may have half of what the others leave, an organization half of what the others in its tree
 * leave, and so on; a tree without any may always have one.
 */
export function placesBeside(held: Iterable<readonly string[]>): (path: readonly string[]) => boolean {
  const counts = new Map<string, number>();
  const countOf = (path: readonly string[]): number => counts.get(path.join(' ')) ?? 0;
  const count = (path: readonly string[]): void => {
    for (let length = 0; length <= path.length; length += 1) {
      const part = path.slice(0, length);
      counts.set(part.join(' '), countOf(part) + 1);
    }
  };
  for (const path of held) count(path);
  return (path) => {
    let room = PLACES;
    for (let length = 1; length <= path.length; length += 1) {
      const own = countOf(path.slice(0, length));
      const others = countOf(path.slice(0, length - 1)) - own;
      room = Math.max(length === 1 ? 1 : 0, Math.ceil((room - others) / 2));
      if (own >= room) return false;
    }
    count(path);
    return true;
  };
}
