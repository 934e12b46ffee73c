/** The command is `haloflow start`, the worker its child. */
export type Victim = 'command' | 'worker' | 'temporal' | 'postgres' | 'all';
export type Frozen = Exclude<Victim, 'all'> | 'halo';
/** Of a trigger that goes from Halo to Halo, and of its Halo. */
export type Leg = 'restored' | 'trigger' | 'renamed' | 'connection';
export type FaultName = 'dropAfter' | 'dropBefore' | 'tooMany' | 'serverError' | 'expired' | 'timeout';

export interface Sizes {
  /** Tickets that people open, look-alikes not counted. */
  readonly tickets: number;
  readonly kills: number;
  /** How often a process stands still for a while. */
  readonly freezes: number;
  /** How often each fault has to have hit. */
  readonly faults: Readonly<Record<FaultName, number>>;
  /** What a Halo, and a trigger and a connection to it, go through, in this order. */
  readonly journey: readonly Leg[];
  /** Deeds of a hostile neighbour. */
  readonly neighbour: number;
  /** Tickets and deliveries full of hostile texts, so many each. */
  readonly hostileTexts: number;
  /** In how many turns each table refuses writes for a while. */
  readonly refusals: number;
  /** How often the disk is full for 20 s. */
  readonly fullDisks: number;
  /** Over how long all of it is spread, in seconds. */
  readonly seconds: number;
}

/** What `npm run faults` has to reach. */
export const FULL: Sizes = {
  tickets: 300,
  kills: 15,
  freezes: 10,
  faults: { dropAfter: 20, dropBefore: 20, tooMany: 10, serverError: 10, expired: 10, timeout: 2 },
  journey: ['restored', 'trigger', 'renamed', 'connection', 'restored'],
  neighbour: 8,
  hostileTexts: 40,
  refusals: 8,
  fullDisks: 1,
  seconds: 270,
};

/** A minute of the same, for `npm test`. A write that is answered too late takes a minute by itself. */
export const SHORT: Sizes = {
  tickets: 20,
  kills: 2,
  freezes: 1,
  faults: { dropAfter: 2, dropBefore: 2, tooMany: 1, serverError: 1, expired: 1, timeout: 0 },
  journey: ['restored'],
  neighbour: 1,
  hostileTexts: 2,
  refusals: 2,
  fullDisks: 0,
  seconds: 20,
};
