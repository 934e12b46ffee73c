/** Bodies of Halo's webhooks: JSON, or a template whose values Halo put in as they are, without quotes. */
import { DEEPEST, isTooDeep } from './nesting.ts';

export type Parsed = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads a body. What is no JSON is read as a template of `"name" : value` members, where a value is whatever comes before
 * the next member: `In Progress`, nothing at all, text with quotes, commas and line breaks. Never throws.
 */
export function parseHaloBody(text: string): Parsed {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { problem: 'the body is empty' };
  try {
    const value: unknown = JSON.parse(body);
    return isTooDeep(value) ? { problem: `the body is nested more than ${DEEPEST} levels deep` } : { value };
  } catch (error) {
    for (const strict of [true, false]) {
      const value = new Template(body, strict).read();
      if (value !== undefined) return { value };
    }
    return {
      problem: `the body is neither JSON (${(error as Error).message}) nor a template of "name" : value members`,
    };
  }
}

interface Part<T> {
  readonly value: T;
  /** Where it ends. */
  readonly end: number;
}

/** The object that a member is in. */
interface Inside {
  /** White space before its first member. */
  readonly lead: string;
  /** Indentation of the line that it starts on. */
  readonly opening: string;
  readonly depth: number;
}

const KEY = /"([^"\n]{1,100})"\s*:/y;
const SPACE = /\s*/y;
const BLANKS = /[ \t]*/y;
const MARK = /[,}]/g;
/** Templates are nested by people. */
const DEEPEST_TEMPLATE = 20;
/** Members that hold text, whatever the text looks like. */
const TEXT = /name$|^(summary|details|team|note|title|reference)$/;

/**
 * A reader of templates. A strict one trusts in the lines of the template: the members of an object start lines of the
 * same indentation, so that no text that is put in is taken for a member. Templates on one line need the other.
 */
class Template {
  readonly #text: string;
  readonly #strict: boolean;

  constructor(text: string, strict: boolean) {
    this.#text = text;
    this.#strict = strict;
  }

  /** The object, or the array of objects, that is all of the text; undefined when it cannot be read as one. */
  read(): unknown {
    const isArray = this.#text.startsWith('[');
    const whole = isArray ? this.#array() : this.#object(0, 0);
    return whole && this.#skip(SPACE, whole.end) === this.#text.length ? whole.value : undefined;
  }

  #array(): Part<unknown[]> | null {
    const value: unknown[] = [];
    let at = this.#skip(SPACE, 1);
    while (this.#text[at] === '{') {
      const element = this.#object(at, 0);
      if (!element) return null;
      value.push(element.value);
      at = this.#skip(SPACE, element.end);
      if (this.#text[at] !== ',') break;
      at = this.#skip(SPACE, at + 1);
    }
    return this.#text[at] === ']' ? { value, end: at + 1 } : null;
  }

  #object(start: number, depth: number): Part<Record<string, unknown>> | null {
    if (this.#text[start] !== '{' || depth > DEEPEST_TEMPLATE) return null;
    const first = this.#skip(SPACE, start + 1);
    if (this.#text[first] === '}') return { value: {}, end: first + 1 };
    const inside = { lead: this.#text.slice(start + 1, first), opening: this.#indentation(start), depth };
    const members: [string, unknown][] = [];
    let at = first;
    for (;;) {
      const key = this.#match(KEY, at);
      if (!key) return null;
      const name = key[1] ?? '';
      const value = this.#value(name, at + key[0].length, inside);
      if (!value) return null;
      members.push([name, value.value]);
      at = this.#skip(SPACE, value.end);
      if (this.#text[at] === '}') return { value: Object.fromEntries(members), end: at + 1 };
      at = this.#skip(SPACE, at + 1);
    }
  }

  #value(name: string, start: number, inside: Inside): Part<unknown> | null {
    const at = this.#skip(BLANKS, start);
    const nested = TEXT.test(name) ? null : this.#object(at, inside.depth + 1);
    if (nested) {
      const after = this.#skip(SPACE, nested.end);
      if (this.#endsMember(after, inside)) return { value: nested.value, end: after };
    }
    MARK.lastIndex = at;
    for (let mark = MARK.exec(this.#text); mark; mark = MARK.exec(this.#text)) {
      const end = mark.index;
      if (this.#endsMember(end, inside)) return { value: literal(name, this.#text.slice(at, end)), end };
      MARK.lastIndex = end + 1;
    }
    return null;
  }

  /** Whether a member is followed by another one, or the object's end, at this place. */
  #endsMember(at: number, { lead, opening }: Inside): boolean {
    const strict = this.#strict && lead.includes('\n');
    if (this.#text[at] === ',') {
      const next = this.#skip(SPACE, at + 1);
      if (!this.#match(KEY, next)) return false;
      return !strict || lineStart(this.#text.slice(at + 1, next)) === lineStart(lead);
    }
    if (this.#text[at] !== '}') return false;
    // The end of an object stands on a line of its own, below the start of the line that opened it.
    if (strict && this.#text.slice(this.#text.lastIndexOf('\n', at) + 1, at) !== opening) return false;
    const next = this.#skip(SPACE, at + 1);
    const follows = this.#text[next];
    if (follows === undefined || follows === '}' || follows === ']') return true;
    return follows === ',' && /["{]/.test(this.#text[this.#skip(SPACE, next + 1)] ?? '');
  }

  #indentation(at: number): string {
    const line = this.#text.lastIndexOf('\n', at) + 1;
    return this.#text.slice(line, this.#skip(BLANKS, line));
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text);
  }

  #skip(pattern: RegExp, at: number): number {
    return at + (this.#match(pattern, at)?.[0].length ?? 0);
  }
}

/** The indentation of the last of the lines that white space ends in; null when it has no line break. */
function lineStart(space: string): string | null {
  const at = space.lastIndexOf('\n');
  return at < 0 ? null : space.slice(at + 1);
}

/** A value as the template shows it: nothing is null, quotes are no part of it. */
function literal(name: string, raw: string): unknown {
  const text = raw.trim();
  if (text === '' || text === 'null') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string' || !TEXT.test(name)) return value;
    return text;
  } catch {
    return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
  }
}
