/** The feeds of triggers, as their rows say how they are doing. */
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { Configuration } from '../../organizations/types.ts';
import { feedsOf } from '../../triggers/catalogue/feedsOf.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { FeedKind, Trigger } from '../../triggers/types.ts';
import { moment, span } from '../when.ts';

type FeedRow = typeof feeds.$inferSelect;

export interface TriggerFeed {
  readonly connection: string | null;
  readonly kind: FeedKind;
  /** Null before the feed has come into being. */
  readonly row: FeedRow | null;
}

/** How late a poll may be before it is worth a word: a busy rate budget delays it too. */
const LATE_MS = 30_000;

export const readFeeds = (store: Store): Promise<FeedRow[]> => store.db.select().from(feeds);

export function feedsOfTrigger(
  configuration: Configuration,
  trigger: Trigger,
  rows: readonly FeedRow[],
): readonly TriggerFeed[] {
  const connection = connectionOf(configuration, trigger);
  return feedsOf(trigger).map((kind) => ({
    connection,
    kind,
    row: rows.find((row) => row.connection === connection && row.kind === kind) ?? null,
  }));
}

/** In a few words: `ok`, `not polled yet`, `3 errors in a row`, `late by 2 min`, `off`. */
export function feedHealth({ row }: TriggerFeed, trigger: Trigger, now: Date): string {
  if (!trigger.enabled) return 'off';
  if (row === null || row.polledAt === null) return 'not polled yet';
  if (row.errors > 0) return row.errors === 1 ? '1 error' : `${row.errors} errors in a row`;
  const lateMs = row.nextPollAt === null ? 0 : now.getTime() - row.nextPollAt.getTime();
  return lateMs > LATE_MS ? `late by ${span(lateMs)}` : 'ok';
}

/** A feed as documents show it; moments in ISO 8601, UTC. */
export interface FeedDocument {
  readonly connection: string | null;
  readonly kind: FeedKind;
  readonly state: string;
  readonly everySeconds: number | null;
  readonly lastPoll: string | null;
  /** The last poll without an error. */
  readonly lastSuccess: string | null;
  readonly nextPoll: string | null;
  /** The largest id read. */
  readonly cursor: number | null;
  /** When the newest record read was created. */
  readonly newestAt: string | null;
  /** Now minus that. */
  readonly lagSeconds: number | null;
  /** In a row. */
  readonly errors: number;
  readonly error: string | null;
}

export function feedDocument(feed: TriggerFeed, trigger: Trigger, now: Date): FeedDocument {
  const { connection, kind, row } = feed;
  const at = (date: Date | null | undefined): string | null => (date ? moment(date) : null);
  return {
    connection,
    kind,
    state: feedHealth(feed, trigger, now),
    everySeconds: row?.everySeconds ?? null,
    lastPoll: at(row?.polledAt),
    lastSuccess: at(row?.succeededAt),
    nextPoll: at(row?.nextPollAt),
    cursor: row?.mark ?? null,
    newestAt: at(row?.newestAt),
    lagSeconds: row?.newestAt ? Math.round((now.getTime() - row.newestAt.getTime()) / 1_000) : null,
    errors: row?.errors ?? 0,
    error: row?.error ?? null,
  };
}
