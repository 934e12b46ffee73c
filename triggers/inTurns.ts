const AT_ONCE = 10;

/**
 * Runs all steps, a fixed number at a time, even if some fail; a slow step delays only its own slot.
 *
 * @throws AggregateError with the errors.
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
