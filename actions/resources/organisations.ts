/** Organisations: the MSP's own companies, with departments and teams. */
import { defineResource } from '../define.ts';

export const organisations = defineResource('organisations', {
  list: {
    title: 'List Organisations',
    description: 'Halo takes no filter here and answers a bare array.',
    get: '/Organisation',
    items: true,
    input: 'NoInput',
    output: 'Organisation',
  },
  get: {
    title: 'Get Organisation',
    get: '/Organisation/{id}',
    input: 'RecordGetInput',
    output: 'Organisation',
  },
  upsert: {
    title: 'Add or Update Organisations',
    one: 'Organisation',
    post: '/Organisation',
    input: 'Organisation',
    output: 'Organisation',
    createNeeds: ['name'],
  },
});
