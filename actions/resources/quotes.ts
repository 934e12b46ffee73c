/** Quotes for clients. */
import { defineResource } from '../define.ts';

export const quotes = defineResource('quotes', {
  list: {
    title: 'List Quotes',
    get: '/Quotation',
    items: 'quotes',
    paged: true,
    input: 'QuotesListInput',
    output: 'Quote',
  },
  get: { title: 'Get Quote', get: '/Quotation/{id}', input: 'QuotesGetInput', output: 'Quote' },
  upsert: {
    title: 'Add or Update Quotes',
    one: 'Quote',
    post: '/Quotation',
    input: 'Quote',
    output: 'Quote',
    createNeeds: ['client_id'],
    reconcile: {
      list: 'quotes.list',
      get: 'quotes.get',
      date: ['last_update_time'],
      changed: 'last_update_time',
      agent: { property: 'createdbyagentname', is: 'name' },
      names: ['client_id', 'title'],
    },
  },
});
