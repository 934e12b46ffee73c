/** The events, as people look at them. */
import { and, desc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import { aboutTicket } from '../events.ts';
import { fewOf, inScope } from '../scope.ts';
import type { Scope } from '../scope.ts';
import type { EventRow, EventStatus } from '../types.ts';

/** An event without what the workflow got as `event`, which may be large. */
export type ListedEvent = Omit<EventRow, 'payload'>;

/** Events for the organizations of the scope, and events for nobody of triggers that they own. */
export interface EventQuery extends Scope {
  readonly trigger?: string | undefined;
  /** Of a run of this workflow; without a run, of a trigger that runs it now. */
  readonly workflow?: string | undefined;
  readonly status?: EventStatus | undefined;
  /** Created at or after it. */
  readonly since?: Date | undefined;
  /** Created before it. */
  readonly until?: Date | undefined;
  /** About the ticket with this id. */
  readonly ticket?: number | undefined;
  readonly limit: number;
  /** Only events with smaller ids: the next page. */
  readonly before?: number | undefined;
}

/**
 * Whether an event is of the scope: for one of its organizations, or for nobody of a trigger that they own. Whom it is for
 * is decided with it: until then, what its sender says of that is of no account, and it is the owner's.
 */
export function eventInScope(table: typeof events, scope: Scope): SQL {
  return sql`((${inScope(table.organization, scope)} and not ${isUndecided(table)}) or (${isForNobody(table)}
    and ${table.trigger} in (select t.id from triggers t where ${inScope(sql`t.organization`, scope)})))`;
}

const isUndecided = ({ status, decidedAt, trigger }: typeof events): SQL =>
  sql`(${status} = 'pending' and ${decidedAt} is null and exists (select 1 from triggers t where t.id = ${trigger}))`;

const isForNobody = (table: typeof events): SQL =>
  sql`(${table.organization} is null or ${isUndecided(table)})`;

const { payload: _payload, ...listed } = getTableColumns(events);

/** Events, newest first. */
export async function listEvents(store: Pick<Store, 'db'>, query: EventQuery): Promise<ListedEvent[]> {
  const few = await fewOf(store, query);
  return await store.db
    .select(listed)
    .from(events)
    .where(few ? amongNewest(few, query) : and(...filtered(events, query)))
    .orderBy(desc(events.id))
    .limit(query.limit);
}

/** The newest of all are among the newest of each organization, and those for nobody of each trigger that they own. */
function amongNewest(organizations: SQL, query: EventQuery): SQL {
  // The same table under another name.
  const own = alias(events, 'own') as unknown as typeof events;
  const newest = (own_: SQL): SQL => sql`select ${own.id} as id from ${events} own
    where ${and(own_, ...filtered(own, query))} order by ${own.id} desc limit ${query.limit}`;
  return sql`${events.id} = any(array(
    select n.id from (${organizations}) few(slug) cross join lateral (
      ${newest(sql`${own.organization} = few.slug`)}) n
    union all
    select n.id from triggers t cross join lateral (
      ${newest(sql`${own.trigger} = t.id and ${isForNobody(own)}`)}) n
    where t.organization in (${organizations})))`;
}

function filtered(table: typeof events, query: EventQuery): (SQL | undefined)[] {
  const { trigger, workflow, status, since, until, ticket, before } = query;
  return [
    eventInScope(table, query),
    trigger === undefined ? undefined : eq(table.trigger, trigger),
    workflow === undefined ? undefined : sql`${workflowOf(table)} = ${workflow}`,
    status && eq(table.status, status),
    since === undefined ? undefined : gte(table.createdAt, since),
    until === undefined ? undefined : lt(table.createdAt, until),
    ticket === undefined ? undefined : aboutTicket(ticket, table),
    before === undefined ? undefined : lt(table.id, before),
  ];
}

const workflowOf = (table: typeof events): SQL =>
  sql`coalesce((select r.workflow from runs r where r.id = ${table.run}),
    (select t.workflow from triggers t where t.id = ${table.trigger}))`;
