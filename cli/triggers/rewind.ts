import { planRewind, rewind } from '../../triggers/feeds/rewind.ts';
import type { Trigger } from '../../triggers/types.ts';
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
  const to = 'ticket' in place ? place.ticket : place.since;
  const request = (trigger: Trigger) => ({ trigger, to, again });
  return await past(
    id,
    {
      action: 'triggers.rewind',
      plan: (parts, trigger) => planRewind(parts, request(trigger)),
      fire: (parts, trigger) => rewind(parts, request(trigger)),
      wanted: ({ unknown, refused, ran }) => unknown + refused + (again ? ran : 0),
      rule: again
        ? 'What already ran runs again.'
        : 'What already ran does not run again (--again makes it).',
    },
    options,
  );
}
