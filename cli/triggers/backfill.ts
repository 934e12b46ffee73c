import { backfill, planBackfill } from '../../triggers/feeds/rewind.ts';
import type { Trigger } from '../../triggers/types.ts';
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
  const request = (trigger: Trigger) => ({ trigger, since, limit });
  return await past(
    id,
    {
      action: 'triggers.backfill',
      plan: (parts, trigger) => planBackfill(parts, request(trigger)),
      fire: (parts, trigger) => backfill(parts, request(trigger)),
      wanted: ({ unknown }) => unknown,
      rule: 'Only new ones are looked at.',
    },
    options,
  );
}
