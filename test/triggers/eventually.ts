import { setTimeout as sleep } from 'node:timers/promises';

/** What `look` returns once it does not throw any more; its last error after 20 s. */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
