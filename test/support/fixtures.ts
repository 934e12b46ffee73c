/** The fixtures of test/fixtures: what goes into an action, on the wire, and out again. */
import { readFileSync, readdirSync } from 'node:fs';
import type { RequestOptions } from '../../halo/types.ts';
import type { RecordedReply, RecordedRequest } from './recorder.ts';

const FOLDER = new URL('../fixtures/', import.meta.url);

export interface Fixture {
  readonly input: unknown;
  readonly options?: RequestOptions;
  /** Several where the call asks more than once: elements of an array, pages of a list. */
  readonly request: RecordedRequest | readonly RecordedRequest[];
  readonly reply: RecordedReply | readonly RecordedReply[];
  readonly output: unknown;
}

/** The ids that have a fixture. */
export function fixtureIds(): readonly string[] {
  return readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
}

/** The fixture of an action. Throws when it has none. */
export function readFixture(id: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8')) as Fixture;
}
