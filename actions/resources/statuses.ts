/** Statuses that tickets and other records can have. */
import { defineResource } from '../define.ts';

export const statuses = defineResource('statuses', {
  list: {
    title: 'List Statuses',
    description: 'Halo answers a bare array here and does not page it.',
    get: '/Status',
    items: true,
    input: 'StatusesListInput',
    output: 'Status',
  },
  get: { title: 'Get Status', get: '/Status/{id}', input: 'RecordGetInput', output: 'Status' },
  upsert: {
    title: 'Add or Update Statuses',
    one: 'Status',
    post: '/Status',
    input: 'Status',
    output: 'Status',
    createNeeds: ['name'],
  },
});
