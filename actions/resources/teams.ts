/** Teams of agents. */
import { defineResource } from '../define.ts';

export const teams = defineResource('teams', {
  list: {
    title: 'List Teams',
    description:
      "Halo answers a bare array here and does not page it. It leaves out teams that the API's agent is not a member of.",
    get: '/Team',
    items: true,
    input: 'TeamsListInput',
    output: 'TeamRow',
  },
  get: { title: 'Get Team', get: '/Team/{id}', input: 'TeamsGetInput', output: 'Team' },
  upsert: {
    title: 'Add or Update Teams',
    one: 'Team',
    post: '/Team',
    input: 'Team',
    output: 'Team',
    createNeeds: ['name'],
  },
});
