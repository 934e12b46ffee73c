/** Clients: the customers of the MSP. */
import { defineResource } from '../define.ts';

export const clients = defineResource('clients', {
  list: {
    title: 'List Clients',
    description: "Clients that the API's agent may not use are left out without notice.",
    get: '/Client',
    items: 'clients',
    paged: true,
    input: 'ClientsListInput',
    output: 'ClientRow',
  },
  get: { title: 'Get Client', get: '/Client/{id}', input: 'ClientsGetInput', output: 'Client' },
  upsert: {
    title: 'Add or Update Clients',
    one: 'Client',
    post: '/Client',
    input: 'Client',
    output: 'Client',
    createNeeds: ['name'],
    reconcile: {
      list: 'clients.list',
      get: 'clients.get',
      query: { includeinactive: true },
      date: ['datecreated'],
      changed: 'alastupdate',
      names: ['name'],
    },
  },
  delete: { title: 'Delete Client', delete: '/Client/{id}', input: 'RecordId', output: 'Client' },
});
