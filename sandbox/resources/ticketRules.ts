import { asText } from '../rest/text.ts';
import { haloDate, NO_DATE } from '../rest/dates.ts';
import { bareText, exception } from '../rest/refusal.ts';
import {
  asNumber,
  CLOSED_STATUS,
  type Domain,
  NEW_STATUS,
  plainText,
  UNASSIGNED_AGENT,
  UNKNOWN_CLIENT,
} from './shared.ts';
import type { Context } from '../rest/resource.ts';
import { GENERAL_USER, type Row } from '../rest/table.ts';

/** Ticket types that tickets of a domain get when they name none. */
const DEFAULT_TYPES: Readonly<Record<Domain, number>> = { reqs: 1, opps: 5, prjs: 6 };

/** What a new ticket has before its own properties are laid over it. */
export function startTicket(input: Row, domain: Domain | null, context: Context): Row {
  const typeId = asNumber(input['tickettype_id']) || DEFAULT_TYPES[domain ?? 'reqs'];
  const type = context.db.table('tickettypes').get(typeId);
  if (!type) throw exception(`Ticket Type ${typeId} does not exist`);
  if (asNumber(type['approval_process_id']) > 0 && !hasBoard(input)) {
    throw bareText('CODE:APP03/2 Please select the CAB members to approve');
  }
  const now = haloDate(context.now);
  return {
    summary: '',
    details: '',
    status_id: NEW_STATUS,
    tickettype_id: typeId,
    sla_id: type['default_sla'] ?? 1,
    priority_id: type['default_priority'] ?? 3,
    team: type['default_team'] ?? null,
    agent_id: UNASSIGNED_AGENT,
    category_1: '',
    category_2: '',
    category_3: '',
    category_4: '',
    estimate: 0,
    timetaken: 0,
    parent_id: 0,
    child_count: 0,
    attachment_count: 0,
    flagged: false,
    read: false,
    onhold: false,
    excludefromsla: false,
    inactive: false,
    hasbeenclosed: false,
    deleted: false,
    dateoccurred: now,
    datecreated: now,
    dateassigned: now,
    dateclosed: NO_DATE,
    date_fully_closed: NO_DATE,
    responsedate: NO_DATE,
    respondbydate: haloDate(context.now + 4 * 3_600_000),
    fixbydate: haloDate(context.now + 24 * 3_600_000),
    targetdate: NO_DATE,
    startdate: NO_DATE,
    lastactiondate: now,
    organisation_id: 1,
    department_id: 1,
    impact: 3,
    urgency: 3,
    source: 8,
    created_by: context.db.table('agents').get(context.agentId)?.['name'] ?? null,
    third_party_id: 0,
    third_party_id_string: null,
    customfields: [],
    use: 'ticket',
  };
}

const hasBoard = (input: Row): boolean => {
  const board = input['new_approvalprocess_cab'] as { cab_id?: unknown } | null | undefined;
  return asNumber(board?.cab_id) > 0 || input['donotapplytemplateintheapi'] === true;
};

const INSTRUCTIONS = [
  'new_approvalprocess_cab',
  'donotapplytemplateintheapi',
  'userlookup',
  'attachments',
  'dont_do_rules',
];

/** Client, site, contact, texts and dates made to agree. Throws the 400 of a rule that is broken. */
export function finishTicket(row: Row, before: Row | null, input: Row, context: Context): Row {
  if (asText(row['summary']).trim() === '') throw exception('Please enter a Summary');
  const hasSite = asNumber(input['site_id']) > 0 || siteByName(input, context) !== undefined;
  if (asNumber(input['user_id']) > 0 && !hasSite && input['_novalidate'] !== true) {
    throw exception('Please select a Site for this User');
  }
  checkReferences(input, context);
  const kept = Object.fromEntries(Object.entries(row).filter(([field]) => !INSTRUCTIONS.includes(field)));
  const html = input['details_html'];
  return {
    ...kept,
    ...place(row, before, input, context),
    ...(typeof html === 'string' && input['details'] === undefined && { details: plainText(html) }),
    ...assets(input, context),
    ...closing(row, before, context),
    last_update: haloDate(context.now),
  };
}

