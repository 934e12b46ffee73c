/** The events, as people look at them. */
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow, EventStatus } from '../types.ts';

export interface EventQuery {
  readonly trigger?: string | undefined;
  readonly status?: EventStatus | undefined;
  /** It and everything below it: events for those, and events for nobody of triggers that they own. */
  readonly organization?: string | undefined;
  readonly limit: number;
  /** Only events with smaller ids: the next page. */
  readonly before?: number | undefined;
}

/** Events, newest first. */
export async function listEvents(store: Pick<Store, 'db'>, query: EventQuery): Promise<EventRow[]> {
  const { trigger, status, organization, limit, before } = query;
  const below = sql`(with recursive below as (
      select slug from organizations where slug = ${organization ?? ''}
      union select o.slug from organizations o join below on o.parent = below.slug
    ) select slug from below)`;
  return await store.db
    .select()
    .from(events)
    .where(
      and(
        trigger === undefined ? undefined : eq(events.trigger, trigger),
        status && eq(events.status, status),
        before === undefined ? undefined : lt(events.id, before),
        organization === undefined
          ? undefined
          : sql`(${events.organization} in ${below} or (${events.organization} is null and
              ${events.trigger} in (select t.id from triggers t where t.organization in ${below})))`,
      ),
    )
    .orderBy(desc(events.id))
    .limit(limit);
}
