/** Stamps are relied on where a record has come back with one: the proof is kept per host and resource. */
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';

type Place = { readonly host: string; readonly resource: string };

const known = new WeakMap<Store, Set<string>>();

function cache(store: Store): Set<string> {
  const places = known.get(store) ?? new Set<string>();
  known.set(store, places);
  return places;
}

const nameOf = ({ host, resource }: Place): string => `${host} ${resource}`;

/** Whether a record of the resource has come back from the host with its stamp. */
export async function isStampProven(store: Store, place: Place): Promise<boolean> {
  if (cache(store).has(nameOf(place))) return true;
  const { rows } = await retrying(() =>
    store.pool.query({
      name: 'stamp_proof',
      text: 'select 1 from stamp_proofs where host = $1 and resource = $2',
      values: [place.host, place.resource],
    }),
  );
  if (rows.length > 0) cache(store).add(nameOf(place));
  return rows.length > 0;
}

/** A record has come back with its stamp. Asks Postgres once per process and place. */
export async function proveStamp(store: Store, place: Place): Promise<void> {
  if (cache(store).has(nameOf(place))) return;
  await retrying(() =>
    store.pool.query({
      name: 'prove_stamp',
      text: 'insert into stamp_proofs (host, resource) values ($1, $2) on conflict do nothing',
      values: [place.host, place.resource],
    }),
  );
  cache(store).add(nameOf(place));
}
