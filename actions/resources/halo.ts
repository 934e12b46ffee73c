/** Any request to Halo's API, for what the other actions do not cover. */
import { defineResource } from '../define.ts';

export const halo = defineResource('halo', {
  request: {
    title: 'Halo PSA API Request',
    description:
      'For what no other action covers, with the same credentials, limits, paging and errors. Its effect goes by the method unless the input says otherwise.',
    any: '*',
    input: 'HaloRequestInput',
    output: 'HaloReply',
  },
});
