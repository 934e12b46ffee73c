/** A wait that news cut short, also news that came before it began. */
export interface WakeUp {
  /** There is news. */
  readonly wake: () => void;
  /** Until there is news that no wait has ended for, or so many milliseconds are over, or the signal aborts. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export function wakeUp(): WakeUp {
  let news = false;
  let waiting: (() => void) | undefined;
  return {
    wake() {
      news = true;
      waiting?.();
    },
    async wait(ms, signal) {
      await new Promise<void>((resolve) => {
        if (news || signal?.aborted) return resolve();
        const end = (): void => {
          clearTimeout(timer);
          // A signal outlives many waits.
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        waiting = end;
        signal?.addEventListener('abort', end);
      });
      waiting = undefined;
      news = false;
    },
  };
}
