import type { Store } from './store.ts';

const probes = new WeakMap<object, Promise<unknown>>();

/**
 * Writes to the database and leaves nothing there: a temporary table needs room on the disk, and a server that takes
 * writes. Whoever asks while another asks shares the answer.
 *
 * @throws what Postgres throws.
 */
export async function tryWrite({ pool }: Pick<Store, 'pool'>): Promise<void> {
  const probe =
    probes.get(pool) ??
    pool
      .query('create temporary table haloflow_probe on commit drop as select 1 as one')
      .finally(() => probes.delete(pool));
  probes.set(pool, probe);
  await probe;
}
