/** Deeper values cannot be written as JSON again, which is done by recursion. */
export const DEEPEST = 200;

/** Whether a value is nested more than {@link DEEPEST} levels. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
}
