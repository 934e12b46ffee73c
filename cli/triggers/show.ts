import { count, eq } from 'drizzle-orm';
import { readConfiguration } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { RunFor, Trigger } from '../../triggers/types.ts';
import { facts, pretty } from '../facts.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { moment, relative, span } from '../when.ts';
import { feedHealth, feedsOfTrigger, readFeeds } from './feeds.ts';
import type { TriggerFeed } from './feeds.ts';
import { findTrigger } from './find.ts';

const STATUSES = ['accepted', 'filtered', 'failed', 'pending'] as const;

async function eventCounts(store: Store, trigger: string): Promise<Record<(typeof STATUSES)[number], number>> {
  const rows = await store.db
    .select({ status: events.status, count: count() })
    .from(events)
    .where(eq(events.trigger, trigger))
    .groupBy(events.status);
  const counts = { accepted: 0, filtered: 0, failed: 0, pending: 0 };
  for (const row of rows) counts[row.status] = row.count;
  return counts;
}

function feedDocument(feed: TriggerFeed, trigger: Trigger, now: Date) {
  const { row } = feed;
  return {
    connection: feed.connection,
    kind: feed.kind,
    state: feedHealth(feed, trigger, now),
    everySeconds: row?.everySeconds ?? null,
    lastPoll: row?.polledAt ? moment(row.polledAt) : null,
    lastSuccess: row?.succeededAt ? moment(row.succeededAt) : null,
    nextPoll: row?.nextPollAt ? moment(row.nextPollAt) : null,
    cursor: row?.mark ?? null,
    newestAt: row?.newestAt ? moment(row.newestAt) : null,
    lagSeconds: row?.newestAt ? Math.round((now.getTime() - row.newestAt.getTime()) / 1_000) : null,
    errors: row?.errors ?? 0,
    error: row?.error ?? null,
  };
}
