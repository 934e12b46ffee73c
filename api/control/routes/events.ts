/** Events: what triggers looked at, and what they made of it. */
import { events } from '../../../store/schema/events.ts';
import { listEvents } from '../../../triggers/dispatch/list.ts';
import { eventDocument } from '../../../triggers/show/events.ts';
import type { EventStatus } from '../../../triggers/types.ts';
import { asNumber, onePage, positionOf } from '../cursor.ts';
import { maskFor } from '../mask.ts';
import { checkNames } from '../names.ts';
import { spanOf } from '../span.ts';
import { reachOf } from '../reach.ts';
import {
  anything,
  answer,
  listOf,
  moment,
  next,
  oneOf,
  orNull,
  paging,
  slug,
  text,
  whole,
} from '../schema.ts';
import { route } from '../types.ts';

interface Filters {
  readonly organization?: string;
  readonly trigger?: string;
  readonly workflow?: string;
  readonly status?: EventStatus;
  readonly ticket?: number;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export const eventRoutes = [
  route<object, Filters>({
    id: 'events.list',
    method: 'GET',
    path: '/events',
    role: 'viewer',
    summary: 'What triggers looked at, and what they made of it, newest first',
    query: {
      properties: {
        organization: slug('only for this organization and those below it'),
        trigger: text('only of this trigger'),
        workflow: text('only of triggers and runs of this workflow'),
        status: oneOf(events.status.enumValues, 'only with this status'),
        ticket: whole('only about the ticket with this id', { maximum: 2 ** 31 - 1 }),
        since: moment('only made then or later'),
        until: moment('only made before then'),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({
      events: listOf(
        answer({
          id: whole('grows with time'),
          trigger: text('whose it is'),
          key: text('what makes it once: tickets/4711, manual/…, cron/…'),
          source: text('poll, halo, webhook, cron, run, manual, rewind, backfill'),
          status: oneOf(events.status.enumValues, 'what became of it'),
          reason: orNull(text('why it was filtered or failed')),
          connection: orNull(text('where it is from')),
          record: orNull(whole("Halo's id of what it is about")),
          organization: orNull(slug('for whom, once that is decided')),
          outcome: anything('what became of every predicate of the criteria'),
          run: orNull(text('the run that it started')),
          workflowId: orNull(text("Temporal's id of that run")),
          attempts: whole('how often it was tried'),
          createdAt: moment('when it came in'),
          decidedAt: orNull(moment('when it was decided')),
          dueAt: orNull(moment('when it is tried (again)')),
          repeats: orNull(whole('the event that it repeats')),
          firedBy: orNull(text('the run that caused it')),
        }),
      ),
      next,
    }),
    handle: async ({ store }, { principal, query: { cursor, since, until, limit, ...filters } }) => {
      await checkNames(store, principal, filters);
      const found = await listEvents(store, {
        ...filters,
        reach: reachOf(principal),
        ...spanOf({ since, until }),
        before: positionOf(cursor, asNumber),
        limit: limit + 1,
      });
      const { page, next } = onePage(found, limit, ({ id }) => id);
      const mask = await maskFor(store, principal);
      return { events: page.map((event) => mask.event(eventDocument(event))), next };
    },
  }),
];
