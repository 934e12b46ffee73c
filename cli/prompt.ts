import { createInterface } from 'node:readline/promises';
import { unlessInterrupted } from './interrupt.ts';

/** Whether somebody is there to be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on standard error; anything but a yes is a no. */
export async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await unlessInterrupted(terminal.question(`${question} [y/N] `));
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
