/**
 * Business keys in the ledger. One is plain for the Halo on which its connection has used it first; on any other Halo,
 * or another generation of one, the row's key says which, so that the same key may stand for a record on each.
 */
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { KNOWN_WRITE } from './ledger.ts';
import type { KnownWrite } from './ledger.ts';

/** A write that holds a business key. */
export interface OnceHolder extends KnownWrite {
  readonly action: string;
}

/** No key that somebody types has it. */
const SEPARATOR = '\u001F';

const keyOn = (once: string, halo: string): string => once + SEPARATOR + halo;

/** The writes that hold a business key on a connection, on whichever Halo it was, the latest first. */
export async function onceHolders(store: Store, connection: string, once: string): Promise<OnceHolder[]> {
  const { rows } = await retrying(() =>
    store.pool.query<{ write: KnownWrite; action: string }>({
      name: 'once_holders',
      text: `select ${KNOWN_WRITE} as write, w.action from writes w where w.connection = $1
          and w.once = any(array[$2::text] || array(select $2::text || $3::text || halo from once_halos where connection = $1))
        order by w.sent_at desc`,
      values: [connection, once, SEPARATOR],
    }),
  );
  return rows.map(({ write, action }) => ({ ...write, action }));
}

/** The key of a new row on a Halo, where another Halo has the plain one; committed before it is used. */
export async function keyOnAnother(
  store: Store,
  of: { readonly connection: string; readonly once: string; readonly halo: string },
): Promise<string> {
  const { connection, once, halo } = of;
  await retrying(() =>
    store.pool.query({
      name: 'once_halo',
      text: 'insert into once_halos (connection, halo) values ($1, $2) on conflict do nothing',
      values: [connection, halo],
    }),
  );
  return keyOn(once, halo);
}
