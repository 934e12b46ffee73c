/** How a command ends: what it prints, as text or as one JSON document, and its exit code. */
import { InvalidArgumentError } from 'commander';
import { Interrupted } from './interrupt.ts';

/** Done. */
export const EXIT_OK = 0;
/** Anything that fails. */
export const EXIT_FAILED = 1;
/** Unknown command or flag, malformed JSON. */
export const EXIT_USAGE = 2;

/** `{ type, message }` of an error, as every `--json` document shows it. */
export interface ErrorDocument {
  readonly type: string;
  readonly message: string;
}

export interface Outcome {
  /** False makes the exit code 1. */
  readonly ok: boolean;
  /** The document that `--json` prints. */
  readonly json: unknown;
  /** What people see. */
  readonly text: string;
  /** What people see on standard error. */
  readonly complaint?: string;
}

/** The error as a document; an error without a message says at least its name. */
export function errorDocument(error: unknown): ErrorDocument {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  const text = typeof message === 'string' && message !== '' ? message : String(error);
  return { type: name ?? 'Error', message: text };
}

/**
 * Writes all of `text` before it resolves, also into a pipe that is read slowly. A reader that has gone, as `head` does
 * when it has seen enough, is none of the writer's business.
 */
export function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    };
    stream.write(text.endsWith('\n') ? text : `${text}\n`, done);
  });
}

/** A line of progress or a warning: on standard error, where it never disturbs a document. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What the API warns of, and has done all the same. */
export const warned = ({ warning }: { readonly warning?: string }): { complaint?: string } =>
  warning === undefined ? {} : { complaint: `warning: ${warning}` };

/** The parts of a command's options that decide how it prints. */
export interface Printing {
  readonly json?: boolean;
}

/** What a command's document looks like when there is nothing to put into it. */
export type Blank = Readonly<Record<string, unknown>>;

async function fail(options: Printing, blank: Blank, error: unknown): Promise<void> {
  if (error instanceof InvalidArgumentError) throw error;
  process.exitCode = error instanceof Interrupted ? error.exitCode : EXIT_FAILED;
  const document = errorDocument(error);
  if (options.json) await write(process.stdout, JSON.stringify({ ok: false, ...blank, error: document }));
  else await write(process.stderr, `${document.type}: ${document.message}`);
}

/**
 * Runs a command's body and prints how it ended. With `--json` a failure is `blank` (the command's document with
 * nothing in it) with `ok: false` and `error`.
 */
export async function conclude(options: Printing, blank: Blank, body: () => Promise<Outcome>): Promise<void> {
  try {
    const { ok, json, text, complaint } = await body();
    process.exitCode = ok ? EXIT_OK : EXIT_FAILED;
    if (options.json) await write(process.stdout, JSON.stringify(json));
    else if (text !== '') await write(process.stdout, text);
    if (!options.json && complaint) await write(process.stderr, complaint);
  } catch (error) {
    await fail(options, blank, error);
  }
}

/** The same for a command that prints by itself when it is ready and serves until it is stopped. */
export async function serve(options: Printing, blank: Blank, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    await fail(options, blank, error);
  }
}
