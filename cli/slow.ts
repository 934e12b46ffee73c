import { say } from './outcome.ts';

/** Nobody wonders what a command is doing before that. */
const PATIENCE_MS = 2_000;

/** Says on standard error what is being waited for once that takes over two seconds. */
export async function tellIfSlow<T>(line: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => say(line), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
