import { InvalidArgumentError } from 'commander';
import { parsePast } from '../when.ts';

/** Where to go back to: a ticket, or a moment. */
export type Place = { readonly ticket: number } | { readonly since: Date };

/**
 * A ticket's id, or an ISO 8601 date or time.
 *
 * @throws InvalidArgumentError for anything else.
 */
export function parsePlace(text: string): Place {
  if (/^[1-9]\d{0,8}$/.test(text)) return { ticket: Number(text) };
  if (!text.includes('-')) {
    throw new InvalidArgumentError("it is a ticket's id, or a date or time, as 2026-11-25T20:05:00Z");
  }
  return { since: parsePast(text) };
}
