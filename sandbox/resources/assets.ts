import { haloDate } from '../rest/dates.ts';
import { advancedSearch, among, except, is, isText, type Filter } from '../rest/filters.ts';
import { exception } from '../rest/refusal.ts';
import type { Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { asNumber, lastUpdate, nameOf, need, whereNames, words } from './shared.ts';

const linkedToTicket: Filter = (query, { db }) => {
  const id = query.integer('ticket_id');
  if (id === undefined || id <= 0) return null;
  const linked = (db.table('tickets').get(id)?.['assets'] ?? []) as Row[];
  const ids = new Set(linked.map((asset) => asset['id']));
  return (row) => ids.has(row['id']);
};

/** Serial numbers are ordinary custom fields under `fields`, whose ids differ from tenant to tenant. */
export const assets: Resource = {
  route: 'Asset',
  area: 'assets',
  table: 'assets',
  list: {
    items: 'assets',
    paging: 'paged',
    fields: words(`id inventory_number key_field key_field2 key_field3 client_id client_name site_id site_name
      business_owner_id technical_owner_id username assettype_id assettype_name colour icon warranty_start warranty_end
      inactive contract_id contract_ref supplier_id supplier_name item_id status_id criticality use device_number
      third_party_id parent_id`),
    onRequest: { includeassetfields: ['fields'], includeuser: ['users'] },
    filters: [
      ...[
        'client_id',
        'site_id',
        'assettype_id',
        'assetgroup_id',
        'contract_id',
        'supplier_id',
        'item_id',
      ].map((name) => is(name)),
      is('assettype', 'assettype_id'),
      is('linkedto_id', 'parent_id'),
      among('assettypes', 'assettype_id'),
      among('assetstatuses', 'status_id'),
      among('assets', 'id'),
      among('ids', 'id'),
      except('excludethese', 'id'),
      isText('inventory_number'),
      isText('username'),
      linkedToTicket,
      lastUpdate,
      advancedSearch,
    ],
    search: ['inventory_number', 'key_field', 'key_field2', 'key_field3', 'fields', 'username'],
  },
  computed: {
    client_name: whereNames['client_name'] ?? (() => null),
    site_name: whereNames['site_name'] ?? (() => null),
    assettype_name: nameOf('assettypes', 'assettype_id'),
    supplier_name: nameOf('suppliers', 'supplier_id'),
  },
  write: {
    types: {
      third_party_id: 'integer',
      third_party_id_string: 'text',
      inventory_number: 'text',
      key_field: 'text',
      warranty_end: 'date',
      warranty_start: 'date',
      commissiondate: 'date',
      business_owner_id: 'integer',
      technical_owner_id: 'integer',
    },
    needs: [
      need('assettype_id', exception('Please select an Asset Type')),
      need('inventory_number', exception('Please enter an Asset Tag')),
      need('client_id site_id', exception('Please select a Site for this Asset')),
    ],
    mergedArrays: ['fields', 'customfields'],
    defaults: () => ({
      key_field: '',
      key_field2: '',
      key_field3: '',
      inactive: false,
      colour: '#000000',
      icon: 'fa-desktop',
      contract_id: -1,
      supplier_id: -1,
      item_id: -1,
      status_id: 1,
      criticality: -1,
      parent_id: -1,
      third_party_id: 0,
      third_party_id_string: null,
      fields: [],
      customfields: [],
      users: [],
      notes: '',
      use: 'device',
    }),
    finish: (row, _before, _input, { db, now }) => {
      if (!db.table('assettypes').get(row['assettype_id'])) {
        throw exception(`Asset Type ${asNumber(row['assettype_id'])} does not exist`);
      }
      const siteId =
        asNumber(row['site_id']) || asNumber(db.table('clients').get(row['client_id'])?.['main_site_id']);
      const site = db.table('sites').get(siteId);
      if (!site) throw exception(`Site ${siteId} does not exist`);
      return { ...row, site_id: site['id'], client_id: site['client_id'], dlastupdate: haloDate(now) };
    },
  },
  remove: {},
};
