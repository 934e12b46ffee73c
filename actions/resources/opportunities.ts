/** Opportunities: tickets of the sales domain, with their fields. */
import { defineResource } from '../define.ts';
import { ticketUpsert } from '../ticketUpsert.ts';

export const opportunities = defineResource('opportunities', {
  list: {
    title: 'List Opportunities',
    description: "Halo answers 403 where the API's agent has no right to the sales module.",
    get: '/Opportunities',
    items: 'tickets',
    paged: true,
    input: 'TicketsListInput',
    output: 'TicketRow',
  },
  get: { title: 'Get Opportunity', get: '/Opportunities/{id}', input: 'TicketsGetInput', output: 'Ticket' },
  upsert: {
    title: 'Add or Update Opportunities',
    one: 'Opportunity',
    post: '/Opportunities',
    ...ticketUpsert('opportunities'),
  },
});
