import { EVENT_NAMES } from '../rest/events.ts';
import type { Database, Row } from '../rest/table.ts';
import type { Profile } from './profiles.ts';
import type { Random } from './random.ts';

const SLAS = ['Standard', 'Gold'];
const PRIORITIES = ['Critical', 'High', 'Medium', 'Low'];

/** Ids as on a default database; 9 is Closed, but other tenants number differently. */
const STATUSES = [
  [1, 'New', 'New'],
  [2, 'In Progress', 'In Prog'],
  [3, 'Action Required', 'Action'],
  [4, 'With User', 'User'],
  [5, 'With Supplier', 'Supplier'],
  [8, 'Resolved', 'Resolved'],
  [9, 'Closed', 'Closed'],
  [21, 'On Hold', 'Hold'],
  [22, 'Scheduled', 'Sched'],
] as const;

const TICKET_TYPES = [
  [1, 'Incident', 'reqs'],
  [2, 'Service Request', 'reqs'],
  [3, 'Change Request', 'reqs'],
  [4, 'Problem', 'reqs'],
  [5, 'Opportunity', 'opps'],
  [6, 'Project', 'prjs'],
  [7, 'Alert', 'reqs'],
] as const;

/** The ticket type that cannot be used without naming a board of approvers. */
const CHANGE_REQUEST_TYPE = 3;

const OUTCOMES = [
  [1, 'Email User', false],
  [2, 'Resolved', false],
  [4, 'Phone Call', false],
  [7, 'Internal Note', true],
  [9, 'Time Entry', true],
  [12, 'Closed', false],
] as const;

const CATEGORIES = `Account>New user|Account>Password|Account>Permissions|Account>Leaver|Hardware>Laptop|Hardware>Printer|
Hardware>Monitor|Hardware>Meeting room|Software>Installation|Software>Office|Software>Mail|Network>Wi-Fi|
Network>Outage|Server>Outage|Mail>Outage|Telephony>Outage|Security>Phishing|Backup>Warning|Billing>Question`;

const TEAMS = [
  ['Service Desk', 'forrequests'],
  ['Network Team', 'forrequests'],
  ['Projects Team', 'forprojects'],
  ['Sales', 'foropps'],
] as const;

const ASSET_TYPES = ['Workstation', 'Laptop', 'Server', 'Printer', 'Firewall', 'Mobile Phone'];

export const TEAM_NAMES: readonly string[] = TEAMS.map(([name]) => name);
export const ASSET_TYPE_COUNT = ASSET_TYPES.length;

/** Fills the tables that every tenant has before anybody works with it. */
export function seedReference(db: Database, profile: Profile, random: Random): void {
  const put = (table: string, rows: readonly Row[]): void => {
    for (const row of rows) db.table(table).put({ guid: random.guid(), ...row });
  };
  const department = { id: 1, name: 'Support' };
  put('organisations', [
    {
      id: 1,
      name: profile.company,
      website: `https://${profile.domain}`,
      email: `support@${profile.domain}`,
      phone: '555-0100',
      departments: [department],
      customfields: [],
    },
  ]);
  put('toplevels', [
    { id: 1, name: 'Customers', organisation_id: 1, type: 0 },
    { id: 2, name: 'Prospects', organisation_id: 1, type: 0 },
  ]);
  put(
    'teams',
    TEAMS.map(([name, purpose], index) => team(name, purpose, index + 1)),
  );
  put(
    'statuses',
    STATUSES.map(([id, name, shortname], index) => status(id, name, shortname, index)),
  );
  put(
    'tickettypes',
    TICKET_TYPES.map(([id, name, use], index) => ticketType(id, name, use, index)),
  );
  put(
    'slas',
    SLAS.map((name, index) => ({ id: index + 1, name, workday_id: 1, workday_name: 'Office hours' })),
  );
  seedPriorities(db, random);
  put(
    'categories',
    CATEGORIES.split('|').map((value, index) => category(value.trim(), index + 1)),
  );
  put(
    'outcomes',
    OUTCOMES.map(([id, outcome, hidden]) => outcomeRow(id, outcome, hidden)),
  );
  put(
    'assettypes',
    ASSET_TYPES.map((name, index) => assetType(name, index + 1, profile.serialField)),
  );
  put('fieldinfos', fieldInfos(profile.serialField));
  for (const [id, name] of EVENT_NAMES) db.table('lookups').put({ lookupid: 64, id, name });
}

