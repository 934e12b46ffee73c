import { haloDate } from '../rest/dates.ts';
import { advancedSearch, among, is, when } from '../rest/filters.ts';
import { exception, messageObject } from '../rest/refusal.ts';
import { EVENTS } from '../rest/events.ts';
import type { Context, Resource } from '../rest/resource.ts';
import { GENERAL_USER, type Row } from '../rest/table.ts';
import {
  asNumber,
  change,
  lastUpdate,
  live,
  nameOf,
  need,
  unusedByTickets,
  usesClient,
  words,
} from './shared.ts';

const created = (context: Context): string => haloDate(context.now);

export const clients: Resource = {
  route: 'Client',
  area: 'customers',
  table: 'clients',
  sees: usesClient('id'),
  list: {
    items: 'clients',
    paging: 'paged',
    fields: words(`id name toplevel_id toplevel_name inactive colour confirmemail actionemail clearemail
      messagegroup_id mailbox_override default_mailbox_id pritech sectech accountmanagertech notes ref use key table
      customertype customer_relationship customer_relationship_list default_currency_code stopped percentage_to_survey
      taxable is_vip is_account customfields`),
    onRequest: { showcounts: ['open_ticket_count'] },
    filters: [is('toplevel_id'), among('ids', 'id'), lastUpdate, advancedSearch],
    search: ['id', 'name', 'ref'],
  },
  computed: {
    toplevel_name: nameOf('toplevels', 'toplevel_id'),
    main_site_name: nameOf('sites', 'main_site_id'),
    open_ticket_count: (row, context) =>
      live(context, 'tickets', (ticket) => ticket['client_id'] === row['id'] && ticket['status_id'] !== 9)
        .length,
  },
  write: {
    types: { pritech: 'integer', accountmanagertech: 'integer', is_vip: 'boolean', website: 'text' },
    needs: [need('name', exception('Please enter a Name'))],
    unique: { field: 'name' },
    mergedArrays: ['customfields'],
    defaults: (_input, context) => ({
      toplevel_id: 1,
      inactive: false,
      colour: '#2bd3c6',
      confirmemail: 2,
      actionemail: 2,
      clearemail: 2,
      messagegroup_id: -1,
      mailbox_override: 0,
      default_mailbox_id: 0,
      pritech: 0,
      sectech: 0,
      accountmanagertech: 0,
      default_currency_code: 0,
      percentage_to_survey: -1,
      taxable: true,
      customer_relationship: [],
      customer_relationship_list: '',
      customertype: 0,
      is_vip: false,
      is_account: true,
      stopped: 0,
      ref: '',
      notes: '',
      website: '',
      customfields: [],
      use: 'client',
      key: 0,
      table: 0,
      datecreated: created(context),
    }),
    finish: (row, _before, _input, context) => ({ ...row, alastupdate: haloDate(context.now) }),
    after: (after, before, _input, context) => {
      if (before === null) addMainSite(after, context);
    },
  },
  remove: {
    check: unusedByTickets('client_id', 'Customer'),
    after: (row, context) => {
      for (const site of live(context, 'sites', (other) => other['client_id'] === row['id'])) {
        removeSite(site, context);
        context.db.table('sites').remove(site);
      }
    },
  },
};

/** Every client has a main site, and every site a General User. */
function addMainSite(client: Row, context: Context): void {
  const table = context.db.table('sites');
  const site = { ...siteDefaults(context), id: table.nextId(), name: 'Main', client_id: client['id'] };
  table.put(site);
  context.fire(EVENTS.siteCreated, { site });
  addGeneralUser(site, context);
  const stored = context.db.table('clients').get(client['id']);
  if (stored) change(context, 'clients', stored, { main_site_id: site.id });
}

function addGeneralUser(site: Row, context: Context): void {
  const table = context.db.table('users');
  table.put({
    ...userDefaults(context),
    id: table.nextId(),
    name: 'General User',
    site_id: site['id'],
    client_id: site['client_id'],
    [GENERAL_USER]: true,
  });
}

function removeSite(site: Row, context: Context): void {
  context.fire(EVENTS.siteDeleted, { site });
  const table = context.db.table('users');
  for (const user of live(context, 'users', (other) => other['site_id'] === site['id'])) table.remove(user);
}

const siteDefaults = (context: Context): Row => ({
  inactive: false,
  colour: '#2bd3c6',
  sla_id: -1,
  phonenumber: '',
  timezone: 'UTC',
  notes: '',
  isstocklocation: false,
  customfields: [],
  use: 'site',
  datecreated: created(context),
});

