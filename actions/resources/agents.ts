/** Agents: the people (and API accounts) that work in Halo. The list is a bare array and not paged. */
import { defineResource } from '../define.ts';

export const agents = defineResource('agents', {
  list: {
    title: 'List Agents',
    description: 'Halo answers a bare array here and does not page it.',
    get: '/Agent',
    items: true,
    input: 'AgentsListInput',
    output: 'AgentRow',
  },
  get: { title: 'Get Agent', get: '/Agent/{id}', input: 'AgentsGetInput', output: 'Agent' },
  upsert: {
    title: 'Add or Update Agents',
    one: 'Agent',
    post: '/Agent',
    input: 'Agent',
    output: 'Agent',
    createNeeds: ['name', 'email'],
    reconcile: {
      list: 'agents.list',
      get: 'agents.get',
      query: { showall: true, includeapiagents: true, includedisabled: true },
      date: ['datecreated'],
      names: ['name', 'email'],
    },
  },
  delete: { title: 'Delete Agent', delete: '/Agent/{id}', input: 'RecordId', output: 'Agent' },
});
