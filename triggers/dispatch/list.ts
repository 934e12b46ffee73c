/** The events, as people look at them. */
import { and, desc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import { subtree } from '../../store/subtree.ts';
import type { Reach } from '../../store/subtree.ts';
import { aboutTicket } from '../events.ts';
import type { EventRow, EventStatus } from '../types.ts';

/** An event without what the workflow got as `event`, which may be large. */
export type ListedEvent = Omit<EventRow, 'payload'>;

export interface EventQuery {
  /** Which organizations' events may be seen; default: all. */
  readonly reach?: Reach | undefined;
  readonly trigger?: string | undefined;
  readonly status?: EventStatus | undefined;
  /** It and everything below it: events for those, and events for nobody of triggers that they own. */
  readonly organization?: string | undefined;
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

/** Whether an event is of organizations that `reach` has: for one of them, or for nobody of a trigger that they own. */
export function eventWithin(reach: Reach): SQL {
  return sql`(${reach(events.organization)} or (${events.organization} is null
    and ${events.trigger} in (select t.id from triggers t where ${reach(sql`t.organization`)})))`;
}

const { payload: _payload, ...listed } = getTableColumns(events);

/** Events, newest first. */
export async function listEvents(store: Pick<Store, 'db'>, query: EventQuery): Promise<ListedEvent[]> {
  const { reach, trigger, status, organization, since, until, ticket, limit, before } = query;
  return await store.db
    .select(listed)
    .from(events)
    .where(
      and(
        reach && eventWithin(reach),
        organization === undefined
          ? undefined
          : eventWithin((column) => sql`${column} in (${subtree(organization)})`),
        trigger === undefined ? undefined : eq(events.trigger, trigger),
        status && eq(events.status, status),
        since === undefined ? undefined : gte(events.createdAt, since),
        until === undefined ? undefined : lt(events.createdAt, until),
        ticket === undefined ? undefined : aboutTicket(ticket),
        before === undefined ? undefined : lt(events.id, before),
      ),
    )
    .orderBy(desc(events.id))
    .limit(limit);
}
