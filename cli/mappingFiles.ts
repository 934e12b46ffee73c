/** What `haloflow mappings export` and `import` do: mappings as CSV, JSON or YAML. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { ConfigurationError } from '../errors.ts';
import { withApi } from './api.ts';
import { readCsv, writeCsv } from './csv.ts';
import { pathOn } from './mappings.ts';
import type { On } from './mappings.ts';
import { warned } from './outcome.ts';
import type { Outcome } from './outcome.ts';

type Format = 'csv' | 'json' | 'yaml';

export interface FileOptions extends On {
  readonly format?: Format;
}

const COLUMNS = [
  'organization',
  'client',
  'contact',
  'site',
  'use',
  'ignored',
  'reason',
  'clientName',
  'organizationName',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number | boolean | null>>;

export async function exported(
  file: string | undefined,
  { connection, format }: FileOptions,
): Promise<Outcome> {
  const kind = formatOf(file, format) ?? 'csv';
  return await withApi(async (api) => {
    const { rows } = await api.call<{ rows: readonly Row[] }>({
      path: pathOn({ connection }, 'mappings', 'export'),
    });
    const text = WRITERS[kind](rows);
    if (file === undefined) return { ok: true, json: { ok: true, rows }, text };
    try {
      writeFileSync(file, text.endsWith('\n') ? text : `${text}\n`);
    } catch (cause) {
      throw new ConfigurationError(`${file} cannot be written: ${(cause as Error).message}`, { cause });
    }
    return { ok: true, json: { ok: true, rows }, text: `${rows.length} rows are in ${file}.` };
  });
}

const WRITERS: Readonly<Record<Format, (rows: readonly Row[]) => string>> = {
  csv: (rows) =>
    writeCsv(
      COLUMNS,
      rows.map((row) => COLUMNS.map((column) => harmless(column, row[column]))),
    ),
  json: (rows) => JSON.stringify(rows, null, 2),
  yaml: (rows) => stringify(rows).trimEnd(),
};

/** A spreadsheet takes a name such as `=1+1` for a formula. Names are not read back. */
function harmless(column: string, value: unknown): unknown {
  const isName = column === 'clientName' || column === 'organizationName';
  return isName && typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

interface Imported {
  readonly changes: readonly { op: string; organization: string | null; client: number }[];
  readonly unchanged: number;
  readonly bad: readonly { line: number; reason: string }[];
  readonly warning?: string;
}

/** @throws ConfigurationError when the file cannot be read as what it is. */
export async function imported(
  file: string,
  { connection, format, plan = false }: FileOptions & { readonly plan?: boolean },
): Promise<Outcome> {
  const kind = formatOf(file, format) ?? (file === '-' ? 'csv' : undefined);
  if (kind === undefined) {
    throw new ConfigurationError(`what is ${file}? Say it with --format csv|json|yaml`);
  }
  const rows = kind === 'csv' ? csvRows(read(file)) : yamlRows(read(file));
  return await withApi(async (api) => {
    const done = await api.call<Imported>({
      method: 'POST',
      path: pathOn({ connection }, 'mappings', 'import'),
      body: { rows, plan },
    });
    const { changes, unchanged, bad } = done;
    const lines = changes.map(({ op, organization, client }) =>
      organization === null ? `${op} client ${client}: ignored` : `${op} ${organization}: client ${client}`,
    );
    const sum = `${changes.length} ${plan ? 'would change' : 'changed'}, ${unchanged} are so already, ${bad.length} not taken.`;
    const error = {
      type: 'SchemaError',
      message: `${bad.length} of ${rows.length} rows were not taken: \`bad\` says why`,
    };
    const ok = bad.length === 0;
    return {
      ok,
      json: { ok, ...done, ...(ok ? {} : { error }) },
      text: [...lines, sum].join('\n'),
      complaint: [
        ...bad.map(({ line, reason }) => `${file}:${line}: ${reason}`),
        ...Object.values(warned(done)),
      ].join('\n'),
    };
  });
}

function formatOf(file: string | undefined, format: Format | undefined): Format | undefined {
  const end = /\.(csv|json|ya?ml)$/i.exec(file ?? '')?.[1]?.toLowerCase();
  return format ?? (end === 'yml' ? 'yaml' : (end as Format | undefined));
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

interface RawRow {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

function csvRows(text: string): RawRow[] {
  const [head, ...rows] = readCsv(text);
  const columns = head?.cells.map((name) => name.trim()) ?? [];
  if (!columns.includes('client')) {
    throw new ConfigurationError(
      `the first line has no column client: it names the columns, of ${COLUMNS.join(', ')}`,
    );
  }
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigurationError(`the first line names the column ${twice} twice`);
  return rows.map(({ line, cells }) => ({
    line,
    values: Object.fromEntries(
      cells.flatMap((cell, index) => {
        const name = columns[index] ?? '';
        if (name !== '') return [[name, cell]];
        return cell.trim() === '' ? [] : [[`for "${cell.trim().slice(0, 40)}" in the first line`, cell]];
      }),
    ),
  }));
}

/** JSON is YAML, too. */
function yamlRows(text: string): RawRow[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0]);
    throw new ConfigurationError(`line ${line} cannot be read: ${error.message}`);
  }
  if (!isSeq(document.contents)) throw new ConfigurationError('a list of rows is expected');
  return document.contents.items.map((item) => {
    const start = isMap(item) ? (item.range?.[0] ?? 0) : 0;
    const values: unknown = isMap(item) ? item.toJS(document) : {};
    return { line: lineCounter.linePos(start).line, values: values as RawRow['values'] };
  });
}
