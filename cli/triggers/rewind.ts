import type { Outcome } from '../outcome.ts';
import { past } from './past.ts';
import type { PastOptions } from './past.ts';
import type { Place } from './place.ts';

export interface RewindOptions extends PastOptions {
  readonly to: Place;
  /** Also what already ran. */
  readonly again?: boolean;
}

/** What `haloflow triggers rewind` does. */
export async function rewound(id: string, options: RewindOptions): Promise<Outcome> {
  const { to: place, again = false } = options;
  const from = 'ticket' in place ? { ticket: place.ticket } : { since: place.since.toISOString() };
  return await past(
    id,
    {
      verb: 'rewind',
      body: { ...from, again },
      wanted: ({ unknown, refused, ran }) => unknown + refused + (again ? ran : 0),
      rule: again
        ? 'What already ran runs again.'
        : 'What already ran does not run again (--again makes it).',
    },
    options,
  );
}
