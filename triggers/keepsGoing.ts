/**
 * How system activities are tried again. A look that has found nothing ends its attempt, so that there are thousands of
 * them; a backoff that doubles with each would stand at its maximum whenever a worker stops in the middle of one.
 */
export const KEEPS_GOING = { initialInterval: '1 second', maximumInterval: '2 seconds' } as const;
