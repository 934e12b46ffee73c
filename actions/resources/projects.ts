/** Projects: tickets of the project domain. Without `domain` Halo lists tickets of every kind here. */
import { defineResource } from '../define.ts';
import { ticketUpsert } from '../ticketUpsert.ts';

export const projects = defineResource('projects', {
  list: {
    title: 'List Projects',
    description:
      'Halo lists tickets of every kind on this route, so `domain=prjs` is sent unless the input names another domain.',
    get: '/Projects',
    items: 'tickets',
    paged: true,
    input: 'TicketsListInput',
    output: 'TicketRow',
    query: { domain: 'prjs' },
  },
  get: { title: 'Get Project', get: '/Projects/{id}', input: 'TicketsGetInput', output: 'Ticket' },
  upsert: { title: 'Add or Update Projects', one: 'Project', post: '/Projects', ...ticketUpsert('projects') },
});
