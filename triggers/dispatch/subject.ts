/** Whom an event is about: the Halo client that its record belongs to. */
import type { FeedKind, TriggerType } from '../types.ts';

/** The types whose events are about a record of one Halo client, so that its mapping says for whom they run. */
const ABOUT_A_CLIENT: ReadonlySet<TriggerType> = new Set(['new-ticket-record', 'halo-event']);

/** Whether events of the type run for the organization that is mapped to a Halo client. */
export function isAboutAClient(type: TriggerType): boolean {
  return ABOUT_A_CLIENT.has(type);
}

/** Where the id of the client is in an event, best first. */
const PLACES: readonly (readonly [string, string])[] = [
  ['ticket', 'client_id'],
  ['client', 'id'],
  ['site', 'client_id'],
  ['user', 'client_id'],
  ['invoice', 'client_id'],
];

/** Halo's id of the client that an event is about; null where the event has none. */
export function clientOf(event: unknown): number | null {
  for (const [record, field] of PLACES) {
    const id = idOf(property(property(event, record), field));
    if (id !== null) return id;
  }
  return null;
}

/** The event of a record of a feed: projects and opportunities are tickets too, and say so. */
export function recordEvent(kind: FeedKind, record: unknown): Readonly<Record<string, unknown>> {
  return kind === 'tickets' ? { ticket: record } : { kind, ticket: record };
}

/** `value.name`, if there is one. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Halo answers ids as 12, "12" or 12.0, and -1 or 0 for none. */
export function idOf(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
