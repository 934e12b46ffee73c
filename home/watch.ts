/** Keeps a server up: notices its end and starts it again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './reason.ts';

/** What came of one try to bring a watched server back. */
export interface RestartInfo {
  /** false when the try failed; another one follows. */
  readonly ok: boolean;
  /** One sentence for a log. */
  readonly message: string;
  /** From when the server was seen dead until now, in milliseconds. */
  readonly downMs: number;
}

/** A server to keep up. */
export interface Watched {
  readonly name: string;
  /** Cheap: asked five times a second. */
  isDown(): boolean;
  /** Brings it back, or finds that another process has. */
  restart(): Promise<void>;
}

const LOOK_EVERY_MS = 200;
const RESTARTS_PER_MINUTE = 10;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Restarts a server that dies: the first time at once, then after pauses that double with each restart of the last
 * minute, and never more than ten times a minute. It never gives up, and does not keep the process alive.
 * @returns a function that ends it, once a restart under way is done
 */
export function watch(watched: Watched, onRestart: (info: RestartInfo) => void): () => Promise<void> {
  const stop = new AbortController();
  const done = loop(watched, onRestart, stop.signal);
  return async () => {
    stop.abort();
    await done;
  };
}

async function loop(
  watched: Watched,
  onRestart: (info: RestartInfo) => void,
  signal: AbortSignal,
): Promise<void> {
  const { name } = watched;
  let tries: readonly number[] = [];
  let died: number | null = null;
  while (await pause(LOOK_EVERY_MS, signal)) {
    if (!watched.isDown()) {
      died = null;
      continue;
    }
    died ??= Date.now();
    tries = tries.filter((at) => at > Date.now() - 60_000);
    if (!(await pause(pauseBefore(tries, Date.now()), signal))) return;
    tries = [...tries, Date.now()];
    const failure = await watched.restart().then(() => null, reasonOf);
    onRestart({
      ok: failure === null,
      message:
        failure === null ? `${name} had ended and was restarted` : `${name} did not restart: ${failure}`,
      downMs: Date.now() - died,
    });
  }
}

/** How long to wait before the next try, given when those of the last minute were; all in milliseconds. */
export function pauseBefore(tries: readonly number[], now: number): number {
  const [oldest] = tries;
  if (oldest === undefined) return 0;
  if (tries.length >= RESTARTS_PER_MINUTE) return oldest + 60_000 - now;
  return Math.min(LONGEST_PAUSE_MS, 125 * 2 ** tries.length);
}

/** false when it was cut short. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal, ref: false }).catch(() => false);
}
