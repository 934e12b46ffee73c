import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { unlessInterrupted } from './interrupt.ts';

/** Whether somebody is there to be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on standard error; anything but a yes is a no. */
export async function confirmed(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await asked(`${question} [y/N]`));
}

/** Asks on standard error for a line of text. */
export async function asked(question: string): Promise<string> {
  return await answerTo(question, process.stderr);
}

/** The same for a secret: what is typed is not shown. */
export async function askedHidden(question: string): Promise<string> {
  process.stderr.write(`${question} `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await answerTo('', nowhere);
  } finally {
    process.stderr.write('\n');
  }
}

async function answerTo(question: string, output: NodeJS.WritableStream): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  try {
    const answer = await unlessInterrupted(terminal.question(question === '' ? '' : `${question} `));
    return answer.trim();
  } finally {
    terminal.close();
  }
}
