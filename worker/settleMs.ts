import type { Connection } from '../organizations/types.ts';

const DEFAULT_SECONDS = 90;
/** A Halo on this machine is a sandbox: nothing between here and there keeps a request back. */
const LOOPBACK_SECONDS = 2;

/** How long after the end of a lost request Halo may still be at it, in milliseconds. */
export function settleMs({ writeSettleSeconds, resourceServer }: Connection): number {
  const { hostname } = new URL(resourceServer);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return 1000 * (writeSettleSeconds ?? (isLoopback ? LOOPBACK_SECONDS : DEFAULT_SECONDS));
}
