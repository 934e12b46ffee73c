/** In the place of haloflow's own: the thread of all workflows ends, as the SDK cannot say what was rejected. */
export async function runAction(): Promise<never> {
  // oxlint-disable-next-line prefer-promise-reject-errors -- what no text can be made of
  void Promise.reject(Object.create(null));
  return await new Promise(() => undefined);
}
