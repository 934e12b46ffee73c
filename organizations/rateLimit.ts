/** The bounds of a connection's rate limit. Halo's own is 300 requests in any 5 minutes. */

/** The longest window, in seconds. */
export const LONGEST_WINDOW_SECONDS = 3600;
/** The most requests in one window. */
export const MOST_REQUESTS = 1_000_000;
/** The slowest limit is one request in this many seconds; a slower one would in effect close the connection. */
const SLOWEST_SECONDS = 10;

/** At most `requests` in any `perSeconds` seconds; both are whole numbers from 1 on. */
export interface RateLimit {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Why a limit is invalid, with the remedy; null if it is valid. */
export function limitProblem({ requests, perSeconds }: RateLimit): string | null {
  if (perSeconds > LONGEST_WINDOW_SECONDS) {
    return `perSeconds is ${perSeconds}, over the maximum of ${LONGEST_WINDOW_SECONDS} (an hour): give the requests for a window of an hour or less`;
  }
  if (requests > MOST_REQUESTS) return `requests is ${requests}, over the maximum of ${MOST_REQUESTS}`;
  const least = Math.ceil(perSeconds / SLOWEST_SECONDS);
  if (requests >= least) return null;
  return (
    `${requests} in ${perSeconds} s is less than one request in ${SLOWEST_SECONDS} s, too few to work with: give at least ` +
    `${least} requests, or a shorter window`
  );
}

/** The nearest valid limit, for rows that bypassed the checks: a window of an hour at most. */
export function bounded({ requests, perSeconds }: RateLimit): RateLimit {
  if (perSeconds <= LONGEST_WINDOW_SECONDS)
    return { requests: Math.min(requests, MOST_REQUESTS), perSeconds };
  const scaled = Math.floor((requests * LONGEST_WINDOW_SECONDS) / perSeconds);
  const least = LONGEST_WINDOW_SECONDS / SLOWEST_SECONDS;
  return {
    requests: Math.min(MOST_REQUESTS, Math.max(least, scaled)),
    perSeconds: LONGEST_WINDOW_SECONDS,
  };
}
