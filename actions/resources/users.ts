/** Users: the contacts at clients, not the agents. */
import { defineResource } from '../define.ts';

export const users = defineResource('users', {
  list: {
    title: 'List Users',
    get: '/Users',
    items: 'users',
    paged: true,
    input: 'UsersListInput',
    output: 'UserRow',
  },
  get: { title: 'Get User', get: '/Users/{id}', input: 'UsersGetInput', output: 'User' },
  upsert: {
    title: 'Add or Update Users',
    description: "Not among Rewst's actions, where it takes the generic request.",
    one: 'User',
    post: '/Users',
    input: 'User',
    output: 'User',
    createNeeds: [
      ['site_id', 'client_id'],
      ['name', 'firstname', 'emailaddress'],
    ],
    reconcile: {
      list: 'users.list',
      get: 'users.get',
      query: { includeinactive: true },
      date: ['datecreated'],
      changed: 'ulastupdate',
      names: ['name', 'firstname', 'surname', 'emailaddress'],
    },
  },
});
