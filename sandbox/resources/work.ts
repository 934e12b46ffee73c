import { haloDate, parseHaloDate } from '../rest/dates.ts';
import { among, holds, is, isText, when, type Filter } from '../rest/filters.ts';
import { exception } from '../rest/refusal.ts';
import type { Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { nameOf, need, whereNames, words } from './shared.ts';

/** Appointments that overlap the span asked for. */
const bySpan: Filter = (query) => {
  const start = query.date('start_date');
  const end = query.date('end_date', true);
  if (start === undefined && end === undefined) return null;
  const at = (row: Row, field: string): number => parseHaloDate(String(row[field])) ?? 0;
  return (row) =>
    (end === undefined || at(row, 'start_date') <= end) &&
    (start === undefined || at(row, 'end_date') >= start);
};

/** Never paged, and `count` is not honoured: a client that gives no dates gets the whole calendar. */
export const appointments: Resource = {
  route: 'Appointment',
  area: 'calendar',
  table: 'appointments',
  list: {
    items: 'appointments',
    paging: 'none',
    fields:
      words(`id agent_id agent_name start_date end_date allday colour ticket_id subject client_id client_name
      site_id site_name user_id user_name appointment_type_name complete_status is_private is_task online_meeting_url
      attendees type last_modified`),
    filters: [
      is('client_id'),
      is('ticket_id'),
      among('agents', 'agent_id'),
      when('hidecompleted', (row) => Number(row['complete_status']) < 0),
      when('tasksonly', (row) => row['is_task'] === true),
      when('appointmentsonly', (row) => row['is_task'] !== true),
      bySpan,
    ],
    search: ['subject', 'note'],
    order: { field: 'start_date', descending: false },
  },
  computed: { ...whereNames, agent_name: nameOf('agents', 'agent_id') },
  write: {
    types: { subject: 'text', is_private: 'boolean', is_task: 'boolean', complete_status: 'integer' },
    needs: [
      need('subject', exception('Please enter a Subject')),
      need('start_date', exception('Please enter a Start Date')),
      need('end_date', exception('Please enter an End Date')),
    ],
    defaults: (input, context) => ({
      agent_id: (input['agents'] as Row[] | undefined)?.[0]?.['id'] ?? context.agentId,
      allday: false,
      colour: '#2bd3c6',
      ticket_id: 0,
      note: '',
      complete_status: -1,
      is_private: false,
      is_task: false,
      attendees: '',
      type: 0,
      agents: [],
    }),
    finish: (row, _before, _input, context) => {
      if (String(row['start_date']) > String(row['end_date'])) {
        throw exception('The End Date must be after the Start Date');
      }
      return { ...row, last_modified: haloDate(context.now) };
    },
  },
  remove: {},
};

export const articles: Resource = {
  route: 'KBArticle',
  area: 'kb',
  table: 'articles',
  list: {
    items: 'articles',
    paging: 'paged',
    fields:
      words(`id name description view_count useful_count notuseful_count date_created date_edited tag_string
      inactive type next_review_date kb_tags use`),
    filters: [is('type'), among('ids', 'id'), isText('key', 'name')],
    search: ['name', 'description', 'tag_string', 'resolution'],
  },
  write: {
    types: { description: 'text', resolution: 'text', tag_string: 'text', type: 'integer' },
    needs: [need('name', exception('Please enter a Title'))],
    mergedArrays: ['customfields'],
    defaults: (_input, context) => ({
      description: '',
      resolution: '',
      tag_string: '',
      kb_tags: '',
      type: 0,
      view_count: 0,
      useful_count: 0,
      notuseful_count: 0,
      inactive: false,
      faqlists: [],
      customfields: [],
      date_created: haloDate(context.now),
      use: 'kbentry',
    }),
    finish: (row, _before, _input, context) => ({ ...row, date_edited: haloDate(context.now) }),
  },
  remove: {},
};

/** Names of Halo's events and other lists of values, chosen by `lookupid`; 64 are the events of webhooks. */
export const lookups: Resource = {
  route: 'Lookup',
  area: 'lookups',
  table: 'lookups',
  tableOptions: { key: (row) => `${String(row['lookupid'])}/${String(row['id'])}` },
  list: {
    items: null,
    paging: 'none',
    filters: [is('lookupid'), holds('search', 'name')],
  },
  locate: (id, query, { db }) => {
    const lookup = query.integer('lookupid');
    return lookup === undefined
      ? db
          .table('lookups')
          .all()
          .find((row) => row['id'] === Number(id))
      : db.table('lookups').get(`${lookup}/${id}`);
  },
  write: {
    needs: [
      need('lookupid', exception('Please select a Lookup')),
      need('name', exception('Please enter a Name')),
    ],
  },
  remove: {},
};
