import { parseHaloDate } from '../rest/dates.ts';
import {
  advancedSearch,
  among,
  between,
  except,
  holds,
  is,
  isText,
  when,
  type Filter,
} from '../rest/filters.ts';
import { exception } from '../rest/refusal.ts';
import { EVENTS } from '../rest/events.ts';
import type { Context, ListRules, Resource } from '../rest/resource.ts';
import { writeObject } from '../rest/write.ts';
import { Query } from '../rest/query.ts';
import {
  asNumber,
  change,
  CLOSED_STATUS,
  type Domain,
  lastUpdate,
  live,
  nameOf,
  need,
  usesClient,
  whereNames,
  words,
} from './shared.ts';
import { finishTicket, startTicket } from './ticketRules.ts';
import { storeAttachments } from './attachments.ts';
import type { Row } from '../rest/table.ts';

const isOpen = (row: Row): boolean => row['status_id'] !== CLOSED_STATUS;

/** A ticket belongs to the domain of its ticket type. */
function domainOf(row: Row, context: Context): Domain {
  const type = context.db.table('tickettypes').get(row['tickettype_id']);
  return (type?.['use'] as Domain | undefined) ?? 'reqs';
}

/** Projects and opportunities are in every list of tickets unless `domain` says which are wanted. */
function byDomain(otherwise: Domain | null): Filter {
  return (query, context) => {
    const wanted = query.text('domain')?.toLowerCase() ?? otherwise;
    return wanted === null ? null : (row) => domainOf(row, context) === wanted;
  };
}

const DATE_COLUMNS: Readonly<Record<string, string>> = {
  dateoccured: 'dateoccurred',
  dateoccurred: 'dateoccurred',
  datecleared: 'dateclosed',
  dateclosed: 'dateclosed',
  lastactiondate: 'lastactiondate',
  last_update: 'last_update',
};

const byDate: Filter = (query, context) => {
  const column = DATE_COLUMNS[query.text('datesearch')?.toLowerCase() ?? 'dateoccured'] ?? 'dateoccurred';
  return between('startdate', 'enddate', (row) => row[column])(query, context);
};

const byTeam: Filter = (query, { db }) => {
  const ids = query.list('team');
  if (!ids) return null;
  const names = new Set(ids.map((id) => db.table('teams').get(id)?.['name']));
  return (row) => names.has(row['team']);
};

const byAsset: Filter = (query) => {
  const wanted = query.integer('asset_id');
  if (wanted === undefined) return null;
  return (row) =>
    Array.isArray(row['assets']) && (row['assets'] as Row[]).some((asset) => asset['id'] === wanted);
};

const FILTERS: readonly Filter[] = [
  ...[
    'client_id',
    'site_id',
    'user_id',
    'agent_id',
    'status_id',
    'contract_id',
    'parent_id',
    'supplier_id',
  ].map((name) => is(name)),
  is('requesttype_id', 'tickettype_id'),
  is('toplevel_id'),
  among('client_ids', 'client_id'),
  among('agent', 'agent_id'),
  among('status', 'status_id'),
  among('requesttype', 'tickettype_id'),
  among('priority', 'priority_id'),
  among('sla', 'sla_id'),
  ...['category_1', 'category_2', 'category_3', 'category_4'].map((name) => among(name, name)),
  among('ticketids', 'id'),
  among('ids', 'id'),
  except('excludethese', 'id'),
  isText('team_name', 'team'),
  when('open_only', isOpen),
  when('closed_only', (row) => !isOpen(row)),
  when('mine', (row, { agentId }) => row['agent_id'] === agentId),
  when('withattachments', (row) => asNumber(row['attachment_count']) > 0),
  holds('search_summary', 'summary'),
  holds('search_details', 'details'),
  holds('search_user_name', 'user_name', 'reportedby'),
  holds('search_reportedby', 'reportedby'),
  holds('search_id', 'id'),
  holds('search_inventory_number', 'inventory_number'),
  byDate,
  byTeam,
  byAsset,
  lastUpdate,
  advancedSearch,
];

