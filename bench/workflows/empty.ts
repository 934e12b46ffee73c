/** A run that does nothing: what starting one costs. */
export async function empty(): Promise<void> {
  await Promise.resolve();
}
