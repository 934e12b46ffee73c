import type { Store } from './store.ts';

const probes = new WeakMap<object, Promise<unknown>>();

/**
 * Tests whether the database can be written to, without leaving anything: a temporary table needs disk space, and a
 * server that accepts writes. Concurrent callers share one test.
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
