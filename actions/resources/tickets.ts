/** Tickets: requests, incidents and everything else that a team works on. */
import { defineResource } from '../define.ts';
import { ticketUpsert } from '../ticketUpsert.ts';

export const tickets = defineResource('tickets', {
  list: {
    title: 'List Tickets',
    description:
      'Rows are thin: the names of agent, status and type come only with `includeagent`, `includestatus` and `includetickettype`.',
    get: '/Tickets',
    items: 'tickets',
    paged: true,
    input: 'TicketsListInput',
    output: 'TicketRow',
  },
  get: { title: 'Get Ticket', get: '/Tickets/{id}', input: 'TicketsGetInput', output: 'Ticket' },
  upsert: { title: 'Add or Update Tickets', one: 'Ticket', post: '/Tickets', ...ticketUpsert('tickets') },
  delete: {
    title: 'Delete Ticket',
    description:
      'Halo only hides the ticket: tickets.update with `_recover` and `_validate_updates` brings it back.',
    delete: '/Tickets/{id}',
    ticket: 'id',
    input: 'TicketsDeleteInput',
    output: 'Ticket',
  },
});
