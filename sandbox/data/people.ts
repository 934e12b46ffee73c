import { agents } from '../resources/agents.ts';
import { clients, sites, users } from '../resources/people.ts';
import { GENERAL_USER, type Row } from '../rest/table.ts';
import { TEAM_NAMES } from './reference.ts';
import type { Builder } from './seed.ts';
import { CITIES, FIRST_NAMES, JOB_TITLES, SURNAMES } from './words.ts';

/** The agent that API applications act as; left out of lists of agents, as Halo does. */
export const API_AGENT = 2;
export const FIRST_HUMAN_AGENT = 3;
const FIRST_SITE = 11;
const DAY = 86_400_000;

export function seedAgents(build: Builder): void {
  const { profile } = build;
  agent(build, { id: 1, name: 'Unassigned', email: '', is_agent: false });
  agent(build, { id: API_AGENT, name: 'API Agent', email: `api@${profile.domain}`, isapiagent: true });
  for (let index = 0; index <= profile.agents; index += 1) {
    const firstname = FIRST_NAMES[index * 3] ?? '';
    const surname = SURNAMES[(index * 5) % SURNAMES.length] ?? '';
    const team = TEAM_NAMES[index % TEAM_NAMES.length] ?? '';
    agent(build, {
      id: FIRST_HUMAN_AGENT + index,
      name: `${firstname} ${surname}`,
      firstname,
      surname,
      email: `${firstname}.${surname}@${profile.domain}`.toLowerCase(),
      team,
      teams: [{ team_id: (index % TEAM_NAMES.length) + 1, team_name: team }],
      jobtitle: JOB_TITLES[index % JOB_TITLES.length],
      // The last one has left: disabled, and so in no list by default.
      isdisabled: index === profile.agents,
    });
  }
}

function agent({ random, put, at }: Builder, row: Row): void {
  put(agents, at(600 * DAY), {
    firstname: '',
    surname: '',
    team: '',
    departments: [{ department_id: 1, department_name: 'Support' }],
    jobtitle: '',
    sms: '',
    extensionnumber: '',
    colour: '#2bd3c6',
    licence_type: 1,
    linemanager: 0,
    workday_id: 1,
    costprice: 40,
    chargerate: 1,
    role_list: 'Technician',
    roles: [{ name: 'Technician' }],
    guid_string: random.guid(),
    ...row,
  });
}

/** Clients with one to three sites, each with a General User and some contacts. */
export function seedClients(build: Builder): void {
  const { profile, random, put, at, db } = build;
  for (const client of profile.clients) {
    const since = at(random.between(200, 900) * DAY);
    const first = Math.max(FIRST_SITE, Number(db.table('sites').nextId()));
    put(clients, since, {
      ...client,
      inactive: client.inactive ?? false,
      is_vip: random.chance(0.1),
      ref: `C${String(client.id).padStart(4, '0')}`,
      website: `https://${slug(client.name)}.example`,
      main_site_id: first,
      pritech: FIRST_HUMAN_AGENT + (client.id % profile.agents),
      key: client.id,
      table: 1,
    });
    const count = client.id === 1 ? 1 : random.between(1, 3);
    for (let index = 0; index < count; index += 1) {
      const name = index === 0 ? 'Main' : `${random.pick(CITIES)} ${index}`;
      seedSite(build, { id: first + index, client, since, name });
    }
  }
}

interface Site {
  readonly id: number;
  readonly client: { readonly id: number; readonly name: string };
  readonly since: number;
  readonly name: string;
}

function seedSite({ random, put }: Builder, { id, client, since, name }: Site): void {
  const phone = (): string => `555-01${String(random.between(0, 99)).padStart(2, '0')}`;
  put(sites, since, { id, name, client_id: client.id, phonenumber: phone() });
  put(users, since, {
    site_id: id,
    name: 'General User',
    firstname: 'General',
    surname: 'User',
    [GENERAL_USER]: true,
  });
  if (client.id === 1) return;
  const domain = slug(client.name);
  for (let count = random.between(3, 7); count > 0; count -= 1) {
    const [firstname, surname] = [random.pick(FIRST_NAMES), random.pick(SURNAMES)];
    const login = `${firstname}.${surname}`.toLowerCase();
    put(users, since, {
      site_id: id,
      name: `${firstname} ${surname}`,
      firstname,
      surname,
      emailaddress: `${login}@${domain}.example`,
      phonenumber: phone(),
      login,
      networklogin: `${domain.toUpperCase()}\\${login}`,
      azureoid: random.guid(),
      inactive: random.chance(0.05),
      isimportantcontact: random.chance(0.1),
    });
  }
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
