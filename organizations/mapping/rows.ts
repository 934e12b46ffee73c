/** Mappings as rows of a file: what `export` writes and `import` takes back. Pure. */

/** A client that is an organization, or one that is ignored. */
export interface Row {
  readonly organization: string | null;
  readonly client: number;
  readonly contact: number | null;
  readonly site: number | null;
  readonly use: boolean;
  readonly ignored: boolean;
  readonly reason: string | null;
}

/** What a row does not speak of, since the file has no such column, stays as it is. */
export type SaidRow = Omit<Row, 'contact' | 'site' | 'use'> & Partial<Pick<Row, 'contact' | 'site' | 'use'>>;

/** A row of a file as it was read: texts in CSV, values in JSON and YAML. */
export interface RawRow {
  /** Where it is in the file. */
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface ReadRows {
  readonly rows: readonly (SaidRow & { readonly line: number })[];
  readonly bad: readonly BadRow[];
}

/** Names are there for people; nobody is found by them. */
const FOR_PEOPLE = ['clientName', 'organizationName'];
const COLUMNS = ['organization', 'client', 'contact', 'site', 'use', 'ignored', 'reason'];

/** What can be said of the rows by themselves; the bad ones do not block the others. */
export function readRows(raw: readonly RawRow[]): ReadRows {
  const rows: (SaidRow & { line: number })[] = [];
  const bad: BadRow[] = [];
  const seen = new Map<string, number>();
  for (const { line, values } of raw) {
    const row = readRow(values);
    if (typeof row === 'string') {
      bad.push({ line, reason: row });
      continue;
    }
    const keys = [`client ${row.client}`, ...(row.organization === null ? [] : [row.organization])];
    const twice = keys.find((key) => seen.has(key));
    if (twice !== undefined) {
      bad.push({ line, reason: `${twice} is in line ${seen.get(twice)} already` });
      continue;
    }
    for (const key of keys) seen.set(key, line);
    rows.push({ line, ...row });
  }
  return { rows, bad };
}

/** The row, or what is wrong with it. */
function readRow(values: Readonly<Record<string, unknown>>): SaidRow | string {
  const unknown = Object.keys(values).find((name) => ![...COLUMNS, ...FOR_PEOPLE].includes(name));
  if (unknown !== undefined) return `there is no column ${unknown}: there are ${COLUMNS.join(', ')}`;
  const client = idOf(values['client']);
  const contact = idOf(values['contact']);
  const site = idOf(values['site']);
  const use = flagOf(values['use']);
  const ignored = flagOf(values['ignored']);
  const organization = textOf(values['organization']);
  const reason = textOf(values['reason']);
  const wrong = Object.entries({ client, contact, site, use, ignored, organization, reason }).find(
    ([, value]) => value === undefined,
  );
  if (wrong) return `${wrong[0]}: ${EXPECTED[wrong[0]] ?? 'a text'} is expected`;
  if (!client) return `client: ${EXPECTED['client']} is expected`;
  if (ignored && organization) return 'ignored: a client that is an organization cannot be ignored';
  if (!ignored && !organization) return 'organization: is missing, and the client is not ignored either';
  return {
    organization: organization ?? null,
    client,
    ...(values['contact'] === undefined ? {} : { contact: contact ?? null }),
    ...(values['site'] === undefined ? {} : { site: site ?? null }),
    ...(values['use'] === undefined ? {} : { use: use === true }),
    ignored: ignored === true,
    reason: reason ?? null,
  };
}

const ID = "Halo's id, a whole number from 1 to 2147483647,";
const EXPECTED: Readonly<Record<string, string>> = {
  client: ID,
  contact: ID,
  site: ID,
  use: 'true or false',
  ignored: 'true or false',
};

/** Null for nothing, undefined for what is no id. */
function idOf(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const id = typeof value === 'string' && /^\d{1,10}$/.test(value.trim()) ? Number(value) : value;
  return typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= 2_147_483_647 ? id : undefined;
}

function flagOf(value: unknown): boolean | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const said = value.trim().toLowerCase();
  return said === 'true' ? true : said === 'false' ? false : undefined;
}

function textOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.includes('\0') || value.length > 255) return undefined;
  const text = value.trim();
  return text === '' ? null : text;
}
