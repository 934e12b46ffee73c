/** What a principal may see, as the conditions that queries of triggers/ take. */
import { within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { SchemaError } from '../../errors.ts';
import type { Reach } from '../../store/subtree.ts';

export function reachOf(principal: Principal): Reach | undefined {
  // What was left by organizations that are no more is in nobody's subtree: who may see everything sees it, too.
  if (principal.organization === null) return undefined;
  return (organization) => within(principal, organization);
}

/**
 * A time of a query.
 *
 * @throws SchemaError for one that fits the format and is none, such as a leap second.
 */
export function dateOf(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (date.getUTCFullYear() >= 1) return date;
  throw new SchemaError(`${field}: "${text}" is no time: give one like 2026-11-25T20:05:00Z`, {
    details: { field: `query.${field}` },
  });
}
