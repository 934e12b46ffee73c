/** Actions: what was done on a ticket (notes, e-mails, time). Their ids count per ticket, so every call names the ticket. */
import { defineResource } from '../define.ts';

export const actions = defineResource('actions', {
  list: {
    title: 'List Actions',
    description: 'The actions of one ticket. Halo does not page them; `count` limits them.',
    get: '/Actions',
    items: 'actions',
    input: 'ActionsListInput',
    output: 'Action',
  },
  get: {
    title: 'Get Action',
    description: 'Action numbers count per ticket, so the ticket is needed beside the number.',
    get: '/Actions/{id}',
    input: 'ActionsGetInput',
    output: 'Action',
  },
  upsert: {
    title: 'Add or Update Actions',
    one: 'Action',
    post: '/Actions',
    input: 'Action',
    output: 'Action',
    createNeeds: ['ticket_id', ['outcome', 'outcome_id']],
    queryInput: ['returnall'],
    identity: ['ticket_id', 'id'],
    ticket: 'ticket_id',
    reconcile: {
      list: 'actions.list',
      get: 'actions.get',
      query: { includehtmlnote: true },
      by: ['ticket_id'],
      getBy: ['ticket_id'],
      date: ['actiondatecreated', 'datetime'],
      changed: 'last_updated',
      agent: { property: 'who_agentid', is: 'id' },
      names: ['note', 'note_html'],
      silent: ['sendemail', 'send_survey', 'follow', 'dont_do_rules'],
    },
  },
  delete: {
    title: 'Delete Action',
    description: 'Action numbers count per ticket, so the ticket is needed beside the number.',
    delete: '/Actions/{id}',
    ticket: 'ticket_id',
    input: 'ActionsDeleteInput',
    output: 'Action',
  },
});
