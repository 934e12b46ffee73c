/** The feeds of triggers, and how they are doing. */
import { moment, span } from '../../moments.ts';
import { haloOfConnection } from '../../organizations/halo.ts';
import type { Configuration, HaloGeneration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import { feedState } from '../feeds/state.ts';
import type { FeedState } from '../feeds/state.ts';
import { connectionOf } from '../registry.ts';
import type { FeedKind, Trigger } from '../types.ts';

export interface TriggerFeed {
  readonly connection: string | null;
  readonly kind: FeedKind;
  /** Null before its first poll. */
  readonly state: FeedState | null;
  /** The last restore of its Halo; null if there was none. */
  readonly wentBack: HaloGeneration | null;
  /**
   * In a few words: `ok`, `ok (Halo was restored; noticed 5 min ago)`, `not polled yet`, `3 errors in a row`, `late by
   * 2 min`, `off`, `paused: …`.
   */
  readonly health: string;
}

/** A feed as a document. */
export interface FeedDocument extends Pick<TriggerFeed, 'connection' | 'kind'> {
  /** Its health in a few words. */
  readonly state: string;
  readonly everySeconds: number | null;
  readonly lastPoll: string | null;
  readonly lastSuccess: string | null;
  readonly nextPoll: string | null;
  readonly cursor: number | null;
  readonly lagSeconds: number | null;
  /** In a row. */
  readonly errors: number;
  readonly error: string | null;
  /** The first id of the latest generation, and when the restore was noticed; null if Halo was never restored. */
  readonly wentBack: {
    readonly at: string;
    readonly generation: number;
    readonly firstId: number;
  } | null;
}

const at = (date: Date | null | undefined): string | null => (date ? moment(date) : null);

export function feedDocument(feed: TriggerFeed): FeedDocument {
  const { connection, kind, state, health, wentBack } = feed;
  return {
    connection,
    kind,
    state: health,
    everySeconds: state?.everySeconds ?? null,
    lastPoll: at(state?.lastPoll),
    lastSuccess: at(state?.lastSuccess),
    nextPoll: at(state?.nextPoll),
    cursor: state?.cursor ?? null,
    lagSeconds: state?.lagSeconds ?? null,
    errors: state?.errors ?? 0,
    error: state?.error ?? null,
    wentBack: wentBack && {
      at: moment(wentBack.noticedAt),
      generation: wentBack.generation,
      firstId: wentBack.firstId,
    },
  };
}

/** How late a poll may be before it is worth a word: a busy rate budget delays it too. */
const LATE_MS = 30_000;

/** The feeds that the trigger takes records from, and how each is doing now; none for a type that polls nothing. */
export async function feedsOfTrigger(
  store: Store,
  configuration: Configuration,
  trigger: Trigger,
): Promise<readonly TriggerFeed[]> {
  const connection = connectionOf(configuration, trigger);
  const wentBack = haloOfConnection(configuration, connection)?.wentBack ?? null;
  const isPaused = configuration.connections.some(({ id, enabled }) => id === connection && !enabled);
  return await Promise.all(
    feedsOf(trigger).map(async (kind) => {
      const state = connection === null ? null : await feedState(store, connection, kind);
      const health =
        trigger.enabled && isPaused
          ? `paused: connection ${connection} is disabled`
          : told(healthOf(state, trigger.enabled, new Date()), wentBack, new Date());
      return { connection, kind, state, wentBack, health };
    }),
  );
}

/** How long the health mentions a restore. */
const NEWS_MS = 24 * 3_600_000;

function told(health: string, wentBack: HaloGeneration | null, now: Date): string {
  const agoMs = wentBack === null ? NEWS_MS : now.getTime() - wentBack.noticedAt.getTime();
  return agoMs < NEWS_MS ? `${health} (Halo was restored; noticed ${span(Math.max(0, agoMs))} ago)` : health;
}

function healthOf(state: FeedState | null, enabled: boolean, now: Date): string {
  if (!enabled) return 'off';
  if (state === null || state.lastPoll === null) return 'not polled yet';
  if (state.errors > 0) return state.errors === 1 ? '1 error' : `${state.errors} errors in a row`;
  const lateMs = state.nextPoll === null ? 0 : now.getTime() - state.nextPoll.getTime();
  return lateMs > LATE_MS ? `late by ${span(lateMs)}` : 'ok';
}
