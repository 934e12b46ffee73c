/**
 * Runs the work on each thing one piece at a time. Work that has to wait is skipped if there is later work on the same
 * thing by then.
 */
export function latestOnly(): (thing: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (thing, work) => {
    const before = last.get(thing) ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(async () => {
        if (last.get(thing) === mine) await work();
      });
    last.set(thing, mine);
    return mine;
  };
}
