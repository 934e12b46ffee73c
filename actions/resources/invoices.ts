/** Invoices and credit notes. */
import { defineResource } from '../define.ts';

export const invoices = defineResource('invoices', {
  list: {
    title: 'List Invoices',
    get: '/Invoice',
    items: 'invoices',
    paged: true,
    input: 'InvoicesListInput',
    output: 'Invoice',
  },
  get: { title: 'Get Invoice', get: '/Invoice/{id}', input: 'RecordGetInput', output: 'Invoice' },
  upsert: {
    title: 'Add or Update Invoices',
    one: 'Invoice',
    post: '/Invoice',
    input: 'Invoice',
    output: 'Invoice',
    createNeeds: ['client_id'],
    reconcile: {
      list: 'invoices.list',
      get: 'invoices.get',
      date: ['date_created'],
      agent: { property: 'createdbyagentname', is: 'name' },
      names: ['client_id'],
    },
  },
  delete: {
    title: 'Delete Invoice',
    delete: '/Invoice/{id}',
    input: 'InvoicesDeleteInput',
    output: 'Invoice',
  },
});
