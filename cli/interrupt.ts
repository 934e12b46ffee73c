/** Ctrl-C, SIGTERM and a closed terminal: a command stops what it started before it ends. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What an interrupted command ends with. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }

  /** By the shells' convention: 128 and the number of the signal. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

let first: Promise<Interrupted> | undefined;

/** Resolves at the first of these signals; a second one ends the process at once. */
export function interruption(): Promise<Interrupted> {
  first ??= new Promise((resolve) => {
    let heard = false;
    const hear = (signal: NodeJS.Signals): void => {
      const interrupted = new Interrupted(signal);
      if (heard) process.exit(interrupted.exitCode);
      heard = true;
      resolve(interrupted);
    };
    for (const signal of SIGNALS) process.on(signal, hear);
  });
  return first;
}

/** What `work` comes to, or Interrupted as soon as somebody wants the command to stop; `work` itself goes on then. */
export function unlessInterrupted<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    interruption().then((interrupted) => {
      throw interrupted;
    }),
  ]);
}
