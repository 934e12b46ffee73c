/** Items: products and services that are bought, stocked and billed. */
import { defineResource } from '../define.ts';

export const items = defineResource('items', {
  list: {
    title: 'List Items',
    get: '/Item',
    items: 'items',
    paged: true,
    input: 'ItemsListInput',
    output: 'Item',
  },
  get: { title: 'Get Item', get: '/Item/{id}', input: 'ItemsGetInput', output: 'Item' },
  upsert: {
    title: 'Add or Update Items',
    one: 'Item',
    post: '/Item',
    input: 'Item',
    output: 'Item',
    createNeeds: ['name'],
    reconcile: {
      list: 'items.list',
      get: 'items.get',
      query: { includeinactive: true },
      date: ['datecreated'],
      names: ['name'],
    },
  },
  delete: { title: 'Delete Item', delete: '/Item/{id}', input: 'RecordId', output: 'Item' },
});
