/** Live updates as server-sent events: what changes of the runs and events that somebody may see. */
import { liveTokens } from '../../access/tokens.ts';
import type { Principal } from '../../access/principal.ts';
import type { Store } from '../../store/store.ts';
import { changesSince, horizon, markAt } from '../../triggers/show/changes.ts';
import type { Mark } from '../../triggers/show/changes.ts';
import { asCount, asUuid, cursorOf } from './cursor.ts';
import { maskFor } from './mask.ts';
import type { Mask } from './mask.ts';
import { reachOf } from './reach.ts';
import { watch } from './watching.ts';

export interface Following {
  readonly store: Store;
  readonly principal: Principal;
  /** Where an earlier stream ended; null: from now on. */
  readonly since: Mark | null;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Called once the token has ended, also while the reader takes nothing. */
  readonly onRevoked?: () => void;
  /** How often the store is looked at, for all who follow; default a second. */
  readonly everyMs?: number;
  /** How often an idle stream says that it is there; default 15 seconds. */
  readonly heartbeatMs?: number;
}

/** Rows of each table that one look reads at most; the next look comes when the reader has taken these. */
const PAGE = 100;
/** How soon a browser connects again. */
const RETRY_MS = 2_000;

/**
 * The text of the stream, a piece for each reading that found something. It reads again only when the piece before has been
 * taken, so a slow reader costs no memory, and only when the look of all who follow saw something that may be its own. It
 * ends with the signal and with the token, and tells nothing after that.
 */
export async function* follow(following: Following): AsyncGenerator<string> {
  const { store, principal, since, signal, onRevoked, everyMs = 1_000, heartbeatMs = 15_000 } = following;
  const reach = reachOf(principal);
  const watched = watch(store, { principal, everyMs, ...(onRevoked ? { onRevoked } : {}) });
  try {
    const begun = await horizon(store);
    let mark = since ?? markAt(begun);
    let isBehind = since !== null;
    let beatAt = performance.now();
    yield `retry: ${RETRY_MS}\nid: ${cursorOf(mark)}\nevent: ready\ndata: {}\n\n`;
    while (!signal.aborted) {
      const seen = watched.take();
      if (!seen.isLive) return;
      // The look that was there at the beginning may be older than the beginning.
      const until = Math.max(begun, seen.until);
      if (!isBehind) mark = markAt(Math.max(begun, seen.clear));
      isBehind ||= seen.isTouched;
      if (isBehind) {
        const read = await changesSince(store, { mark, until, reach, limit: PAGE });
        mark = read.mark;
        isBehind = !read.complete;
        if (read.changes.length > 0) {
          if (!(await liveTokens(store, [principal.actor])).has(principal.actor)) return;
          const mask = await maskFor(store, principal);
          yield read.changes.map((change) => message(mask.change(change))).join('');
        }
        if (isBehind) continue;
      }
      if (performance.now() - beatAt >= heartbeatMs) {
        beatAt = performance.now();
        yield `: still here\nid: ${cursorOf(mark)}\n\n`;
      }
      await watched.news(Math.max(1, beatAt + heartbeatMs - performance.now()), signal);
    }
  } finally {
    watched.close();
  }
}

const message = ({ type, document, mark }: ReturnType<Mask['change']>): string =>
  `id: ${cursorOf(mark)}\nevent: ${type}\ndata: ${JSON.stringify(document)}\n\n`;

/** The mark in a cursor; null for what is none. */
export function asMark(value: unknown): Mark | null {
  const { run, event } = (value ?? {}) as { readonly run?: unknown; readonly event?: unknown };
  if (!Array.isArray(run) || !Array.isArray(event)) return null;
  const [ofRun, runId] = [asCount(run[0]), asUuid(run[1])];
  const [ofEvent, eventId] = [asCount(event[0]), asCount(event[1])];
  if (ofRun === null || runId === null || ofEvent === null || eventId === null) return null;
  return { run: [ofRun, runId], event: [ofEvent, eventId] };
}
