import type { Outcome } from '../outcome.ts';
import { past } from './past.ts';
import type { PastOptions } from './past.ts';

/** Enough for a day of a busy desk; more has to be said. */
const DEFAULT_RECORDS = 1_000;

export interface BackfillOptions extends PastOptions {
  readonly since: Date;
  readonly limit?: number;
}

/** What `haloflow triggers backfill` does. */
export async function backfilled(id: string, options: BackfillOptions): Promise<Outcome> {
  const { since, limit = DEFAULT_RECORDS } = options;
  return await past(
    id,
    {
      verb: 'backfill',
      body: { since: since.toISOString(), limit },
      wanted: ({ unknown }) => unknown,
      rule: 'Only new ones are looked at.',
    },
    options,
  );
}
