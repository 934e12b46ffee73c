/** Suppliers and manufacturers. */
import { defineResource } from '../define.ts';

export const suppliers = defineResource('suppliers', {
  list: {
    title: 'List Suppliers',
    description:
      'The Rewst page calls the reply an array; Halo answers a counted list, and it is paged like the others.',
    get: '/Supplier',
    items: 'suppliers',
    paged: true,
    input: 'SuppliersListInput',
    output: 'Supplier',
  },
  get: { title: 'Get Supplier', get: '/Supplier/{id}', input: 'RecordGetInput', output: 'Supplier' },
  upsert: {
    title: 'Add or Update Suppliers',
    one: 'Supplier',
    post: '/Supplier',
    input: 'Supplier',
    output: 'Supplier',
    createNeeds: ['name'],
    reconcile: {
      list: 'suppliers.list',
      get: 'suppliers.get',
      query: { includeinactive: true },
      date: ['datecreated'],
      names: ['name'],
    },
  },
});
