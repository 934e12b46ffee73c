import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { readJson, withoutMarks } from '../foreignJson.ts';

/** How the refusal of malformed JSON begins; it has an exit code of its own. */
export const NOT_JSON = 'it is not JSON';

/**
 * A JSON text from the command line: itself, `@FILE`, or `-` for standard input.
 *
 * @throws InvalidArgumentError with the parser's reason (exit code 2), or when the file cannot be read (exit code 1).
 */
export function parseJson(text: string): unknown {
  const json = text === '-' ? readText(0) : text.startsWith('@') ? readText(text.slice(1)) : text;
  try {
    // Files made on Windows may begin with a byte order mark.
    return readJson(withoutMarks(json));
  } catch (error) {
    throw new InvalidArgumentError(`${NOT_JSON}: ${(error as Error).message}`);
  }
}

function readText(file: string | 0): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(`it cannot be read: ${(error as Error).message}`);
  }
}

/** A positive integer from the command line. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('it is a positive whole number');
  return Number(text);
}

/** Halo's id of something, or its name there. */
export type IdOrName = number | { readonly name: string };

/** `12`, or `Acme Industries`; `name:12` for what has a number as its name. */
export function parseIdOrName(text: string): IdOrName {
  if (/^-?[\d.]+$/.test(text)) return parseCount(text);
  const name = text.startsWith('name:') ? text.slice('name:'.length) : text;
  if (name.trim() === '') throw new InvalidArgumentError('it is an id, or a name');
  return { name };
}

/** A TCP port from the command line. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('it is a port, 0 to 65535');
  return port;
}

/** Names separated by commas. */
export function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('it is a list of names separated by commas');
  return names;
}
