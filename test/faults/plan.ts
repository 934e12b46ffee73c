/** When people open tickets, decided by the campaign's seed before it begins. */
import type { Random } from '../../sandbox/data/random.ts';
import type { Sizes } from './sizes.ts';

/** Tickets opened at one moment, in seconds after the beginning. */
export interface Burst {
  readonly at: number;
  readonly tickets: number;
}

const LARGEST_BURST = 12;

export function planBursts(sizes: Sizes, random: Random): Burst[] {
  const bursts: Burst[] = [];
  for (let left = sizes.tickets; left > 0;) {
    const tickets = Math.min(left, random.between(1, LARGEST_BURST));
    bursts.push({ at: random.next() * sizes.seconds * 0.9, tickets });
    left -= tickets;
  }
  return bursts.sort((a, b) => a.at - b.at);
}
