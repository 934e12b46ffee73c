/** When a feed polls next, and when it looks by date of change instead of by id. */
import { HaloflowError } from '../../errors.ts';

const LOOK_EVERY_POLLS = 10;
const LOOK_EVERY_MS = 5 * 60_000;
/** How far back a look reaches: creations that took as long as this, and clocks that differ as much, hide nothing. */
export const LOOK_BACK_MS = 10 * 60_000;
/** What a poll may be late by and still count as on time. */
const SLACK_MS = 1_000;
/** Most errors are over soon: a 500, a connection that was cut. */
const FIRST_RETRY_MS = 1_000;
/** Without a person nothing changes: wrong credentials, a missing right. */
const FIRST_REFUSED_RETRY_MS = 10_000;
const LONGEST_REFUSED_RETRY_MS = 60_000;

export interface Pace {
  readonly everySeconds: number;
  /** Of this poll. */
  readonly startedAt: Date;
}

interface Past {
  readonly lookedAt: Date | null;
  readonly pollsSinceLook: number;
  readonly mustLook: boolean;
  readonly polledAt: Date | null;
}

/** Whether polls have gone on at the feed's pace until now, with or without errors. */
export function isContinuous(
  { polledAt }: Pick<Past, 'polledAt'>,
  { everySeconds, startedAt }: Pace,
): boolean {
  return polledAt !== null && startedAt.getTime() - polledAt.getTime() <= 2 * everySeconds * 1000 + 30_000;
}

/** Whether this poll is a look: the tenth, the last chance within five minutes, the first after an error or a pause. */
export function isLookDue(past: Past, pace: Pace): boolean {
  const { lookedAt, pollsSinceLook, mustLook } = past;
  if (mustLook || lookedAt === null || pollsSinceLook + 1 >= LOOK_EVERY_POLLS) return true;
  const atNextPoll = pace.startedAt.getTime() + pace.everySeconds * 1000 - lookedAt.getTime();
  return atNextPoll > LOOK_EVERY_MS + SLACK_MS || !isContinuous(past, pace);
}

/** From when on a look asks. */
export function lookFrom(lookedAt: Date | null, startedAt: Date): Date {
  return new Date((lookedAt ?? startedAt).getTime() - LOOK_BACK_MS);
}

/** When the poll after this one is due: one interval after this one was, so that small delays do not add up. */
export function nextPoll(due: Date | null, { everySeconds, startedAt }: Pace): Date {
  const interval = everySeconds * 1000;
  const late = due === null ? Infinity : startedAt.getTime() - due.getTime();
  const from = late >= 0 && late < interval / 2 ? startedAt.getTime() - late : startedAt.getTime();
  return new Date(from + interval);
}

/** How long to wait after the nth error in a row, milliseconds: from 1 s, doubling up to the interval. */
export function retryDelay(error: unknown, errors: number, everySeconds: number): number {
  const interval = everySeconds * 1000;
  const refused = error instanceof HaloflowError && !error.retryable;
  const first = refused ? FIRST_REFUSED_RETRY_MS : FIRST_RETRY_MS;
  const most = Math.max(refused ? LONGEST_REFUSED_RETRY_MS : FIRST_RETRY_MS, interval);
  const wait = Math.min(most, first * 2 ** Math.min(20, errors - 1));
  const asked = error instanceof HaloflowError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(wait, asked);
}
