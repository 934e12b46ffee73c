/** The clients of a connection's Halo: read through its list, kept for a quarter of an hour. */
import { and, eq, sql } from 'drizzle-orm';
import { haloOptions } from '../../store/schema/control.ts';
import type { Store } from '../../store/store.ts';
import { storable } from '../../store/text.ts';
import { keeping } from '../keptOptions.ts';
import type { Client } from './score.ts';

/** The part of triggers/haloPort.ts that is needed here. */
export interface Halo {
  call(request: {
    readonly connection: string;
    readonly action: string;
    readonly input: unknown;
    readonly options?: { readonly all?: boolean; readonly fields?: readonly string[] };
    readonly lane?: 'interactive';
    readonly signal?: AbortSignal;
  }): Promise<unknown>;
}

export interface Clients {
  readonly rows: readonly Client[];
  readonly fetchedAt: Date;
}

const KIND = 'clients';
const TIME_TO_LIVE = '15 minutes';

/**
 * All clients that the connection's agent may see, inactive ones too.
 *
 * @param from `refresh` asks Halo even where the last list is young enough
 * @throws the classes of errors.ts, when Halo is asked and does not answer
 */
export async function readClients(
  parts: { readonly store: Store; readonly halo: Halo },
  connection: string,
  from: { readonly refresh?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Clients> {
  const kept = from.refresh === true ? null : await keptClients(parts.store.db, connection, TIME_TO_LIVE);
  if (kept) return kept;
  return await keeping(parts.store, { connection, kind: KIND }, async () => {
    const listed = await parts.halo.call({
      connection,
      action: 'clients.list',
      input: { includeinactive: true },
      options: { all: true },
      lane: 'interactive',
      ...(from.signal ? { signal: from.signal } : {}),
    });
    const before = new Map((await keptClients(parts.store.db, connection))?.rows.map((row) => [row.id, row]));
    return (Array.isArray(listed) ? listed : [])
      .flatMap((row: unknown) => clientOf(row) ?? [])
      .map((row) => withDetails(row, before.get(row.id)));
  });
}

/** The list as it was read last, however old without `youngerThan`; null when it never was, or is older. */
export async function keptClients(
  db: Pick<Store['db'], 'select'>,
  connection: string,
  youngerThan = '1000 years',
): Promise<Clients | null> {
  const [kept] = await db
    .select({ rows: haloOptions.rows, fetchedAt: haloOptions.fetchedAt })
    .from(haloOptions)
    .where(
      and(
        eq(haloOptions.connection, connection),
        eq(haloOptions.kind, KIND),
        sql`${haloOptions.fetchedAt} > now() - ${youngerThan}::interval`,
      ),
    );
  // Only readClients writes these rows.
  return kept ? { rows: kept.rows as readonly Client[], fetchedAt: kept.fetchedAt } : null;
}

/** Of one request, so that a person need not wait long and others have their share of the rate limit. */
const MOST_DETAILS = 100;
const AT_A_TIME = 4;

/**
 * The clients, some of those named read in full before: Halo's list seldom has domains and websites. What is learnt is
 * kept with the list, for as long as the client is in it.
 */
export async function detailedClients(
  parts: { readonly store: Store; readonly halo: Halo },
  connection: string,
  {
    rows,
    of,
    signal,
  }: { rows: readonly Client[]; of: ReadonlySet<number>; signal?: AbortSignal | undefined },
): Promise<readonly Client[]> {
  const wanted = rows.filter(({ id, detailed }) => of.has(id) && detailed !== true).slice(0, MOST_DETAILS);
  const learnt = new Map<number, Client>();
  const waiting = wanted.values();
  const take = async (): Promise<void> => {
    for (const client of waiting) {
      const record = await parts.halo.call({
        connection,
        action: 'clients.get',
        input: { id: client.id },
        options: { fields: ['id', 'name', ...WEBSITES, ...MAILS, ...EXTERNAL_IDS] },
        lane: 'interactive',
        ...(signal ? { signal } : {}),
      });
      const found = clientOf(record);
      learnt.set(client.id, withDetails(client, found ? { ...found, detailed: true } : undefined));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, take));
  const all = rows.map((row) => learnt.get(row.id) ?? row);
  if (learnt.size > 0) {
    await parts.store.db
      .update(haloOptions)
      .set({ rows: all })
      .where(and(eq(haloOptions.connection, connection), eq(haloOptions.kind, KIND)));
  }
  return all;
}

function withDetails(client: Client, known: Client | undefined): Client {
  if (known?.detailed !== true) return client;
  return {
    ...client,
    domain: client.domain ?? known.domain,
    website: client.website ?? known.website,
    externalIds: [...new Set([...client.externalIds, ...known.externalIds])],
    detailed: true,
  };
}

/** The next reader asks Halo. */
export async function forgetClients(db: Pick<Store['db'], 'delete'>, connection: string): Promise<void> {
  await db.delete(haloOptions).where(and(eq(haloOptions.connection, connection), eq(haloOptions.kind, KIND)));
}

/** Its reference, and its ids in products that MSPs use beside Halo. */
const EXTERNAL_IDS = [
  'ref',
  'accountsid',
  'azure_tenant_id',
  'itglue_id',
  'snow_id',
  'xeroid',
  'qbo_company_id',
  'dbc_company_id',
  'cautomateid',
  'gficlientid',
  '_importthirdpartyid',
];
const WEBSITES = ['website', 'override_org_website'];
const MAILS = ['domain', 'accountsemailaddress', 'main_contact_email', 'override_org_email'];

/** Null for what is no client: without an id that a mapping can hold. */
function clientOf(row: unknown): Client | null {
  if (typeof row !== 'object' || row === null) return null;
  const fields = row as Readonly<Record<string, unknown>>;
  const id = idOf(row);
  if (id === null) return null;
  const first = (names: readonly string[]): string | null =>
    names.map((name) => textOf(fields[name])).find((text) => text !== null) ?? null;
  return {
    id,
    name: textOf(fields['name']) ?? `client ${id}`,
    inactive: fields['inactive'] === true,
    type: first(['customertype_name', 'customertype']),
    topLevel: textOf(fields['toplevel_name']),
    domain: first(MAILS),
    website: first(WEBSITES),
    externalIds: EXTERNAL_IDS.map((name) => textOf(fields[name])).filter((text) => text !== null),
  };
}

/** Halo's id of a record, as a mapping can hold it. */
export function idOf(record: unknown): number | null {
  const id = Number((record as { readonly id?: unknown } | null)?.id);
  return Number.isInteger(id) && id >= 1 && id <= 2_147_483_647 ? id : null;
}

/** Postgres keeps no U+0000; Halo writes nothing as "", 0 and -1. */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = storable(String(value)).trim();
  return text === '' || text === '0' || text === '-1' ? null : text;
}