const team = (name: string, purpose: string, id: number): Row => ({
  id,
  name,
  sequence: id,
  forrequests: purpose === 'forrequests',
  foropps: purpose === 'foropps',
  forprojects: purpose === 'forprojects',
  department_id: 1,
  department_name: 'Support',
  inactive: false,
  agents: [],
  use: 'team',
});

const status = (id: number, name: string, shortname: string, index: number): Row => ({
  id,
  name,
  shortname,
  type: 0,
  sequence: index + 1,
  colour: id === 9 ? '#3bb54a' : '#f0ad4e',
  slaaction: id === 21 ? 'H' : '',
  showonquickchange: true,
});

const ticketType = (id: number, name: string, use: string, index: number): Row => ({
  id,
  name,
  use,
  sequence: index + 1,
  default_sla: 1,
  default_priority: 3,
  default_team: use === 'opps' ? 'Sales' : use === 'prjs' ? 'Projects Team' : 'Service Desk',
  default_agent: 1,
  group_id: 1,
  group_name: 'Default',
  cancreate: true,
  agentscanselect: true,
  enduserscanselect: use === 'reqs',
  anonymouscanselect: false,
  itilrequesttype: id,
  allowattachments: true,
  visible: true,
  approval_process_id: id === CHANGE_REQUEST_TYPE ? 1 : 0,
});

function seedPriorities(db: Database, random: Random): void {
  for (const [slaIndex] of SLAS.entries()) {
    for (const [index, name] of PRIORITIES.entries()) {
      db.table('priorities').put({
        id: random.guid(),
        slaid: slaIndex + 1,
        priorityid: index + 1,
        name,
        fixtime: [4, 8, 24, 72][index],
        fixunits: 'H',
        responsetime: [1, 2, 4, 8][index],
        responseunits: 'H',
        ishidden: false,
        colour: ['#d9534f', '#f0ad4e', '#5bc0de', '#999999'][index],
      });
    }
  }
}

const category = (value: string, id: number): Row => ({
  id,
  value,
  category_name: value.split('>').at(-1) ?? value,
  type_id: 1,
  sla_id: 0,
  priority_id: 0,
  include_note: false,
});

const outcomeRow = (id: number, outcome: string, hidden: boolean): Row => ({
  id,
  outcome,
  buttonname: outcome,
  labellong: outcome,
  sequence: id,
  colour: '#2bd3c6',
  hidden: false,
  hidefromuser: hidden,
  systemid: id,
});

const assetType = (name: string, id: number, serialField: number): Row => ({
  id,
  name,
  assetgroup_id: 1,
  assetgroup_name: 'Hardware',
  icon: 'fa-desktop',
  keyfield_id: serialField,
  keyfield_name: 'Serial Number',
  fields: [
    { id: serialField, name: 'Serial Number' },
    { id: serialField + 1, name: 'Operating System' },
  ],
});

/** Usage 1: tickets, 2: assets. */
const fieldInfos = (serialField: number): readonly Row[] =>
  [
    { id: 21, name: 'CFAffectedUsers', label: 'Affected users', usage: 1, type: 1 },
    { id: 22, name: 'CFExternalReference', label: 'External reference', usage: 1, type: 0 },
    { id: serialField, name: 'Serial Number', label: 'Serial Number', usage: 2, type: 0 },
    { id: serialField + 1, name: 'Operating System', label: 'Operating System', usage: 2, type: 0 },
  ].map((row) => ({ custom: 1, inputtype: 0, values: [], ...row }));
