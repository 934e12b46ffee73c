/** Tickets: requests, incidents and everything else that a team works on. */
import { defineResource } from '../define.ts';

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
  upsert: {
    title: 'Add or Update Tickets',
    one: 'Ticket',
    post: '/Tickets',
    input: 'Ticket',
    output: 'Ticket',
    createNeeds: ['summary'],
    queryInput: ['returnall'],
    stamp: 'third_party_id_string',
    ticket: 'id',
    oneAtATime: true,
    reconcile: {
      list: 'tickets.list',
      deleted: { deleted: true },
      get: 'tickets.get',
      date: ['datecreated', 'dateoccurred'],
      changed: 'last_update',
      agent: { property: 'created_by', is: 'name', mayDiffer: true },
      names: ['summary'],
    },
  },
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
