/** Sites: the places of a client. */
import { defineResource } from '../define.ts';

export const sites = defineResource('sites', {
  list: {
    title: 'List Sites',
    get: '/Site',
    items: 'sites',
    paged: true,
    input: 'SitesListInput',
    output: 'SiteRow',
  },
  get: { title: 'Get Site', get: '/Site/{id}', input: 'SitesGetInput', output: 'Site' },
  upsert: {
    title: 'Add or Update Sites',
    one: 'Site',
    post: '/Site',
    input: 'Site',
    output: 'Site',
    createNeeds: ['name', 'client_id'],
    reconcile: {
      list: 'sites.list',
      get: 'sites.get',
      query: { includeinactive: true },
      date: ['datecreated'],
      changed: 'slastupdate',
      names: ['name', 'client_id'],
    },
  },
});
