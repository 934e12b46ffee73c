export interface Place {
  /** The value as it stands in the text. */
  readonly raw: string;
  readonly line: number;
  /** Characters from the start of the line to the end of the value. */
  readonly position: number;
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const SCALAR = /[^\s,[\]{}":]+/y;
const SPACE = /[\s,:]*/y;

/** Where a property of the n-th element of a JSON array (valid JSON) stands in its text. */
export function locateValue(text: string, element: number, field: string): Place {
  const scan = new Scanner(text);
  scan.skipSpace();
  scan.index += text[scan.index] === '[' ? 1 : 0;
  for (let n = 0; n < element; n += 1) scan.value();
  scan.skipSpace();
  scan.index += 1;
  for (;;) {
    scan.skipSpace();
    if (scan.index >= text.length || text[scan.index] === '}') return { raw: '', line: 1, position: 0 };
    const key = JSON.parse(scan.value()) as unknown;
    const raw = scan.value();
    if (key !== field) continue;
    const before = text.slice(0, scan.index);
    const line = before.split('\n').length;
    return { raw, line, position: before.length - (before.lastIndexOf('\n') + 1) };
  }
}

class Scanner {
  readonly text: string;
  index = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    this.take(SPACE);
  }

  /** The next value, whole, and moves behind it. */
  value(): string {
    this.skipSpace();
    const start = this.index;
    let depth = 0;
    do {
      const character = this.text[this.index];
      if (character === '"') this.take(STRING);
      else if (character === '{' || character === '[') {
        depth += 1;
        this.index += 1;
      } else if (character === '}' || character === ']') {
        depth -= 1;
        this.index += 1;
      } else this.take(SCALAR);
      if (depth > 0) this.skipSpace();
    } while (depth > 0 && this.index < this.text.length);
    return this.text.slice(start, this.index);
  }

  private take(pattern: RegExp): void {
    pattern.lastIndex = this.index;
    const match = pattern.exec(this.text);
    this.index += match?.[0].length ?? 0;
  }
}
