/** Finds the places of a template where a member or an object may end, in one pass over its text. */

export interface Key {
  readonly name: string;
  /** Where the value begins. */
  readonly value: number;
}

/** A comma before another member, or a brace that more of the template may follow. */
export interface Mark {
  readonly at: number;
  /** Where the member behind a comma begins; null for a brace. */
  readonly next: number | null;
  /**
   * Of the line of the member behind a comma, and of the line that a brace begins; null where that is not the first thing
   * on its line.
   */
  readonly indentation: string | null;
}

const KEY = /"([^"\n]{1,100})"\s*:[ \t]*/y;
const SPACE = /\s*/y;
const BLANKS = /[ \t]*/y;
/** Of braces and commas in all of the text. */
export const MOST_MARKS = 400_000;
/** Of what looks like a member, each of which may have to be read. */
export const MOST_MEMBERS = 50_000;

export class Marks {
  readonly #text: string;
  readonly #keys = new Map<number, Key | null>();
  /** Every brace that opens, with the indentation of its line. */
  readonly #openings = new Map<number, string>();
  readonly #ends = new Map<number, Mark>();
  readonly #everywhere: number[] = [];
  readonly #commas = new Map<string, number[]>();
  readonly #braces = new Map<string, number[]>();
  #members = 0;
  /** Whether there are more than a template has; nothing else holds then. */
  readonly areTooMany: boolean;

  constructor(text: string) {
    this.#text = text;
    this.areTooMany = !this.#find();
  }

  /** How many members there may be. */
  get members(): number {
    return this.#members;
  }

  key(at: number): Key | null {
    const known = this.#keys.get(at);
    if (known !== undefined) return known;
    const found = match(KEY, this.#text, at);
    const key = found === null ? null : { name: found[1] ?? '', value: at + found[0].length };
    this.#keys.set(at, key);
    return key;
  }

  /** The indentation of the line with this opening brace. */
  indentation(at: number): string {
    return this.#openings.get(at) ?? '';
  }

  space(at: number): number {
    return skip(SPACE, this.#text, at);
  }

  /** At exactly this place, for members of these lines, or of any. */
  at(place: number, lines: Lines | null): Mark | null {
    const mark = this.#ends.get(place);
    if (!mark) return null;
    if (lines === null) return mark;
    const wanted = mark.next === null ? lines.opening : lines.members;
    return mark.indentation === wanted ? mark : null;
  }

  /** The first one from here on. */
  from(place: number, lines: Lines | null): Mark | null {
    const found =
      lines === null
        ? firstFrom(this.#everywhere, place)
        : Math.min(
            firstFrom(this.#commas.get(lines.members), place),
            firstFrom(this.#braces.get(lines.opening), place),
          );
    return this.#ends.get(found) ?? null;
  }

  #find(): boolean {
    const text = this.#text;
    const points = /[{},\n]/g;
    let line = 0;
    let indentation = text.slice(0, skip(BLANKS, text, 0));
    let count = 0;
    for (let point = points.exec(text); point; point = points.exec(text)) {
      const at = point.index;
      const [found] = point;
      if (found === '\n') {
        line = at + 1;
        indentation = text.slice(line, skip(BLANKS, text, line));
        continue;
      }
      count += 1;
      if (count > MOST_MARKS || this.#members > MOST_MEMBERS) return false;
      if (found === '{') this.#open(at, indentation);
      else if (found === ',') this.#comma(at);
      else this.#brace(at, at - line === indentation.length ? indentation : null);
    }
    return true;
  }

  #open(at: number, indentation: string): void {
    this.#openings.set(at, indentation);
    if (this.key(this.space(at + 1)) !== null) this.#members += 1;
  }

  #comma(at: number): void {
    const next = this.space(at + 1);
    if (this.key(next) === null) return;
    this.#members += 1;
    this.#add({ at, next, indentation: lineStart(this.#text.slice(at + 1, next)) }, this.#commas);
  }

  #brace(at: number, indentation: string | null): void {
    const next = this.space(at + 1);
    const follows = this.#text[next];
    const ends = follows === undefined || follows === '}' || follows === ']';
    if (!ends && !(follows === ',' && /["{]/.test(this.#text[this.space(next + 1)] ?? ''))) return;
    this.#add({ at, next: null, indentation }, this.#braces);
  }

  #add(mark: Mark, byIndentation: Map<string, number[]>): void {
    const { at, indentation } = mark;
    this.#ends.set(at, mark);
    this.#everywhere.push(at);
    if (indentation === null) return;
    const alike = byIndentation.get(indentation);
    if (alike) alike.push(at);
    else byIndentation.set(indentation, [at]);
  }
}

/** The indentations that tell members of an object, and its end, from text that looks like them. */
export interface Lines {
  readonly members: string;
  /** Of the line that the object begins on. */
  readonly opening: string;
}

/** The indentation of the last of the lines that white space ends in; null when it has no line break. */
export function lineStart(space: string): string | null {
  const at = space.lastIndexOf('\n');
  return at < 0 ? null : space.slice(at + 1);
}

/** Infinity when there is none. The places are in order. */
function firstFrom(places: readonly number[] = [], from: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  return places[low] ?? Infinity;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + (match(pattern, text, at)?.[0].length ?? 0);
}
