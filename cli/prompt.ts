import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Interrupted, unlessInterrupted } from './interrupt.ts';

/** Whether somebody is there to be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on standard error; anything but a yes is a no. */
export async function confirmed(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await asked(`${question} [y/N]`));
}

/** Asks before what cannot be taken back, unless that was said to be meant or nobody is there to be asked. */
export async function agreed(
  question: string,
  { yes, json }: { readonly yes: boolean; readonly json: boolean },
): Promise<boolean> {
  return yes || json || !canAsk() || (await confirmed(question));
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
  // The terminal sends no signal while it is asked: Ctrl-C is the end of the question, and so is Ctrl-D.
  const ended = new Promise<never>((_resolve, reject) => {
    terminal.once('SIGINT', () => reject(new Interrupted('SIGINT')));
    terminal.once('close', () => reject(new Interrupted('SIGINT')));
  });
  try {
    const asking = terminal.question(question === '' ? '' : `${question} `);
    return (await unlessInterrupted(Promise.race([asking, ended]))).trim();
  } finally {
    terminal.close();
  }
}