export const sites: Resource = {
  route: 'Site',
  area: 'customers',
  table: 'sites',
  sees: usesClient('client_id'),
  list: {
    items: 'sites',
    paging: 'paged',
    fields: words(`id name client_id client_name clientsite_name inactive sla_id phonenumber colour timezone
      invoice_address_isdelivery isstocklocation use customfields ref maincontact_id`),
    onRequest: { includenotes: ['notes'], includeaddress: ['delivery_address'] },
    filters: [is('client_id'), is('site_id', 'id'), among('ids', 'id'), lastUpdate, advancedSearch],
    search: ['name', 'client_name', 'phonenumber'],
  },
  computed: {
    client_name: nameOf('clients', 'client_id'),
    clientsite_name: (row, { db }) =>
      `${String(db.table('clients').get(row['client_id'])?.['name'])}/${String(row['name'])}`,
  },
  write: {
    needs: [
      need('name', exception('Please enter a Name')),
      need('client_id', messageObject('A Site must belong to a Customer')),
    ],
    unique: { field: 'name', within: 'client_id' },
    mergedArrays: ['customfields'],
    defaults: (_input, context) => siteDefaults(context),
    finish: (row, _before, _input, { db, now }) => {
      if (db.table('clients').get(row['client_id'])) return { ...row, slastupdate: haloDate(now) };
      throw exception(`Customer ${asNumber(row['client_id'])} does not exist`);
    },
    after: (after, before, _input, context) => {
      context.fire(before === null ? EVENTS.siteCreated : EVENTS.siteUpdated, { site: after });
      if (before === null) addGeneralUser(after, context);
    },
  },
  remove: { check: unusedByTickets('site_id', 'Site'), after: removeSite },
};

const userDefaults = (context: Context): Row => ({
  firstname: '',
  surname: '',
  emailaddress: '',
  phonenumber: '',
  mobilenumber: '',
  inactive: false,
  isimportantcontact: false,
  isserviceaccount: false,
  neversendemails: false,
  login: '',
  networklogin: '',
  customfields: [],
  use: 'user',
  datecreated: created(context),
});

/** Contacts of clients. `azureoid` is not searched: clients must use `advanced_search` for it. */
export const users: Resource = {
  route: 'Users',
  area: 'customers',
  table: 'users',
  sees: usesClient('client_id'),
  list: {
    items: 'users',
    paging: 'paged',
    fields:
      words(`id name site_id site_id_int site_name client_name firstname surname initials title emailaddress
      phonenumber_preferred sitephonenumber phonenumber mobilenumber login inactive colour isimportantcontact
      neversendemails priority_id linked_agent_id isserviceaccount use client_id azureoid key table`),
    onRequest: { includenotes: ['notes'] },
    filters: [
      is('client_id'),
      is('site_id'),
      is('organisation_id'),
      among('ids', 'id'),
      when('exclude_generaluser', (row) => row[GENERAL_USER] !== true),
      when('approvers_only', (row) => row['isimportantcontact'] === true),
      lastUpdate,
      advancedSearch,
    ],
    search: ['name', 'firstname', 'surname', 'emailaddress', 'phonenumber', 'login', 'networklogin'],
  },
  computed: {
    site_name: nameOf('sites', 'site_id'),
    client_id: (row, { db }) =>
      db.table('sites').get(row['site_id'])?.['client_id'] ?? row['client_id'] ?? null,
    client_name: (row, { db }) => {
      const site = db.table('sites').get(row['site_id']);
      return db.table('clients').get(site?.['client_id'])?.['name'] ?? null;
    },
    site_id_int: (row) => row['site_id'],
  },
  write: {
    types: { firstname: 'text', surname: 'text', phonenumber: 'text', isserviceaccount: 'boolean' },
    needs: [
      need('name firstname surname', exception('Please enter a Name')),
      need('site_id client_id', messageObject('A User must belong to a Site')),
    ],
    mergedArrays: ['customfields'],
    defaults: (_input, context) => userDefaults(context),
    finish: (row, _before, input, { db, now }) => {
      const siteId =
        asNumber(row['site_id']) || db.table('clients').get(input['client_id'])?.['main_site_id'];
      const site = db.table('sites').get(siteId);
      if (!site) throw exception(`Site ${asNumber(siteId)} does not exist`);
      const name = row['name'] ?? `${String(row['firstname'])} ${String(row['surname'])}`.trim();
      return {
        ...row,
        name,
        site_id: site['id'],
        client_id: site['client_id'],
        ulastupdate: haloDate(now),
      };
    },
    after: (after, before, _input, context) =>
      context.fire(before === null ? EVENTS.userCreated : EVENTS.userUpdated, { user: after }),
  },
  remove: {
    check: unusedByTickets('user_id', 'User'),
    after: (user, context) => context.fire(EVENTS.userDeleted, { user }),
  },
};
