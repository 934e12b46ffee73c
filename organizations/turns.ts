/**
 * Runs the changes of one process one after another, so that changes waiting for the database's lock hold no
 * connection.
 */

/** How long a change waits while nothing moves, and at most in all. */
const PATIENCE_MS = 5_000;
const LONGEST_MS = 30_000;

/** A turn took too long. */
export class NoTurn extends Error {}

interface Line {
  last: Promise<void>;
  /** When the last turn ended, by `performance.now()`. */
  movedAt: number;
}

const lines = new WeakMap<object, Line>();

/**
 * Runs `body` after all earlier turns at `what` have ended. `waitMs` returns how much longer `body` may wait for others.
 *
 * @throws NoTurn after waiting too long; `body` throws it for the same reason.
 */
export async function inTurn<T>(what: object, body: (waitMs: () => number) => Promise<T>): Promise<T> {
  const line = lines.get(what) ?? { last: Promise.resolve(), movedAt: 0 };
  lines.set(what, line);
  const askedAt = performance.now();
  const waitMs = (): number =>
    Math.min(Math.max(askedAt, line.movedAt) + PATIENCE_MS, askedAt + LONGEST_MS) - performance.now();
  const before = line.last;
  let leave = (): void => undefined;
  line.last = new Promise((resolve) => (leave = resolve));
  if (!(await isOver(before, waitMs))) {
    void before.then(leave);
    throw new NoTurn('another change has blocked this one for too long');
  }
  try {
    const result = await body(waitMs);
    line.movedAt = performance.now();
    return result;
  } catch (error) {
    if (!(error instanceof NoTurn)) line.movedAt = performance.now();
    throw error;
  } finally {
    leave();
  }
}

/** Whether it is over before the wait, which others may prolong, is. */
async function isOver(turn: Promise<void>, waitMs: () => number): Promise<boolean> {
  for (;;) {
    const left = waitMs();
    if (left <= 0) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, left, false)));
    const isDone = await Promise.race([turn.then(() => true), late]);
    clearTimeout(timer);
    if (isDone) return waitMs() > 0;
  }
}
