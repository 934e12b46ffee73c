import { haloDate } from '../rest/dates.ts';
import { between, is, when } from '../rest/filters.ts';
import { exception } from '../rest/refusal.ts';
import type { Context, Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { storeAttachments } from './attachments.ts';
import { asNumber, change, nameOf, need, plainText, words } from './shared.ts';
import { fireEvents } from './tickets.ts';
import { finishTicket } from './ticketRules.ts';

/** What an action sets on its ticket, and the property there. */
const MOVES: Readonly<Record<string, string>> = {
  new_status: 'status_id',
  new_agent: 'agent_id',
  new_team: 'team',
  new_priority: 'priority_id',
  new_category1: 'category_1',
  new_category2: 'category_2',
  new_category3: 'category_3',
  new_category4: 'category_4',
  new_tickettype: 'tickettype_id',
};

const key = (ticketId: unknown, id: unknown): string => `${String(ticketId)}/${String(id)}`;

/** Ids of actions count per ticket, so an id alone finds none. */
function nextIdOn(ticketId: number, { db }: Context): number {
  const ids = db
    .table('actions')
    .all()
    .filter((row) => row['ticket_id'] === ticketId);
  return Math.max(0, ...ids.map((row) => asNumber(row['id']))) + 1;
}

function finish(row: Row, before: Row | null, input: Row, context: Context): Row {
  const ticketId = asNumber(row['ticket_id']);
  const ticket = context.db.table('tickets').get(ticketId);
  if (!ticket) throw exception(`Ticket ${ticketId} does not exist`);
  const outcome = context.db.table('outcomes').get(row['outcome_id']);
  const html = input['note_html'];
  const { attachments: _files, ...kept } = row;
  return {
    ...kept,
    id: before === null ? nextIdOn(ticketId, context) : row['id'],
    outcome: row['outcome'] ?? outcome?.['outcome'] ?? null,
    ...(typeof html === 'string' && input['note'] === undefined && { note: plainText(html) }),
    old_status: before === null ? ticket['status_id'] : row['old_status'],
    last_updated: haloDate(context.now),
  };
}

/** Moves the ticket and adds the time, as the action asks. */
function after(action: Row, before: Row | null, input: Row, context: Context): void {
  storeAttachments(
    input['attachments'],
    { ticket_id: action['ticket_id'], action_id: action['id'] },
    context,
  );
  const ticket = context.db.table('tickets').get(action['ticket_id']);
  if (!ticket) return;
  const moves = Object.entries(MOVES).flatMap(([from, to]) =>
    before === null && asPresent(input[from]) ? [[to, input[from]] as const] : [],
  );
  const time = asNumber(action['timetaken']) - asNumber(before?.['timetaken']);
  const changes = { ...Object.fromEntries(moves), timetaken: asNumber(ticket['timetaken']) + time };
  const moved = finishTicket({ ...ticket, ...changes }, ticket, changes, context);
  const stored = change(context, 'tickets', ticket, { ...moved, lastactiondate: haloDate(context.now) });
  fireEvents(stored, ticket, context, action);
}

const asPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && value !== -1;

export const actions: Resource = {
  route: 'Actions',
  area: 'tickets',
  table: 'actions',
  tableOptions: { key: (row) => key(row['ticket_id'], row['id']) },
  list: {
    items: 'actions',
    paging: 'count',
    fields:
      words(`ticket_id id outcome outcome_id who who_type who_agentid datetime last_updated note hiddenfromuser
      timetaken actisbillable emailto emailsubject old_status new_status important attachment_count`),
    onRequest: {
      includehtmlnote: ['note_html'],
      includehtmlemail: ['emailbody_html'],
      includeattachments: ['attachments'],
    },
    filters: [
      is('ticket_id'),
      is('actoutcome', 'outcome_id'),
      when('agentonly', (row) => asNumber(row['who_agentid']) > 0),
      when('excludeprivate', (row) => row['hiddenfromuser'] !== true),
      when('importantonly', (row) => row['important'] === true),
      when('timeentriesonly', (row) => asNumber(row['timetaken']) > 0),
      between('startdate', 'enddate', (row) => row['datetime']),
    ],
    order: { field: 'datetime', descending: true },
    envelope: (query) => ({ ticket_id: query.integer('ticket_id') ?? 0 }),
  },
  computed: {
    who: (row, context) => row['whowith'] ?? nameOf('agents', 'who_agentid')(row, context),
    attachments: (row, { db }) =>
      db
        .table('attachments')
        .all()
        .filter((file) => file['ticket_id'] === row['ticket_id'] && file['action_id'] === row['id']),
  },
  locate: (id, query, { db }) => db.table('actions').get(key(query.integer('ticket_id'), id)),
  write: {
    needs: [
      need('ticket_id', exception('A Ticket must be specified for this Action')),
      need('outcome outcome_id', exception('An Outcome must be entered for this Action')),
    ],
    defaults: (_input, context) => ({
      who_type: 1,
      who_agentid: context.agentId,
      actionby_agent_id: context.agentId,
      datetime: haloDate(context.now),
      actiondatecreated: haloDate(context.now),
      note: '',
      hiddenfromuser: false,
      important: false,
      timetaken: 0,
      actisbillable: false,
      attachment_count: 0,
      customfields: [],
    }),
    finish,
    after,
  },
  remove: {},
};
