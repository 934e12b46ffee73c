/** Halo's outbound events that the sandbox fires: their numbers, and their names in lookup 64. */

/**
 * 3, 39, 76 and 1072 are the numbers that integrations of Halo use. Those of the others are not published, and numbers
 * have differed between releases: whoever binds an event reads its number from the lookup.
 */
export const EVENTS = {
  ticketLogged: 3,
  ticketClosed: 39,
  statusChanged: 76,
  ticketDeleted: 1072,
  ticketChanged: 1204,
  siteCreated: 1310,
  siteUpdated: 1311,
  siteDeleted: 1312,
  userCreated: 1320,
  userUpdated: 1321,
  userDeleted: 1322,
  invoiceCreated: 1330,
  invoiceUpdated: 1331,
  invoiceDeleted: 1332,
} as const;

/** What is fired, and some that nothing in the sandbox fires. */
export const EVENT_NAMES: readonly (readonly [number, string])[] = [
  [EVENTS.ticketLogged, 'New Ticket Logged'],
  [19, 'Ticket Updated by User'],
  [EVENTS.ticketClosed, 'Ticket Closed'],
  [42, 'Ticket Response Target Warning'],
  [46, 'Ticket Fix Target Warning'],
  [70, 'Ticket Deadline Approaching'],
  [EVENTS.statusChanged, 'Ticket Status Changed'],
  [EVENTS.ticketDeleted, 'Ticket Deleted'],
  [EVENTS.ticketChanged, 'Ticket Changed'],
  [EVENTS.siteCreated, 'Site created'],
  [EVENTS.siteUpdated, 'Site updated'],
  [EVENTS.siteDeleted, 'Site deleted'],
  [EVENTS.userCreated, 'User created'],
  [EVENTS.userUpdated, 'User updated'],
  [EVENTS.userDeleted, 'User deleted'],
  [EVENTS.invoiceCreated, 'Invoice created'],
  [EVENTS.invoiceUpdated, 'Invoice updated'],
  [EVENTS.invoiceDeleted, 'Invoice deleted'],
];
