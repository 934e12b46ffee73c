/**
 * Waiting for what happens: a poll ends when it has happened. It has no bound of its own, since a busy machine would
 * fail it; the limit of the test that waits is the only one, and a poll ends with its test (endPolls.ts).
 */
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 50;

/** What each poll that is under way has seen last. */
const polls = new Map<symbol, { unmet: unknown }>();

/** Asks again until the answer is not undefined. An error of `ask` ends it. */
export async function untilFound<T>(ask: () => Promise<T | undefined>): Promise<T> {
  return await polling(async () => {
    const answer = await ask();
    return answer === undefined ? { unmet: 'no answer yet' } : { answer };
  });
}

/** Looks again until `look` does not throw; returns what it returned. */
export async function untilPasses<T>(look: () => Promise<T>): Promise<T> {
  return await polling(async () => {
    try {
      return { answer: await look() };
    } catch (unmet) {
      return { unmet };
    }
  });
}

/** Asks again until the answer is true. */
export async function untilTrue(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await untilFound(async () => ((await isTrue()) ? true : undefined));
}

async function polling<T>(look: () => Promise<{ answer: T } | { unmet: unknown }>): Promise<T> {
  const id = Symbol('poll');
  try {
    for (;;) {
      const seen = await look();
      if ('answer' in seen) return seen.answer;
      polls.set(id, seen);
      await sleep(PAUSE_MS);
      if (!polls.has(id)) throw new Error('the test that waited for this is over', { cause: seen.unmet });
    }
  } finally {
    polls.delete(id);
  }
}

/** Ends the polls that a test has left behind when its time was up; returns what they had seen last. */
export function endPolls(): unknown[] {
  const left = [...polls.values()].map(({ unmet }) => unmet);
  polls.clear();
  return left;
}
