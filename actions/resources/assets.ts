/** Assets: devices and everything else that is registered for a client. */
import { defineResource } from '../define.ts';

export const assets = defineResource('assets', {
  list: {
    title: 'List Assets',
    get: '/Asset',
    items: 'assets',
    paged: true,
    input: 'AssetsListInput',
    output: 'AssetRow',
  },
  get: { title: 'Get Asset', get: '/Asset/{id}', input: 'AssetsGetInput', output: 'Asset' },
  upsert: {
    title: 'Add or Update Assets',
    one: 'Asset',
    post: '/Asset',
    input: 'Asset',
    output: 'Asset',
    createNeeds: ['assettype_id', 'inventory_number', ['client_id', 'site_id']],
    stamp: 'third_party_id_string',
    reconcile: {
      list: 'assets.list',
      get: 'assets.get',
      query: { includeinactive: true },
      changed: 'dlastupdate',
      names: ['inventory_number'],
    },
  },
  delete: { title: 'Delete Asset', delete: '/Asset/{id}', input: 'RecordId', output: 'Asset' },
});
