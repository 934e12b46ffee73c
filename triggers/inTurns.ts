const AT_ONCE = 10;

/**
 * Takes some steps at once, and all of them whatever becomes of the others.
 *
 * @throws AggregateError with what failed.
 */
export async function inTurns(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let start = 0; start < steps.length; start += AT_ONCE) {
    const results = await Promise.allSettled(steps.slice(start, start + AT_ONCE).map((step) => step()));
    for (const result of results) if (result.status === 'rejected') failures.push(result.reason);
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${steps.length} failed`);
}
