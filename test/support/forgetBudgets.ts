import type { Store } from '../../store/store.ts';

/**
 * As if no request had been made: after a 429 a budget believes in the requests granted before it, for minutes. One table
 * after another, since workers that still ask lock them in an order of their own.
 */
export async function forgetBudgets({ pool }: Pick<Store, 'pool'>): Promise<void> {
  for (const table of ['budget_waits', 'budget_tags', 'budget_grants', 'budget_hosts']) {
    await pool.query(`delete from ${table}`);
  }
}
