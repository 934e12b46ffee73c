/** Halo's outbound events that triggers can listen to. */

export interface HaloEventKind {
  /** As triggers and `event.event` spell it. */
  readonly name: string;
  /** What it happens to: the property of the event that holds it. */
  readonly subject: 'ticket' | 'site' | 'user' | 'invoice';
  /** Other names in Halo's list of events (lookup 64) or in its screens; case does not count. */
  readonly also: readonly string[];
  /** Halo's number where it is published; the list of the instance goes before it (facts: MSPbots, ilert, RA). */
  readonly number: number | null;
}

/** Comes as a second source of the feed, so that it never starts two runs: `webhook: true` of new-ticket-record. */
export const NEW_TICKET_LOGGED: HaloEventKind = {
  name: 'New Ticket Logged',
  subject: 'ticket',
  also: [],
  number: 3,
};

export const haloEvents: readonly HaloEventKind[] = [
  {
    name: 'Ticket Changed',
    subject: 'ticket',
    also: ['Ticket Updated', 'Ticket Updated by User'],
    number: 19,
  },
  { name: 'Ticket Status Changed', subject: 'ticket', also: ['Status Changed'], number: 76 },
  { name: 'Ticket Closed', subject: 'ticket', also: ['Closed'], number: 39 },
  { name: 'Ticket Deleted', subject: 'ticket', also: ['Deleted'], number: 1072 },
  { name: 'Site created', subject: 'site', also: ['New Site'], number: null },
  { name: 'Site updated', subject: 'site', also: ['Site Changed'], number: null },
  { name: 'Site deleted', subject: 'site', also: [], number: null },
  { name: 'User created', subject: 'user', also: ['New User'], number: null },
  { name: 'User updated', subject: 'user', also: ['User Changed'], number: null },
  { name: 'User deleted', subject: 'user', also: [], number: null },
  { name: 'Invoice created', subject: 'invoice', also: ['New Invoice'], number: null },
  { name: 'Invoice updated', subject: 'invoice', also: ['Invoice Changed'], number: null },
  { name: 'Invoice deleted', subject: 'invoice', also: [], number: null },
];

const simplify = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const byName = new Map(
  [NEW_TICKET_LOGGED, ...haloEvents].flatMap((kind) =>
    [kind.name, ...kind.also].map((name) => [simplify(name), kind] as const),
  ),
);

/** The event of that name, in any of its spellings; undefined for one that nobody can listen to. */
export function haloEventNamed(name: string): HaloEventKind | undefined {
  return byName.get(simplify(name));
}
