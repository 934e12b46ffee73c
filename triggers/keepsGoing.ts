/**
 * The retry policy of system activities. A look that finds nothing ends its attempt, so there are thousands of attempts; a
 * doubling backoff would always be at its maximum when a worker stops in the middle of one.
 */
export const KEEPS_GOING = { initialInterval: '1 second', maximumInterval: '2 seconds' } as const;
