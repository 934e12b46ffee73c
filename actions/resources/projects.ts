/** Projects: tickets of the project domain. Without `domain` Halo lists tickets of every kind here. */
import { defineResource } from '../define.ts';

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
  upsert: {
    title: 'Add or Update Projects',
    one: 'Project',
    post: '/Projects',
    input: 'Ticket',
    output: 'Ticket',
    createNeeds: ['summary'],
    queryInput: ['returnall'],
    stamp: 'third_party_id_string',
    ticket: 'id',
    oneAtATime: true,
    reconcile: {
      list: 'projects.list',
      deleted: { deleted: true },
      get: 'projects.get',
      date: ['datecreated', 'dateoccurred'],
      changed: 'last_update',
      agent: { property: 'created_by', is: 'name', mayDiffer: true },
      names: ['summary'],
    },
  },
});
