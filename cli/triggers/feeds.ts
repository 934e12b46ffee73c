/** The feeds of triggers, as their rows say how they are doing. */
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { Configuration } from '../../organizations/types.ts';
import { feedsOf } from '../../triggers/catalogue/feedsOf.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { FeedKind, Trigger } from '../../triggers/types.ts';
import { span } from '../when.ts';

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
