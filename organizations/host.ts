import type { Connection } from './types.ts';

/** Host and port of a resource server: what Halo counts requests by, and where its records are. */
export function hostOf({ resourceServer }: Pick<Connection, 'resourceServer'>): string {
  return new URL(resourceServer).host;
}