const THIN = words(`
  id dateoccurred summary details status_id tickettype_id sla_id priority_id client_id client_name site_id site_name
  user_id user_name team agent_id category_1 category_2 category_3 category_4 estimate timetaken parent_id child_count
  attachment_count flagged read onhold excludefromsla respondbydate responsedate fixbydate targetdate dateclosed dateassigned
  lastactiondate last_update organisation_id department_id reportedby impact urgency source inactive hasbeenclosed
  third_party_id third_party_id_string created_by use`);

function ticketList(otherwise: Domain | null): ListRules {
  return {
    items: 'tickets',
    paging: 'paged',
    fields: THIN,
    constants: { datecreated: null },
    onRequest: {
      includeagent: ['agent_name'],
      includestatus: ['status_name'],
      includetickettype: ['tickettype_name'],
      includesupplier: ['supplier_name'],
      includeslatimer: ['slatimeleft'],
      includelastaction: ['lastaction'],
      include_custom_fields: ['customfields'],
    },
    filters: [...FILTERS, byDomain(otherwise)],
    search: ['id', 'summary', 'details', 'user_name', 'client_name'],
    order: { field: 'id', descending: true },
  };
}

const lastAction = (row: Row, context: Context): Row | null =>
  live(context, 'actions', (action) => action['ticket_id'] === row['id']).at(-1) ?? null;

function ticketResource(route: string, domain: Domain | null, area: Resource['area']): Resource {
  const resource: Resource = {
    route,
    area,
    table: 'tickets',
    sees: usesClient('client_id'),
    list: ticketList(domain === 'prjs' ? null : domain),
    computed: {
      ...whereNames,
      agent_name: nameOf('agents', 'agent_id'),
      status_name: nameOf('statuses', 'status_id'),
      tickettype_name: nameOf('tickettypes', 'tickettype_id'),
      supplier_name: nameOf('suppliers', 'supplier_id'),
      sla_name: nameOf('slas', 'sla_id'),
      slatimeleft: (row, { now }) => ((parseHaloDate(String(row['fixbydate'])) ?? now) - now) / 3_600_000,
    },
    details: (row, query, context) => ({
      ...(query.flag('includelastaction') && { lastaction: lastAction(row, context) }),
      ...(query.flag('includedetails') && {
        attachments: live(context, 'attachments', (file) => file['ticket_id'] === row['id']),
        tickettype: context.db.table('tickettypes').get(row['tickettype_id']) ?? null,
      }),
    }),
    write: {
      types: { third_party_id: 'integer', third_party_id_string: 'text', site_name: 'text' },
      needs: [need('summary', exception('Please enter a Summary'))],
      mergedArrays: ['customfields'],
      defaults: (input, context) => startTicket(input, domain, context),
      finish: finishTicket,
      after: (after, before, input, context) => {
        storeAttachments(input['attachments'], { ticket_id: after['id'] }, context);
        if (before === null) countOnParent(after, context);
        fireEvents(after, before, context);
      },
    },
    remove: { soft: true, after: (row, context) => context.fire(EVENTS.ticketDeleted, { ticket: row }) },
    special: {
      'POST object': ({ body, context }) => writeObject(resource, body, new Query([]), context),
    },
  };
  return resource;
}

function countOnParent(child: Row, context: Context): void {
  const parent = context.db.table('tickets').get(child['parent_id']);
  if (parent) change(context, 'tickets', parent, { child_count: asNumber(parent['child_count']) + 1 });
}

/** Fires what a change of a ticket means to the outside. */
export function fireEvents(after: Row, before: Row | null, context: Context, action?: Row): void {
  const records = { ticket: after, ...(action && { action }) };
  if (before === null) return context.fire(EVENTS.ticketLogged, records);
  context.fire(EVENTS.ticketChanged, records);
  if (before['status_id'] === after['status_id']) return;
  context.fire(EVENTS.statusChanged, records);
  if (after['status_id'] === CLOSED_STATUS) context.fire(EVENTS.ticketClosed, records);
}

export const tickets = ticketResource('Tickets', null, 'tickets');
export const opportunities = ticketResource('Opportunities', 'opps', 'sales');
export const projects = ticketResource('Projects', 'prjs', 'projects');
