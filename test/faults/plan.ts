/** What a campaign does and in which order, decided by its seed before it begins. */
import type { Random } from '../../sandbox/data/random.ts';
import type { Fault } from '../../sandbox/http/faults.ts';

export type Victim = 'worker' | 'temporal' | 'postgres' | 'all';

export interface Sizes {
  /** Tickets that people open, look-alikes not counted. */
  readonly tickets: number;
  readonly kills: Readonly<Record<Victim, number>>;
  /** How often each fault has to have hit. */
  readonly faults: Readonly<Record<FaultName, number>>;
  /** Over how long tickets, kills and faults are spread, in seconds. */
  readonly seconds: number;
}

export type FaultName = 'dropAfter' | 'dropBefore' | 'tooMany' | 'serverError' | 'expired' | 'timeout';

/** What is done to the sandbox for each name; writes are where a lost reply matters. */
export const FAULTS: Readonly<Record<FaultName, (random: Random) => Fault>> = {
  dropAfter: (random) => ({ kind: 'drop-after', match: { method: 'POST', path: write(random) } }),
  dropBefore: (random) => ({ kind: 'drop-before', match: { method: 'POST', path: write(random) } }),
  tooMany: () => ({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '1' },
    match: { path: '/api/*' },
  }),
  serverError: (random) => ({
    kind: 'status',
    status: 500,
    match: { path: anything(random) },
    ...(random.chance(0.5) ? { commit: true } : {}),
  }),
  expired: (random) => ({ kind: 'expire-tokens', match: { path: anything(random) } }),
  timeout: (random) => ({ kind: 'delay', delayMs: 70_000, match: { method: 'POST', path: write(random) } }),
};

function write(random: Random): string {
  return random.pick(['/api/Tickets', '/api/Actions']);
}

/** The list that the feed polls and where tickets are created, one ticket, the notes. */
function anything(random: Random): string {
  return random.pick(['/api/Tickets', '/api/Tickets/*', '/api/Actions']);
}

interface Step {
  /** Seconds after the beginning. */
  readonly at: number;
}

export interface Plan {
  /** `tickets` opened at one moment: bursts. */
  readonly bursts: readonly (Step & { readonly tickets: number })[];
  readonly kills: readonly (Step & { readonly victim: Victim })[];
  readonly faults: readonly (Step & { readonly fault: FaultName })[];
}

const LARGEST_BURST = 12;
/** A restart that is killed at once proves less than one that has begun to work. */
const LEAST_BETWEEN_KILLS_S = 3;

export function makePlan(sizes: Sizes, random: Random): Plan {
  const moment = (share = 1): number => random.next() * sizes.seconds * share;
  const bursts: { at: number; tickets: number }[] = [];
  for (let left = sizes.tickets; left > 0;) {
    const tickets = Math.min(left, random.between(1, LARGEST_BURST));
    bursts.push({ at: moment(0.9), tickets });
    left -= tickets;
  }
  const victims = Object.entries(sizes.kills).flatMap(([victim, times]) =>
    Array.from({ length: times }, () => victim as Victim),
  );
  const order = victims.map((victim) => ({ victim, key: random.next() })).sort((a, b) => a.key - b.key);
  const slot = sizes.seconds / order.length;
  return {
    bursts: bursts.sort((a, b) => a.at - b.at),
    kills: order.map(({ victim }, index) => ({
      victim,
      at: index * slot + random.next() * Math.max(0, slot - LEAST_BETWEEN_KILLS_S),
    })),
    faults: Object.entries(sizes.faults)
      .flatMap(([fault, times]) =>
        Array.from({ length: times }, () => ({ fault: fault as FaultName, at: moment(0.8) })),
      )
      .sort((a, b) => a.at - b.at),
  };
}
