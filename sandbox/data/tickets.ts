import { attachments } from '../resources/attachments.ts';
import { finishTicket, startTicket } from '../resources/ticketRules.ts';
import { CLOSED_STATUS, type Domain } from '../resources/shared.ts';
import { haloDate } from '../rest/dates.ts';
import { CHANGED, type Row } from '../rest/table.ts';
import { asText } from '../rest/text.ts';
import type { Builder } from './seed.ts';
import { NOTES, OUTAGES, REQUESTS } from './words.ts';

const HOUR = 3_600_000;
const FIRST_TICKET = 1001;
/** Counted from the newest ticket: there are always some open outages. */
const RECENT_OUTAGES = [4, 11, 23];
const OPEN_STATUSES = [1, 1, 2, 2, 2, 3, 4, 5, 21];
const PROJECTS = ['Office move', 'Mail migration', 'New firewalls', 'Laptop refresh'];
const OPPORTUNITIES = ['Backup as a service', 'Phone system', 'Security awareness', 'Second internet line'];

/** Tickets with their actions and files, oldest first, then projects and opportunities. */
export function seedTickets(build: Builder): void {
  const { profile, random, scale } = build;
  const count = Math.round(profile.tickets * scale);
  let hoursAgo = count * 3;
  for (let index = 0; index < count; index += 1) {
    hoursAgo = Math.max(0.2, hoursAgo - random.next() * 6);
    const outage = random.chance(0.05) || RECENT_OUTAGES.includes(count - index);
    const { summary, details, category } = random.pick(outage ? OUTAGES : REQUESTS);
    const old = hoursAgo > 200 || (!outage && random.chance(0.3));
    const row = ticket(build, FIRST_TICKET + index, hoursAgo, 'reqs', {
      summary,
      details,
      category_1: category,
      tickettype_id: random.pick([1, 1, 2, 7]),
      priority_id: outage ? random.pick([2, 3]) : random.pick([2, 3, 3, 4]),
      status_id: old ? CLOSED_STATUS : random.pick(OPEN_STATUSES),
    });
    seedActions(build, row, hoursAgo);
    if (random.chance(0.08)) seedFile(build, row, hoursAgo);
  }
  const extra = (titles: readonly string[], domain: Domain, first: number): void => {
    for (const [index, summary] of titles.entries()) {
      const typeId = domain === 'opps' ? 5 : 6;
      const input = { summary, details: `${summary}, as discussed.`, tickettype_id: typeId, status_id: 2 };
      ticket(build, first + index, 24 * (index + 1), domain, input);
    }
  };
  extra(PROJECTS, 'prjs', FIRST_TICKET + count);
  extra(OPPORTUNITIES, 'opps', FIRST_TICKET + count + PROJECTS.length);
}

function ticket(build: Builder, id: number, hoursAgo: number, domain: Domain, fields: Row): Row {
  const { db, profile, random, store, at } = build;
  const when = at(hoursAgo * HOUR);
  const closedAt = Math.min(build.now, when + random.between(1, 60) * HOUR);
  const client = random.pick(profile.clients.filter(({ inactive }) => inactive !== true));
  const contacts = db
    .table('users')
    .all()
    .filter((user) => user['client_id'] === client.id && user['inactive'] !== true);
  const contact = random.pick(contacts);
  const input: Row = {
    ...fields,
    client_id: client.id,
    site_id: contact['site_id'],
    user_id: contact['id'],
    agent_id: random.chance(0.2) ? 1 : random.between(3, 2 + profile.agents),
    reportedby: contact['emailaddress'],
    impact: random.between(1, 3),
    urgency: random.between(1, 3),
  };
  const row = { ...startTicket(input, domain, build.contextAt(when)), ...input, id };
  const changed = fields['status_id'] === CLOSED_STATUS ? closedAt : when;
  return store('tickets', changed, finishTicket(row, null, input, build.contextAt(changed)));
}

function seedActions({ random, store, at, db, profile }: Builder, row: Row, hoursAgo: number): void {
  const first = action(row, 1, at(hoursAgo * HOUR), {
    outcome: 'First User Email',
    outcome_id: 0,
    note: row['details'],
    who_type: 0,
    who_agentid: 0,
    whowith: db.table('users').get(row['user_id'])?.['name'],
  });
  store('actions', at(hoursAgo * HOUR), first);
  const count = random.between(0, 3);
  let hours = 0;
  let latest = at(hoursAgo * HOUR);
  for (let index = 0; index < count; index += 1) {
    const when = at(Math.max(0.1, hoursAgo - index - 1) * HOUR);
    const timetaken = random.pick([0, 0, 0.25, 0.5]);
    hours += timetaken;
    latest = when;
    store('actions', when, {
      ...action(row, index + 2, when, {
        outcome: index % 2 === 0 ? 'Internal Note' : 'Email User',
        outcome_id: index % 2 === 0 ? 7 : 1,
        note: random.pick(NOTES),
        hiddenfromuser: index % 2 === 0,
        who_agentid: random.between(3, 2 + profile.agents),
        timetaken,
      }),
    });
  }
  const touched = Math.max(row[CHANGED] ?? 0, latest);
  store('tickets', touched, {
    ...row,
    timetaken: hours,
    lastactiondate: haloDate(latest),
    last_update: haloDate(touched),
  });
}

const action = (row: Row, id: number, when: number, fields: Row): Row => ({
  ticket_id: row['id'],
  id,
  who_type: 1,
  datetime: haloDate(when),
  actiondatecreated: haloDate(when),
  last_updated: haloDate(when),
  hiddenfromuser: false,
  important: false,
  timetaken: 0,
  actisbillable: false,
  attachment_count: 0,
  customfields: [],
  ...fields,
});

function seedFile({ db, store, put, at }: Builder, row: Row, hoursAgo: number): void {
  const bytes = Buffer.from(`Log of ${asText(row['summary'])}\nNothing unusual before the error.\n`);
  put(attachments, at(hoursAgo * HOUR), {
    filename: `ticket-${asText(row['id'])}.log`,
    ticket_id: row['id'],
    data_base64: bytes.toString('base64'),
  });
  const current = db.table('tickets').get(row['id']) ?? row;
  store('tickets', current[CHANGED] ?? at(hoursAgo * HOUR), { ...current, attachment_count: 1 });
}
