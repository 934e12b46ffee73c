import type { Connection } from './types.ts';
import { spelledHost } from './halo.ts';

/** Host and port of a resource server: what Halo counts requests by. */
export function hostOf({ resourceServer }: Pick<Connection, 'resourceServer'>): string {
  return spelledHost(new URL(resourceServer).origin);
}