function checkReferences(input: Row, { db }: Context): void {
  for (const [field, table, what] of [
    ['client_id', 'clients', 'Customer'],
    ['site_id', 'sites', 'Site'],
    ['user_id', 'users', 'User'],
    ['agent_id', 'agents', 'Agent'],
    ['status_id', 'statuses', 'Status'],
    ['tickettype_id', 'tickettypes', 'Ticket Type'],
  ] as const) {
    const id = asNumber(input[field]);
    if (id > 0 && !db.table(table).get(id)) throw exception(`${what} ${id} does not exist`);
  }
  const team = input['team'];
  if (typeof team !== 'string' || team === '') return;
  if (
    !db
      .table('teams')
      .all()
      .some((row) => row['name'] === team)
  )
    throw exception(`Team ${team} does not exist`);
}

/** The site that `site_name` means, as Rewst's forms send it. */
function siteByName(input: Row, { db }: Context): Row | undefined {
  const name = asText(input['site_name']).toLowerCase();
  const clientId = asNumber(input['client_id']);
  if (name === '' || clientId === 0) return undefined;
  const sites = db.table('sites').all();
  return sites.find((site) => site['client_id'] === clientId && asText(site['name']).toLowerCase() === name);
}

/** Which client, site and contact a ticket is for: a contact or site brings its client, a client its main site. */
function place(row: Row, before: Row | null, input: Row, context: Context): Row {
  const named = ['client_id', 'site_id', 'user_id', 'userlookup', 'site_name'].some(
    (field) => input[field] !== undefined,
  );
  if (before !== null && !named) return {};
  const { db } = context;
  const lookup = asNumber((input['userlookup'] as Row | undefined)?.['id']);
  const user = db.table('users').get(asNumber(input['user_id']) || (lookup > 0 ? lookup : 0));
  const siteId =
    asNumber(input['site_id']) || asNumber(siteByName(input, context)?.['id']) || asNumber(user?.['site_id']);
  const site = db.table('sites').get(siteId);
  const clientId =
    asNumber(site?.['client_id']) ||
    asNumber(input['client_id']) ||
    asNumber(before?.['client_id']) ||
    UNKNOWN_CLIENT;
  const client = db.table('clients').get(clientId);
  const mainSite = site?.['id'] ?? client?.['main_site_id'] ?? null;
  const general = db
    .table('users')
    .all()
    .find((contact) => contact['site_id'] === mainSite && contact[GENERAL_USER] === true);
  return {
    client_id: clientId,
    site_id: mainSite,
    user_id: user?.['id'] ?? general?.['id'] ?? row['user_id'] ?? null,
  };
}

function assets(input: Row, { db }: Context): Row {
  const given = input['assets'];
  if (!Array.isArray(given)) return {};
  const known = (given as readonly Row[]).flatMap((entry): readonly Row[] => {
    const asset = db.table('assets').get(entry['id']);
    return asset ? [asset] : [];
  });
  return {
    assets: known.map(({ id, inventory_number, key_field }: Row) => ({ id, inventory_number, key_field })),
    inventory_number: known[0]?.['inventory_number'] ?? null,
  };
}

function closing(row: Row, before: Row | null, { now }: Context): Row {
  const closed = row['status_id'] === CLOSED_STATUS;
  const wasClosed = before?.['status_id'] === CLOSED_STATUS;
  if (closed === wasClosed) return {};
  if (!closed) return { dateclosed: NO_DATE, date_fully_closed: NO_DATE };
  return { dateclosed: haloDate(now), date_fully_closed: haloDate(now), hasbeenclosed: true };
}
