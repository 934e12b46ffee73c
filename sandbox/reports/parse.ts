/** The little SQL that report previews of the sandbox understand: one SELECT over one table. */
export interface Select {
  readonly top: number | null;
  /** Null stands for `*`. */
  readonly columns: readonly { readonly name: string; readonly alias: string }[] | null;
  /** `SELECT COUNT(*) AS n`. */
  readonly countAs: string | null;
  readonly table: string;
  readonly where: readonly { readonly column: string; readonly value: string }[];
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
}

/** A query that the database would refuse; the message is what `load_error` says. */
export class SqlError extends Error {}

const TOKEN = /\s*(?:('(?:[^']|'')*')|(\[[^\]]+\])|([A-Za-z_][\w.]*)|(\d+(?:\.\d+)?)|([=*(),]))/y;
const KEYWORDS = new Set([
  'select',
  'top',
  'from',
  'where',
  'and',
  'order',
  'by',
  'as',
  'asc',
  'desc',
  'count',
]);

interface Token {
  readonly kind: 'text' | 'name' | 'number' | 'sign';
  readonly value: string;
}

/** Throws SqlError for everything but `SELECT [TOP n] columns|*|COUNT(*) FROM table [WHERE a = b AND …] [ORDER BY …]`. */
export function parseSelect(sql: string): Select {
  if (sql.includes(';')) throw new SqlError("Incorrect syntax near ';'.");
  if (sql.includes('--')) throw new SqlError("Incorrect syntax near '--'.");
  const reader = new Reader(tokenize(sql));
  reader.keyword('select');
  const top = reader.optional('top') ? Number(reader.take('number').value) : null;
  const countAs = reader.optional('count') ? readCount(reader) : null;
  const columns = countAs === null ? readColumns(reader) : null;
  reader.keyword('from');
  const table = reader.take('name').value.toLowerCase();
  const where: { column: string; value: string }[] = [];
  if (reader.optional('where')) {
    do {
      const column = bare(reader.take('name').value);
      reader.sign('=');
      where.push({ column, value: reader.literal() });
    } while (reader.optional('and'));
  }
  const order = readOrder(reader, top);
  reader.end();
  return { top, columns, countAs, table, where, order };
}

const bare = (name: string): string => (name.split('.').at(-1) ?? name).toLowerCase();

function readCount(reader: Reader): string {
  reader.sign('(');
  reader.sign('*');
  reader.sign(')');
  return reader.optional('as') ? reader.take('name').value : 'count';
}

function readColumns(reader: Reader): Select['columns'] {
  if (reader.optionalSign('*')) return null;
  const columns: { name: string; alias: string }[] = [];
  do {
    const name = reader.take('name').value;
    const alias = reader.optional('as') ? reader.take('name').value : (name.split('.').at(-1) ?? name);
    columns.push({ name: bare(name), alias });
  } while (reader.optionalSign(','));
  return columns;
}

function readOrder(reader: Reader, top: number | null): Select['order'] {
  const order: { column: string; descending: boolean }[] = [];
  if (!reader.optional('order')) return order;
  reader.keyword('by');
  // The real service runs the text as a derived table, where ORDER BY needs TOP.
  if (top === null) {
    throw new SqlError(
      'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table ' +
        'expressions, unless TOP, OFFSET or FOR XML is also specified.',
    );
  }
  do {
    const column = bare(reader.take('name').value);
    const descending = reader.optional('desc');
    if (!descending) reader.optional('asc');
    order.push({ column, descending });
  } while (reader.optionalSign(','));
  return order;
}

function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = sql.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new SqlError(`Incorrect syntax near '${text.slice(at).trim().split(/\s/)[0] ?? ''}'.`);
    const [, quoted, bracketed, name, number, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (bracketed !== undefined) tokens.push({ kind: 'name', value: bracketed.slice(1, -1) });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else tokens.push({ kind: 'sign', value: sign ?? '' });
  }
  return tokens;
}

class Reader {
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  keyword(word: string): void {
    if (!this.optional(word)) throw this.unexpected();
  }

  optional(word: string): boolean {
    const token = this.tokens[this.index];
    const found = token?.kind === 'name' && token.value.toLowerCase() === word;
    if (found) this.index += 1;
    return found;
  }

  sign(sign: string): void {
    if (!this.optionalSign(sign)) throw this.unexpected();
  }

  optionalSign(sign: string): boolean {
    const token = this.tokens[this.index];
    const found = token?.kind === 'sign' && token.value === sign;
    if (found) this.index += 1;
    return found;
  }

  take(kind: Token['kind']): Token {
    const token = this.tokens[this.index];
    if (token?.kind !== kind || (kind === 'name' && KEYWORDS.has(token.value.toLowerCase())))
      throw this.unexpected();
    this.index += 1;
    return token;
  }

  literal(): string {
    const token = this.tokens[this.index];
    if (token?.kind !== 'text' && token?.kind !== 'number') throw this.unexpected();
    this.index += 1;
    return token.value;
  }

  end(): void {
    if (this.index < this.tokens.length) throw this.unexpected();
  }

  private unexpected(): SqlError {
    const token = this.tokens[this.index] ?? this.tokens.at(-1);
    return new SqlError(`Incorrect syntax near '${token?.value ?? ''}'.`);
  }
}
