/** Contracts with clients. */
import { defineResource } from '../define.ts';

export const contracts = defineResource('contracts', {
  list: {
    title: 'List Contracts',
    description:
      'The Rewst page calls the reply an array; Halo answers a counted list, and it is paged like the others.',
    get: '/ClientContract',
    items: 'contracts',
    paged: true,
    input: 'ContractsListInput',
    output: 'ContractRow',
  },
  get: { title: 'Get Contract', get: '/ClientContract/{id}', input: 'ContractsGetInput', output: 'Contract' },
  upsert: {
    title: 'Add or Update Contracts',
    one: 'Contract',
    post: '/ClientContract',
    input: 'Contract',
    output: 'Contract',
    createNeeds: ['client_id'],
  },
  delete: { title: 'Delete Contract', delete: '/ClientContract/{id}', input: 'RecordId', output: 'Contract' },
});
