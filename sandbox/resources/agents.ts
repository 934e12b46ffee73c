import { asText } from '../rest/text.ts';
import { empty, json } from '../http/reply.ts';
import { haloDate } from '../rest/dates.ts';
import { among, is, isText, type Filter } from '../rest/filters.ts';
import { fullRecord } from '../rest/read.ts';
import { bareText } from '../rest/refusal.ts';
import type { Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { live, need, unusedByTickets, words } from './shared.ts';

/** Agents that are in one of the teams. */
const inTeam =
  (parameter: string): Filter =>
  (query) => {
    const id = query.integer(parameter);
    if (id === undefined || id <= 0) return null;
    return (row) =>
      Array.isArray(row['teams']) && (row['teams'] as Row[]).some((team) => team['team_id'] === id);
  };

/** Halo leaves the agent Unassigned and agents of API applications out unless they are asked for. */
const unlessAsked =
  (parameter: string, isOne: (row: Row) => boolean): Filter =>
  (query) =>
    query.flag(parameter) || query.flag('showall') ? null : (row) => !isOne(row);

export const agents: Resource = {
  route: 'Agent',
  area: 'agents',
  table: 'agents',
  list: {
    items: null,
    resultsWhenPaged: true,
    paging: 'paged',
    fields:
      words(`id name onlinestatus is_online lastonline team isdisabled email initials firstname surname colour
      jobtitle sms extensionnumber is_agent teams departments role_list linemanager licence_type isapiagent
      use workday_id costprice chargerate guid_string`),
    onRequest: { includeroles: ['roles'], showcounts: ['ticket_count'] },
    hidden: { field: 'isdisabled', include: 'includedisabled', active: 'includeenabled' },
    filters: [
      unlessAsked('includeunassigned', (row) => row['id'] === 1),
      unlessAsked('includeapiagents', (row) => row['isapiagent'] === true),
      inTeam('team_id'),
      isText('team'),
      among('ids', 'id'),
      is('department_id'),
    ],
    search: ['name', 'email', 'jobtitle'],
  },
  computed: {
    ticket_count: (row, context) =>
      live(context, 'tickets', (ticket) => ticket['agent_id'] === row['id'] && ticket['status_id'] !== 9)
        .length,
  },
  write: {
    types: { chargerate: 'integer', linemanager: 'integer', is_agent: 'boolean', isapiagent: 'boolean' },
    needs: [
      need('name', bareText('Please enter a name')),
      need('email', bareText('Please enter an email address')),
    ],
    unique: { field: 'name' },
    mergedArrays: ['customfields'],
    defaults: (input, context) => ({
      isdisabled: false,
      is_agent: true,
      isapiagent: false,
      is_online: false,
      onlinestatus: 0,
      initials: asText(input['name'])
        .replace(/[^A-Z]/g, '')
        .slice(0, 2),
      teams: [],
      departments: [],
      roles: [],
      role_list: '',
      customfields: [],
      use: 'agent',
      datecreated: haloDate(context.now),
    }),
  },
  remove: { check: unusedByTickets('agent_id', 'Agent') },
  special: {
    'GET me': ({ context }) => {
      const row = context.db.table('agents').get(context.agentId);
      if (!row) return empty(404);
      const { hiddenTeams, agent } = context.settings;
      const teams = live(context, 'teams', ({ name }) => !hiddenTeams.includes(String(name)));
      return json(200, {
        ...fullRecord(agents, row, context),
        teams: teams.map(({ id, name }) => ({ team_id: id, team_name: name })),
        claims: [],
        ...agent,
      });
    },
  },
};
