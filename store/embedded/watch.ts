/** Keeps a server up: notices its end within a quarter of a second and starts it again. */
import { isAlive } from '../../home/process.ts';
import type { ProcessIdentity } from '../../home/process.ts';

/** What the watcher did. */
export interface RestartInfo {
  /** False when the try failed; the next one follows. */
  readonly ok: boolean;
  /** One sentence for a log. */
  readonly message: string;
  /** From the moment the end was noticed until now, in milliseconds. */
  readonly downMs: number;
}

const everyMs = 250;
const triesPerMinute = 10;

/** How long to wait before the next try, given the times (ms) of earlier ones: at once, then longer, never over the limit. */
export function restartDelay(tries: readonly number[], now: number): number {
  const recent = tries.filter((time) => now - time < 60_000);
  if (recent.length === 0) return 0;
  const last = recent.at(-1) ?? now;
  const backOff = Math.min(250 * 2 ** (recent.length - 1), 15_000);
  const oldest = recent.length < triesPerMinute ? undefined : recent.at(-triesPerMinute);
  const limit = oldest === undefined ? 0 : oldest + 60_000 - now;
  return Math.max(0, last + backOff - now, limit);
}

/**
 * Watches `first` and, when it ends, calls `restart`, which answers with the server that runs then. Returns what ends
 * the watch and waits for a restart under way.
 */
export function watchProcess(
  first: ProcessIdentity,
  restart: () => Promise<ProcessIdentity>,
  onRestart: (info: RestartInfo) => void,
): () => Promise<void> {
  let current = first;
  let tries: number[] = [];
  let downSince: number | null = null;
  let busy: Promise<void> | null = null;

  const tryOnce = async (): Promise<void> => {
    const since = (downSince ??= performance.now());
    const now = performance.now();
    if (restartDelay(tries, now) > 0) return;
    tries = [...tries.filter((time) => now - time < 60_000), now];
    const gone = current.pid;
    try {
      current = await restart();
      downSince = null;
      report(true, `PostgreSQL (process ${gone}) had ended; process ${current.pid} has taken its place.`);
    } catch (error) {
      report(
        false,
        `PostgreSQL (process ${gone}) has ended and did not come back: ${(error as Error).message}`,
      );
    }
    function report(ok: boolean, message: string): void {
      onRestart({ ok, message, downMs: Math.round(performance.now() - since) });
    }
  };

  const timer = setInterval(() => {
    if (busy !== null || isAlive(current)) return;
    busy = tryOnce().finally(() => {
      busy = null;
    });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
