/** Tickets, projects and opportunities are one table in Halo: an id is a record of one of the three. */
export const TICKET_ROUTES: readonly string[] = ['/Tickets', '/Projects', '/Opportunities'];

/** The routes whose ids mean the same records as this one's. */
export function sameRecords(resource: string): readonly string[] {
  return TICKET_ROUTES.includes(resource) ? TICKET_ROUTES : [resource];
}
