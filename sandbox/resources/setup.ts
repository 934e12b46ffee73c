import { randomUUID } from 'node:crypto';
import { among, is, isText, when, type Filter } from '../rest/filters.ts';
import { bareText, exception } from '../rest/refusal.ts';
import type { Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { CLOSED_STATUS, live, nameOf, need, words } from './shared.ts';

const needName = need('name', bareText('Please enter a name'));

interface Plain extends Pick<Resource, 'route' | 'table' | 'area'> {
  readonly defaults?: Row;
  readonly fields?: string;
  readonly filters?: readonly Filter[];
  readonly field?: string;
}

/** A list of settings: a bare array, never paged, with unique names. */
function plain({ route, table, area, defaults = {}, fields, filters = [], field = 'name' }: Plain): Resource {
  return {
    route,
    area,
    table,
    list: {
      items: null,
      paging: 'none',
      ...(fields !== undefined && { fields: words(fields) }),
      filters,
      search: [field],
    },
    write: {
      needs: [field === 'name' ? needName : need(field, exception(`Please enter a ${field}`))],
      unique: { field },
      defaults: () => ({ guid: randomUUID(), ...defaults }),
    },
    remove: {},
  };
}

export const organisations = plain({
  route: 'Organisation',
  table: 'organisations',
  area: 'setup',
  defaults: { departments: [], customfields: [], website: '', phone: '', email: '' },
});

export const statuses = plain({
  route: 'Status',
  table: 'statuses',
  area: 'lookups',
  defaults: {
    shortname: '',
    type: 0,
    sequence: 100,
    colour: '#888888',
    slaaction: '',
    showonquickchange: true,
  },
  filters: [when('excludeclosed', (row) => row['id'] !== CLOSED_STATUS), is('type')],
});

export const teams: Resource = {
  ...plain({
    route: 'Team',
    table: 'teams',
    area: 'teams',
    defaults: {
      sequence: 100,
      forrequests: true,
      foropps: false,
      forprojects: false,
      inactive: false,
      agents: [],
    },
    fields: `id guid name sequence forrequests foropps forprojects department_id department_name inactive agents use`,
    filters: [
      among('ids', 'id'),
      is('department_id'),
      (query) => {
        const column = { reqs: 'forrequests', opps: 'foropps', prjs: 'forprojects' }[
          query.text('domain') ?? ''
        ];
        return column === undefined ? null : (row) => row[column] === true;
      },
    ],
  }),
  sees: (row, { settings }) => !settings.hiddenTeams.includes(String(row['name'])),
  computed: {
    ticket_count: (row, context) =>
      live(
        context,
        'tickets',
        (ticket) => ticket['team'] === row['name'] && ticket['status_id'] !== CLOSED_STATUS,
      ).length,
  },
};

export const ticketTypes = plain({
  route: 'TicketType',
  table: 'tickettypes',
  area: 'lookups',
  defaults: {
    use: 'reqs',
    sequence: 100,
    default_sla: 1,
    default_priority: 3,
    group_id: 1,
    cancreate: true,
    agentscanselect: true,
    enduserscanselect: true,
    itilrequesttype: 1,
    visible: true,
    approval_process_id: 0,
  },
  fields: `id guid name use sequence default_sla group_id group_name cancreate agentscanselect itilrequesttype
    allowattachments enduserscanselect anonymouscanselect default_agent default_team default_priority visible`,
  filters: [
    isText('domain', 'use'),
    is('group_id'),
    when('can_create_only', (row) => row['cancreate'] === true),
  ],
});

/** Rows repeat per SLA: `id` is a GUID, `priorityid` the number that tickets use. */
export const priorities: Resource = {
  ...plain({ route: 'Priority', table: 'priorities', area: 'lookups', filters: [is('slaid')] }),
  tableOptions: { ids: 'guid' },
  guid: 404,
  write: {
    types: { id: 'text', slaid: 'integer', priorityid: 'integer', fixtime: 'number', responsetime: 'number' },
    needs: [needName],
    unique: { field: 'name', within: 'slaid' },
    defaults: () => ({
      slaid: 1,
      priorityid: 9,
      fixtime: 8,
      fixunits: 'H',
      responsetime: 4,
      responseunits: 'H',
    }),
  },
};

export const categories = plain({
  route: 'Category',
  table: 'categories',
  area: 'lookups',
  field: 'value',
  defaults: { type_id: 1, sla_id: 0, priority_id: 0, include_note: false },
  filters: [is('type_id')],
});

export const slas = plain({
  route: 'SLA',
  table: 'slas',
  area: 'lookups',
  defaults: { workday_id: 1, priorities: [] },
});

export const outcomes = plain({
  route: 'Outcome',
  table: 'outcomes',
  area: 'lookups',
  field: 'outcome',
  defaults: {
    buttonname: '',
    labellong: '',
    colour: '#888888',
    sequence: 100,
    hidden: false,
    hidefromuser: false,
  },
  filters: [when('quick_only', (row) => row['quick'] === true)],
});

export const fieldInfos = plain({
  route: 'FieldInfo',
  table: 'fieldinfos',
  area: 'lookups',
  defaults: { label: '', type: 0, usage: 1, custom: 1, inputtype: 0, values: [] },
  filters: [is('typeid', 'usage')],
});

export const assetTypes = plain({
  route: 'AssetType',
  table: 'assettypes',
  area: 'lookups',
  defaults: { assetgroup_id: 1, assetgroup_name: 'Hardware', icon: 'fa-desktop', fields: [] },
  filters: [is('assetgroup_id')],
});

/** Groups of clients. The key of the list is `tree`. */
export const topLevels: Resource = {
  ...plain({
    route: 'TopLevel',
    table: 'toplevels',
    area: 'customers',
    defaults: { organisation_id: 1, type: 0 },
  }),
  list: {
    items: 'tree',
    paging: 'paged',
    fields: words('id guid name organisation_id organisation_name long_name type'),
    filters: [is('org_id', 'organisation_id'), is('type')],
    search: ['name'],
  },
  computed: {
    organisation_name: nameOf('organisations', 'organisation_id'),
    long_name: (row) => row['name'],
  },
};
