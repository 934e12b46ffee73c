/** What a principal may see, as the conditions that queries of triggers/ take. */
import { within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import type { Reach } from '../../store/subtree.ts';

export function reachOf(principal: Principal): Reach | undefined {
  // What was left by organizations that are no more is in nobody's subtree: who may see everything sees it, too.
  if (principal.organization === null) return undefined;
  return (organization) => within(principal, organization);
}
