/** Stamps are relied on where a record has come back with one: what a tree saw last is kept per host and resource. */
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { placeName } from './place.ts';
import type { Place } from './place.ts';

interface Kind extends Place {
  readonly resource: string;
}

/** Whether Halo keeps stamps there: `unknown` until a record has told. */
export type Stamps = 'kept' | 'dropped' | 'unknown';

/** Another process may have seen a record without its stamp meanwhile; the next one with it is told again then. */
const KNOWN_FOR_MS = 60_000;

/** Places where this process has seen stamps kept, and until when it need not say so again. */
const known = new WeakMap<Store, Map<string, number>>();

function cache(store: Store): Map<string, number> {
  const places = known.get(store) ?? new Map<string, number>();
  known.set(store, places);
  return places;
}

const nameOf = (kind: Kind): string => `${placeName(kind)} ${kind.resource}`;

/** What records of the resource have told. Always asked of Postgres: another process may have seen the last one. */
export async function stampsAt(store: Store, place: Kind): Promise<Stamps> {
  const { rows } = await retrying(() =>
    store.pool.query<{ kept: boolean }>({
      name: 'stamp_proof',
      // What was seen before trees were told apart holds until this one has seen a record.
      text: `select kept from stamp_proofs where host in ($1, $2) and resource = $3 order by host = $1 desc limit 1`,
      values: [placeName(place), place.host, place.resource],
    }),
  );
  const [row] = rows;
  if (!row) return 'unknown';
  return row.kept ? 'kept' : 'dropped';
}

/** A record has come back with its stamp. Asks Postgres once a minute per process and place. */
export async function proveStamp(store: Store, place: Kind): Promise<void> {
  if (performance.now() < (cache(store).get(nameOf(place)) ?? 0)) return;
  await tell(store, place, true);
  cache(store).set(nameOf(place), performance.now() + KNOWN_FOR_MS);
}

/** A record that was made with a stamp is there without. */
export async function refuteStamp(store: Store, place: Kind): Promise<void> {
  cache(store).delete(nameOf(place));
  await tell(store, place, false);
}

async function tell(store: Store, kind: Kind, kept: boolean): Promise<void> {
  await retrying(() =>
    store.pool.query({
      name: 'tell_stamp',
      text: `insert into stamp_proofs (host, resource, kept) values ($1, $2, $3)
        on conflict (host, resource) do update set kept = excluded.kept, proven_at = now()
          where stamp_proofs.kept <> excluded.kept`,
      values: [placeName(kind), kind.resource, kept],
    }),
  );
}
