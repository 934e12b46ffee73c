/** How long an opening that nobody wants any more may take before it is left behind, for the next command to find. */
const LEAVES_BEHIND_AFTER_MS = 8_000;

/** Things that are opened one after the other, or side by side, and closed in the opposite order. */
export class Closing {
  readonly #closers: (() => Promise<unknown>)[] = [];

  add(closer: () => Promise<unknown>): void {
    this.#closers.unshift(closer);
  }

  /** Hands on what is being opened, and closes it also when `close` comes before it is open. */
  open<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
    this.add(async () => {
      const opened = await settled(opening);
      await opened?.close();
    });
    return opening;
  }

  /** Closes all of them, also after one fails; throws the first failure then. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const closer of this.#closers.splice(0)) {
      await closer().catch((failure: unknown) => failures.push(failure));
    }
    if (failures.length > 0) throw failures[0];
  }
}

async function settled<T>(opening: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LEAVES_BEHIND_AFTER_MS);
  });
  try {
    return await Promise.race([opening, patience]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
