/** Reads templates of Halo's runbooks: JSON into which Halo put values without quotes. */
import { readJson } from '../../foreignJson.ts';
import { lineStart, Marks, MOST_MARKS, MOST_MEMBERS } from './templateMarks.ts';
import type { Lines, Mark } from './templateMarks.ts';

/** The longest template, in UTF-16 units; a ticket has one or two long texts. */
const LONGEST = 1_048_576;
/** The deepest nesting; people write templates by hand. */
const DEEPEST = 20;
/** Members that hold text, whatever the text looks like. */
const TEXT = /name$|^(summary|details|team|note|title|reference)$/;

/**
 * Reads `"name" : value` members; a value is everything before the next member. The first reading trusts lines: the
 * members of an object start lines with the same indentation, so that no inserted text is mistaken for a member. For
 * templates on one line, a second reading takes every comma before a member as the end of one.
 *
 * It takes linear time: each place of the text is read once for each kind of object to which it may belong.
 */
export function readTemplate(text: string): { readonly value: unknown } | { readonly problem: string } {
  if (text.length > LONGEST) {
    return {
      problem: `the body is not JSON, and has more than the ${LONGEST} characters that a template may have`,
    };
  }
  const marks = new Marks(text);
  if (marks.areTooMany) {
    const most = `${MOST_MARKS} braces and commas, or ${MOST_MEMBERS} members`;
    return { problem: `the body is not JSON, and has more than the ${most} that a template may have` };
  }
  for (const trustsLines of [true, false]) {
    const value = new Template(text, marks, trustsLines).read();
    if (value !== undefined) return { value };
  }
  return { problem: 'the body is not a template of "name" : value members' };
}

/** The members of an object from one of them on. */
interface Members {
  readonly name: string;
  /** Of the value. */
  readonly start: number;
  readonly end: number;
  /** The value, where it is an object. */
  readonly nested: Opened | null;
  readonly next: Members | null;
  /** Behind the object. */
  readonly close: number;
  /** Levels of objects below. */
  readonly height: number;
}

/** What is known of the members at a place; null when they do not come to an end. */
type Known = Map<number, Members | null>;

/** Objects whose members are told from texts in the same way. */
interface Kind {
  /** Null where every mark counts. */
  readonly lines: Lines | null;
  readonly known: Known;
}

/** An object's begin. */
interface Opened {
  readonly kind: Kind;
  /** Where its first member is. */
  readonly first: number;
  readonly isEmpty: boolean;
}

interface Place {
  readonly kind: Kind;
  readonly at: number;
}

class Template {
  readonly #text: string;
  readonly #marks: Marks;
  readonly #trustsLines: boolean;
  readonly #openings = new Map<number, Opened>();
  readonly #anywhere: Kind = { lines: null, known: new Map() };
  readonly #byLines = new Map<string, Kind>();
  /** Lines of ever new indentations would be read once for each of them. */
  #patience: number;

  constructor(text: string, marks: Marks, trustsLines: boolean) {
    this.#text = text;
    this.#marks = marks;
    this.#trustsLines = trustsLines;
    this.#patience = 4 * marks.members + 100;
  }

  /** The object, or the array of objects, that is all of the text; undefined when it cannot be read as one. */
  read(): unknown {
    const whole = this.#text.startsWith('[') ? this.#array() : this.#object(0);
    return whole && this.#marks.space(whole.end) === this.#text.length ? whole.value : undefined;
  }

  #array(): { readonly value: unknown; readonly end: number } | null {
    const value: unknown[] = [];
    let at = this.#marks.space(1);
    while (this.#text[at] === '{') {
      const element = this.#object(at);
      if (!element) return null;
      value.push(element.value);
      at = this.#marks.space(element.end);
      if (this.#text[at] !== ',') break;
      at = this.#marks.space(at + 1);
    }
    return this.#text[at] === ']' ? { value, end: at + 1 } : null;
  }

  #object(at: number): { readonly value: unknown; readonly end: number } | null {
    if (this.#text[at] !== '{') return null;
    const opened = this.#opened(at);
    if (opened.isEmpty) return { value: {}, end: opened.first + 1 };
    const members = this.#membersAt({ kind: opened.kind, at: opened.first });
    return members && { value: this.#valueOf(members), end: members.close };
  }

  /** What one place needs to know of another is found out first, without recursion: texts may open very many braces. */
  #membersAt(goal: Place): Members | null {
    const open = [goal];
    for (let place = open.at(-1); place; place = open.at(-1)) {
      if (this.#patience < 0) return null;
      const found = this.#lookAt(place);
      if (found !== null && 'at' in found) {
        open.push(found);
        continue;
      }
      place.kind.known.set(place.at, found);
      this.#patience -= 1;
      open.pop();
    }
    return goal.kind.known.get(goal.at) ?? null;
  }

  /** The members from here on, or the place behind this one that has to be known before. */
  #lookAt({ kind, at }: Place): Members | Place | null {
    const key = this.#marks.key(at);
    if (!key) return null;
    const { name, value: start } = key;
    let end: Mark | null = null;
    let nested: { readonly opened: Opened; readonly height: number } | null = null;
    if (this.#text[start] === '{' && !TEXT.test(name)) {
      const opened = this.#opened(start);
      const inner = opened.isEmpty ? EMPTY : opened.kind.known.get(opened.first);
      if (inner === undefined) return { kind: opened.kind, at: opened.first };
      if (inner && inner.height < DEEPEST) {
        const close = opened.isEmpty ? opened.first + 1 : inner.close;
        end = this.#marks.at(this.#marks.space(close), kind.lines);
        if (end) nested = { opened, height: inner.height + 1 };
      }
    }
    end ??= this.#marks.from(start, kind.lines);
    if (!end) return null;
    const member = { name, start, end: end.at, nested: nested?.opened ?? null };
    const height = nested?.height ?? 0;
    if (end.next === null) return { ...member, next: null, close: end.at + 1, height };
    const next = kind.known.get(end.next);
    if (next === undefined) return { kind, at: end.next };
    return next && { ...member, next, close: next.close, height: Math.max(height, next.height) };
  }

  #opened(at: number): Opened {
    const known = this.#openings.get(at);
    if (known) return known;
    const first = this.#marks.space(at + 1);
    const members = lineStart(this.#text.slice(at + 1, first));
    const kind =
      this.#trustsLines && members !== null
        ? this.#kind({ members, opening: this.#marks.indentation(at) })
        : this.#anywhere;
    const opened = { kind, first, isEmpty: this.#text[first] === '}' };
    this.#openings.set(at, opened);
    return opened;
  }

  #kind(lines: Lines): Kind {
    const name = `${lines.members}\n${lines.opening}`;
    const known = this.#byLines.get(name) ?? { lines, known: new Map() };
    this.#byLines.set(name, known);
    return known;
  }

  #valueOf(members: Members | null): Record<string, unknown> {
    const found: [string, unknown][] = [];
    for (let member = members; member; member = member.next) {
      const { name, start, end, nested } = member;
      const value = nested
        ? this.#valueOf(nested.kind.known.get(nested.first) ?? null)
        : literal(name, this.#text.slice(start, end));
      found.push([name, value]);
    }
    return Object.fromEntries(found);
  }
}

const EMPTY = { height: 0, close: 0 };

/** A value as the template shows it: nothing is null, quotes are no part of it. */
function literal(name: string, raw: string): unknown {
  const text = raw.trim();
  if (text === '' || text === 'null') return null;
  try {
    const value = readJson(text, { roundsFractions: true });
    if (typeof value === 'string' || !TEXT.test(name)) return value;
    return text;
  } catch {
    return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
  }
}
