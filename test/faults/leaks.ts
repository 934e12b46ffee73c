/** Where what is nobody's business ended up: in logs, in rows, in files of the home. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readTextFile } from '../../home/files.ts';
import type { Count } from './count.ts';
import { look } from './database.ts';

export interface Markers {
  /** In no log, no row and no file. */
  readonly secrets: readonly string[];
  /** In bodies of deliveries: in no log, and in rows of events and runs only. */
  readonly body: string;
}

/** Columns that hold what was delivered, and what a run was started with. */
const BODIES: readonly string[] = ['events.payload', 'runs.input'];
/** What a statement that failed would bring along. */
const STATEMENT = 'Failed query';

export async function countLeaks(home: string, logs: string, { secrets, body }: Markers): Promise<Count[]> {
  const files = ['postgres.log', 'temporal/server.log'].map((name) => readTextFile(path.join(home, name)));
  const written = [logs, ...files].join('\n');
  const inLogs = [...secrets, body, STATEMENT].filter((marker) => written.includes(marker));
  const inRows = await columnsWith(home, [...secrets, body, STATEMENT]);
  const inFiles = filesOf(home).filter((file) => {
    const bytes = readFileSync(file);
    return secrets.some((secret) => bytes.includes(secret));
  });
  return [
    nothing('logs with secrets, bodies or statements', inLogs),
    nothing(
      'columns with them, but for bodies of events and inputs of runs',
      inRows.filter((column) => !BODIES.includes(column)),
    ),
    nothing(
      'files of the home with secrets',
      inFiles.map((file) => path.relative(home, file)),
    ),
  ];
}

const nothing = (what: string, found: readonly string[]): Count => ({
  what,
  wanted: '0',
  seen: found.length === 0 ? 0 : `${found.length} (${found.slice(0, 5).join(', ')})`,
  ok: found.length === 0,
});

/** `table.column` for each that holds one of the texts. */
async function columnsWith(home: string, texts: readonly string[]): Promise<string[]> {
  const tables = await look<{ name: string; columns: readonly string[] }>(
    home,
    `select quote_ident(table_name) as name, array_agg(quote_ident(column_name)::text) as columns
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' group by 1 order by 1`,
  );
  const holds = (column: string): string =>
    texts.map((text) => `strpos(${column}::text, '${text.replaceAll("'", "''")}') > 0`).join(' or ');
  const found: string[] = [];
  for (const { name, columns } of tables) {
    const asked = columns.map((column) => `bool_or(${holds(column)}) as ${column}`);
    const [row = {}] = await look<Record<string, boolean | null>>(
      home,
      `select ${asked.join(', ')} from ${name}`,
    );
    found.push(...Object.keys(row).flatMap((column) => (row[column] ? [`${name}.${column}`] : [])));
  }
  return found;
}

function filesOf(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
  );
}
