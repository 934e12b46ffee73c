/** Ticket types: which fields, workflow and defaults a ticket has. */
import { defineResource } from '../define.ts';

export const ticketTypes = defineResource('ticketTypes', {
  list: {
    title: 'List Ticket Types',
    description: 'Halo answers a bare array here and does not page it.',
    get: '/TicketType',
    items: true,
    input: 'TicketTypesListInput',
    output: 'TicketTypeRow',
  },
  get: {
    title: 'Get Ticket Type',
    get: '/TicketType/{id}',
    input: 'TicketTypesGetInput',
    output: 'TicketType',
  },
});
