/** All mappings of a connection out of rows, as a file has them. */
import { and, eq, inArray, ne } from 'drizzle-orm';
import { audit } from '../../access/audit.ts';
import type { Deed } from '../../access/audit.ts';
import { within } from '../../access/principal.ts';
import { mappings, organizations } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import { chunks } from '../../store/chunks.ts';
import { changing, ignoredName, mappingName, mappingsOf, putIgnored, told } from './changing.ts';
import type { Changing, MappingRow } from './changing.ts';
import { listedOf, unknownClient } from './lookUp.ts';
import { reach } from './reach.ts';
import type { Database, Reached } from './reach.ts';
import { readRows } from './rows.ts';
import type { BadRow, RawRow, ReadRows, Row, SaidRow } from './rows.ts';
import type { Asking } from './suggestions.ts';

export interface Imported {
  readonly changes: readonly {
    readonly line: number;
    readonly op: '+' | '~';
    readonly organization: string | null;
    readonly client: number;
  }[];
  /** Rows that are so already. */
  readonly unchanged: number;
  /** Rows of which nothing was taken, by line. */
  readonly bad: readonly BadRow[];
  /** Why Halo could not be asked for the clients; left out when it was. */
  readonly warning?: string;
}

type Line = Row & { readonly line: number };

/** Brings mappings to what the rows say; who is in none of them stays. `plan` only says what would be. */
export async function importRows(
  asking: Asking,
  raw: readonly RawRow[],
  { plan }: { readonly plan: boolean },
): Promise<Imported> {
  const read = readRows(raw);
  const { id } = await reach(asking.store.db, asking.principal, asking.connection);
  const now = await stateOf(asking.store.db, asking, id);
  const asked = read.rows.filter((row) => !isKnown(row, now)).map(({ client }) => client);
  const { listed, warning } =
    asked.length === 0 ? { listed: null, warning: null } : await listedOf(asking, asked);
  const missing = new Set(listed === null ? [] : asked.filter((client) => !listed.has(client)));
  const done = await take(asking, { read, missing }, plan);
  return { ...done, ...(warning === null ? {} : { warning }) };
}

/** Whether it is about a client that is mapped or ignored already, so that Halo need not be asked. */
const isKnown = ({ client }: SaidRow, { holders, ignored }: State): boolean =>
  holders.has(client) || ignored.has(client);

/** With what its mapping has of what it does not speak of; another client begins anew. */
function completed<Some extends SaidRow>(row: Some, { mapped }: State): Some & Row {
  const old = row.organization === null ? undefined : mapped.get(row.organization);
  const kept = old?.client === row.client ? old : { contact: null, site: null };
  const { contact = kept.contact, site = kept.site, use = old?.use ?? false } = row;
  return { ...row, contact, site, use };
}

async function take(
  parts: Changing,
  { read, missing }: { readonly read: ReadRows; readonly missing: ReadonlySet<number> },
  plan: boolean,
): Promise<Imported> {
  return await changing(parts, async (db, on) => {
    const before = await stateOf(db, parts, on.id);
    const there = read.rows.filter(({ client }) => !missing.has(client)).map((row) => completed(row, before));
    const unknown = read.rows
      .filter(({ client }) => missing.has(client))
      .map(({ line, client }) => ({ line, reason: unknownClient(on.id, client) }));
    const { good, bad } = sift(there, before);
    const touched = good.filter((row) => !isSo(row, before));
    if (!plan && touched.length > 0) await write(db, parts, on, touched, before);
    const answer: Imported = {
      changes: touched.map((row) => ({
        line: row.line,
        op: hasBefore(row, before) ? '~' : '+',
        organization: row.organization,
        client: row.client,
      })),
      unchanged: good.length - touched.length,
      bad: [...read.bad, ...unknown, ...bad].toSorted((a, b) => a.line - b.line),
    };
    return { changed: !plan && touched.length > 0, answer };
  });
}

interface State {
  /** Whom the principal may map. */
  readonly known: ReadonlySet<string>;
  readonly mapped: ReadonlyMap<string, MappingRow>;
  readonly holders: ReadonlyMap<number, string>;
  readonly ignored: ReadonlyMap<number, string | null>;
  /** Organizations that use their mapping on another connection. */
  readonly elsewhere: ReadonlySet<string>;
}

