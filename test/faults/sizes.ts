/** The command is `haloflow start`, the worker its child. */
export type Victim = 'command' | 'worker' | 'temporal' | 'postgres' | 'all';
export type Frozen = Exclude<Victim, 'all'> | 'halo';
export type FaultName = 'dropAfter' | 'dropBefore' | 'tooMany' | 'serverError' | 'expired' | 'timeout';

export interface Sizes {
  /** Tickets that people open, look-alikes not counted. */
  readonly tickets: number;
  readonly kills: number;
  /** How often a process stands still for a while. */
  readonly freezes: number;
  /** How often each fault has to have hit. */
  readonly faults: Readonly<Record<FaultName, number>>;
  /** Deeds of a hostile neighbour. */
  readonly neighbour: number;
  /** Tickets and deliveries full of hostile texts, so many each. */
  readonly hostileTexts: number;
  /** Over how long all of it is spread, in seconds. */
  readonly seconds: number;
}

/** What `npm run faults` has to reach. */
export const FULL: Sizes = {
  tickets: 300,
  kills: 20,
  freezes: 10,
  faults: { dropAfter: 20, dropBefore: 20, tooMany: 10, serverError: 10, expired: 10, timeout: 2 },
  neighbour: 10,
  hostileTexts: 40,
  seconds: 270,
};

/** A minute of the same, for `npm test`. A write that is answered too late takes a minute by itself. */
export const SHORT: Sizes = {
  tickets: 30,
  kills: 3,
  freezes: 2,
  faults: { dropAfter: 3, dropBefore: 3, tooMany: 2, serverError: 2, expired: 2, timeout: 0 },
  neighbour: 1,
  hostileTexts: 3,
  seconds: 30,
};
