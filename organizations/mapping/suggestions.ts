/** Suggestions for a connection: from what Halo lists and what is mapped already. */
import { eq } from 'drizzle-orm';
import { ignoredClients } from '../../store/schema/control.ts';
import { mappingsOf } from './changing.ts';
import type { Changing, MappingRow } from './changing.ts';
import { choose } from './choose.ts';
import type { Chosen } from './choose.ts';
import { detailedClients, readClients } from './clients.ts';
import type { Halo } from './clients.ts';
import { reach, suggestible } from './reach.ts';
import type { Database } from './reach.ts';
import { suggest } from './suggest.ts';
import type { Suggestion } from './suggest.ts';

export interface Asking extends Changing {
  readonly halo: Halo;
  readonly signal?: AbortSignal;
}

export interface SuggestOptions {
  /** Asks Halo, even where its last list is young enough. */
  readonly refresh?: boolean;
  /** Inactive clients too. */
  readonly inactive?: boolean;
  /** Reads some clients in full before, that have no exact match: their domains and websites. */
  readonly details?: boolean;
}

export interface Suggestions {
  /** Best first. */
  readonly suggestions: readonly Suggestion[];
  readonly fetchedAt: Date;
}

/** For clients that are neither mapped nor ignored, among the organizations of the owner that are not mapped. */
export async function suggestions(asking: Asking, options: SuggestOptions = {}): Promise<Suggestions> {
  const { store, principal, connection } = asking;
  const on = await reach(store.db, principal, connection);
  const { rows, fetchedAt } = await readClients(asking, connection, {
    refresh: options.refresh === true,
    ...(asking.signal ? { signal: asking.signal } : {}),
  });
  const mapped = await mappingsOf(store.db, connection);
  const taken = await takenClients(store.db, connection, mapped);
  const clients = rows.filter(
    ({ id, inactive }) => !taken.has(id) && (options.inactive === true || !inactive),
  );
  const organizations = (await suggestible(store.db, on)).filter(({ slug }) => !mapped.has(slug));
  const found = suggest(clients, organizations);
  if (options.details !== true) return { suggestions: found, fetchedAt };
  const sure = new Set(found.filter(({ exact }) => exact).map(({ client }) => client.id));
  const of = new Set(clients.map(({ id }) => id).filter((id) => !sure.has(id)));
  const all = await detailedClients(asking, connection, { rows, of, signal: asking.signal });
  const open = new Set(clients.map(({ id }) => id));
  return {
    suggestions: suggest(
      all.filter(({ id }) => open.has(id)),
      organizations,
    ),
    fetchedAt,
  };
}

/** The clients that are not to be mapped. */
export async function ignoredOf(
  db: Pick<Database, 'select'>,
  connection: string,
): Promise<readonly number[]> {
  const rows = await db
    .select({ client: ignoredClients.client })
    .from(ignoredClients)
    .where(eq(ignoredClients.connection, connection));
  return rows.map(({ client }) => client);
}

/** The clients that are mapped or ignored; `mapped` are the connection's mappings. */
export async function takenClients(
  db: Pick<Database, 'select'>,
  connection: string,
  mapped: ReadonlyMap<string, MappingRow>,
): Promise<ReadonlySet<number>> {
  const ignored = await ignoredOf(db, connection);
  return new Set([...[...mapped.values()].map(({ client }) => client), ...ignored]);
}

/** Exact matches and nothing else, or what has at least this score. */
export type Which = { readonly exact: true } | { readonly above: number };

/** What `accept` would take of these. */
export function chosen(found: readonly Suggestion[], which: Which): Chosen {
  return choose(found, ({ exact, score }) => ('exact' in which ? exact : score >= which.above));
}