async function stateOf(
  db: Pick<Database, 'select'>,
  { principal }: Pick<Changing, 'principal'>,
  connection: string,
): Promise<State> {
  const seen = await db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(within(principal, organizations.slug));
  const mapped = await mappingsOf(db, connection);
  const ignored = await db.select().from(ignoredClients).where(eq(ignoredClients.connection, connection));
  const elsewhere = await db
    .select({ organization: mappings.organization })
    .from(mappings)
    .where(and(eq(mappings.use, true), ne(mappings.connection, connection)));
  return {
    known: new Set(seen.map(({ slug }) => slug)),
    mapped,
    holders: new Map([...mapped.values()].map(({ client, organization }) => [client, organization])),
    ignored: new Map(ignored.map(({ client, reason }) => [client, reason])),
    elsewhere: new Set(elsewhere.map(({ organization }) => organization)),
  };
}

/** A client may pass from one organization to another, as long as both are among the rows that are good. */
function sift(
  rows: readonly Line[],
  state: State,
): { readonly good: readonly Line[]; readonly bad: readonly BadRow[] } {
  let good = rows;
  const bad: BadRow[] = [];
  for (;;) {
    const moving = new Set(good.map(({ organization }) => organization));
    const refused = good.flatMap((row) => {
      const reason = wrongWith(row, state, moving);
      return reason === null ? [] : [{ line: row.line, reason }];
    });
    if (refused.length === 0) return { good, bad };
    bad.push(...refused);
    const lines = new Set(refused.map(({ line }) => line));
    good = good.filter(({ line }) => !lines.has(line));
  }
}

function wrongWith(
  { organization, client, use }: Line,
  state: State,
  moving: ReadonlySet<string | null>,
): string | null {
  if (organization !== null && !state.known.has(organization)) {
    return `there is no organization ${organization}`;
  }
  const holder = state.holders.get(client);
  if (holder !== undefined && holder !== organization && !moving.has(holder)) {
    return `client ${client} is ${state.known.has(holder) ? holder : 'another organization'} already`;
  }
  if (organization !== null && use && state.elsewhere.has(organization)) {
    return `${organization} uses its mapping on another connection`;
  }
  return null;
}

function isSo(row: Line, { mapped, ignored }: State): boolean {
  if (row.organization === null) return ignored.has(row.client) && ignored.get(row.client) === row.reason;
  const old = mapped.get(row.organization);
  return (
    old !== undefined &&
    old.client === row.client &&
    old.contact === row.contact &&
    old.site === row.site &&
    old.use === row.use
  );
}

const hasBefore = ({ organization, client }: Line, { mapped, ignored }: State): boolean =>
  organization === null ? ignored.has(client) : mapped.has(organization);

async function write(
  db: Database,
  { principal }: Pick<Changing, 'principal'>,
  on: Reached,
  rows: readonly Line[],
  before: State,
): Promise<void> {
  const mapped = rows.filter((row): row is MappedLine => row.organization !== null);
  const ignored = rows.filter(({ organization }) => organization === null);
  const deeds = [
    ...(await writeMapped(db, on, mapped, before)),
    ...(await writeIgnored(db, on, ignored, before)),
  ];
  await audit(db, principal, deeds);
}

type MappedLine = Line & { readonly organization: string };

async function writeMapped(
  db: Database,
  on: Reached,
  rows: readonly MappedLine[],
  before: State,
): Promise<Deed[]> {
  for (const some of chunks(rows)) {
    // Gone first, so that clients can change places.
    const slugs = some.map(({ organization }) => organization);
    await db
      .delete(mappings)
      .where(and(eq(mappings.connection, on.id), inArray(mappings.organization, slugs)));
  }
  const deeds: Deed[] = [];
  for (const some of chunks(rows)) {
    const clients = some.map(({ client }) => client);
    await db
      .delete(ignoredClients)
      .where(and(eq(ignoredClients.connection, on.id), inArray(ignoredClients.client, clients)));
    const written = await db
      .insert(mappings)
      .values(
        some.map(({ organization, client, contact, site, use }) => ({
          connection: on.id,
          organization,
          client,
          contact,
          site,
          use,
          origin: 'manual' as const,
        })),
      )
      .returning();
    for (const row of written) {
      const old = before.mapped.get(row.organization);
      deeds.push({
        action: 'mappings.import',
        object: mappingName(row),
        organization: row.organization,
        before: old ? told(old) : null,
        after: told(row),
      });
    }
  }
  return deeds;
}

async function writeIgnored(
  db: Database,
  on: Reached,
  rows: readonly Line[],
  before: State,
): Promise<Deed[]> {
  const deeds: Deed[] = [];
  for (const { client, reason } of rows) {
    await putIgnored(db, on.id, { client, reason });
    deeds.push({
      action: 'mappings.import',
      object: ignoredName(on.id, client),
      organization: on.organization,
      before: before.ignored.has(client) ? { reason: before.ignored.get(client) ?? null } : null,
      after: { reason },
    });
  }
  return deeds;
}
