import { BudgetWait } from './budget.ts';

/** Turns within this process: first come, first served. Among processes the ledger's lease decides. */
export interface Turns {
  /**
   * Waits for the host's turn; call what is returned when it is over.
   *
   * @throws BudgetWait when so many wait that this one is to come back later, or the signal's reason.
   */
  take(host: string, signal: AbortSignal): Promise<() => void>;
}

/** More than these would hold too many of a worker's slots. */
const MOST_WAITING = 20;
const ASK_AGAIN_MS = 1_000;

export function createTurns(): Turns {
  const queues = new Map<string, (() => void)[]>();

  function pass(host: string): void {
    const next = queues.get(host)?.shift();
    if (next) next();
    else queues.delete(host);
  }

  return {
    async take(host, signal) {
      signal.throwIfAborted();
      const waiting = queues.get(host);
      if (!waiting) {
        queues.set(host, []);
        return once(() => pass(host));
      }
      if (waiting.length >= MOST_WAITING)
        throw new BudgetWait(ASK_AGAIN_MS, 'Waiting for its turn to create on the host');
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(onTurn), 1);
          reject(signal.reason as Error);
        };
        const onTurn = (): void => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(onTurn);
      });
      return once(() => pass(host));
    },
  };
}

function once(body: () => void): () => void {
  let done = false;
  return () => {
    if (!done) body();
    done = true;
  };
}
