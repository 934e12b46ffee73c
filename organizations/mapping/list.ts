/** The clients of a connection with what each is mapped to: what operators go through. */
import { eq } from 'drizzle-orm';
import { within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import { organizations } from '../../store/schema/configuration.ts';
import type { Store } from '../../store/store.ts';
import { comparableName } from '../../texts.ts';
import { mappingsOf } from './changing.ts';
import { readClients } from './clients.ts';
import { mappable, reach } from './reach.ts';
import type { Client } from './score.ts';
import type { Asking } from './suggestions.ts';

type State = 'unmapped' | 'mapped' | 'ignored';

interface ClientState {
  readonly client: number;
  readonly name: string;
  readonly inactive: boolean;
  readonly type: string | null;
  readonly state: State;
  /** Null where there is none, and where the principal may not see it. */
  readonly organization: string | null;
  readonly organizationName: string | null;
  readonly contact: number | null;
  readonly site: number | null;
  readonly use: boolean;
  readonly batch: string | null;
  /** Why it is ignored. */
  readonly reason: string | null;
  /** Halo does not list it: deleted, or hidden from the connection's agent. */
  readonly missing: boolean;
}

export interface States {
  /** By name. */
  readonly rows: readonly ClientState[];
  readonly counts: Readonly<Record<State | 'all', number>>;
  /** Organizations at or below the owner that are no client yet. */
  readonly unmappedOrganizations: number;
  readonly catchAll: string | null;
  readonly fetchedAt: Date;
}

export interface ListOptions {
  readonly state: State | 'all';
  /** Part of the client's or the organization's name, or the client's id. */
  readonly search?: string;
  readonly refresh?: boolean;
}

/** All clients in a state; counts are of all, whatever the state and the search. */
export async function listStates(asking: Asking, { state, search, refresh }: ListOptions): Promise<States> {
  const { store, principal, connection } = asking;
  const on = await reach(store.db, principal, connection);
  const { rows: clients, fetchedAt } = await readClients(asking, connection, {
    refresh: refresh === true,
    ...(asking.signal ? { signal: asking.signal } : {}),
  });
  const all = await statesOf(store, principal, connection, clients);
  const count = (one: State): number => all.filter((row) => row.state === one).length;
  const mapped = await mappingsOf(store.db, connection);
  const open = (await mappable(store.db, on)).filter(({ slug }) => !mapped.has(slug));
  return {
    rows: all.filter((row) => (state === 'all' || row.state === state) && holds(row, search)),
    counts: {
      unmapped: count('unmapped'),
      mapped: count('mapped'),
      ignored: count('ignored'),
      all: all.length,
    },
    unmappedOrganizations: open.length,
    catchAll: on.catchAll,
    fetchedAt,
  };
}

function holds({ client, name, organization, organizationName }: ClientState, search?: string): boolean {
  if (search === undefined) return true;
  const wanted = comparableName(search);
  return (
    String(client) === wanted ||
    [name, organization, organizationName].some((text) => comparableName(text ?? '').includes(wanted))
  );
}

/** Every client that Halo lists, and every one that is mapped or ignored beside them. */
async function statesOf(
  store: Store,
  principal: Principal,
  connection: string,
  clients: readonly Client[],
): Promise<readonly ClientState[]> {
  const { db } = store;
  const mapped = new Map([...(await mappingsOf(db, connection)).values()].map((row) => [row.client, row]));
  const ignored = new Map(
    (await db.select().from(ignoredClients).where(eq(ignoredClients.connection, connection))).map((row) => [
      row.client,
      row,
    ]),
  );
  const names = new Map(
    (
      await db
        .select({ slug: organizations.slug, name: organizations.name })
        .from(organizations)
        .where(within(principal, organizations.slug))
    ).map(({ slug, name }) => [slug, name]),
  );
  const listed = new Map(clients.map((client) => [client.id, client]));
  const ids = new Set([...listed.keys(), ...mapped.keys(), ...ignored.keys()]);
  const rows = [...ids].map((id): ClientState => {
    const client = listed.get(id);
    const mapping = mapped.get(id);
    const slug = mapping && names.has(mapping.organization) ? mapping.organization : null;
    return {
      client: id,
      name: client?.name ?? `client ${id}`,
      inactive: client?.inactive ?? false,
      type: client?.type ?? null,
      state: mapping ? 'mapped' : ignored.has(id) ? 'ignored' : 'unmapped',
      organization: slug,
      organizationName: slug === null ? null : (names.get(slug) ?? null),
      contact: mapping?.contact ?? null,
      site: mapping?.site ?? null,
      use: mapping?.use ?? false,
      batch: mapping?.batch ?? null,
      reason: mapping ? null : (ignored.get(id)?.reason ?? null),
      missing: client === undefined,
    };
  });
  const byName = new Intl.Collator('en', { numeric: true });
  return rows.sort((a, b) => byName.compare(a.name, b.name) || a.client - b.client);
}
