/** Runs work for at most so many callers at a time, in the order in which they came. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

export function slots(atATime: number): Slots {
  let free = atATime;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
