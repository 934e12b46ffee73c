const AT_ONCE = 10;

/**
 * Takes all steps whatever becomes of the others, so many at a time; one that is slow holds up none but its own place.
 *
 * @throws AggregateError with what failed.
 */
export async function inTurns(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  const left = steps.values();
  const take = async (): Promise<void> => {
    for (const step of left) await step().catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${steps.length} failed`);
}
