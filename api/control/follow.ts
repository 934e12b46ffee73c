/** Live updates as server-sent events: what changes of the runs and events that somebody may see. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isLive } from '../../access/tokens.ts';
import type { Principal } from '../../access/principal.ts';
import type { Store } from '../../store/store.ts';
import { changesSince, horizon, markAt } from '../../triggers/show/changes.ts';
import type { Mark } from '../../triggers/show/changes.ts';
import { asCount, asUuid, cursorOf } from './cursor.ts';
import { maskFor } from './mask.ts';
import type { Mask } from './mask.ts';
import { reachOf } from './reach.ts';

export interface Following {
  readonly store: Store;
  readonly principal: Principal;
  /** Where an earlier stream ended; null: from now on. */
  readonly since: Mark | null;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** How often the store is looked at; default a second. */
  readonly everyMs?: number;
  /** How often an idle stream says that it is there, and whether its token still counts; default 15 seconds. */
  readonly heartbeatMs?: number;
}

/** Rows of each table that one look reads at most; the next look comes when the reader has taken these. */
const PAGE = 100;
/** How soon a browser connects again. */
const RETRY_MS = 2_000;

/**
 * The text of the stream, a piece for each look that found something. It looks again only when the piece before has been
 * taken, so a slow reader costs no memory. It ends with the signal, and tells nothing once the token has ended.
 */
export async function* follow(following: Following): AsyncGenerator<string> {
  const { store, principal, since, signal, everyMs = 1_000, heartbeatMs = 15_000 } = following;
  const reach = reachOf(principal);
  let mark = since ?? markAt(await horizon(store));
  let seen = 0;
  let beatAt = performance.now();
  yield `retry: ${RETRY_MS}\nid: ${cursorOf(mark)}\nevent: ready\ndata: {}\n\n`;
  while (!signal.aborted) {
    const until = await horizon(store);
    if (until !== seen) {
      const read = await changesSince(store, { mark, until, reach, limit: PAGE });
      mark = read.mark;
      if (read.complete) seen = until;
      if (read.changes.length > 0) {
        if (!(await isLive(store, principal))) return;
        const mask = await maskFor(store, principal);
        yield read.changes.map((change) => message(mask.change(change))).join('');
      }
      if (!read.complete) continue;
    }
    if (performance.now() - beatAt >= heartbeatMs) {
      if (!(await isLive(store, principal))) return;
      beatAt = performance.now();
      yield `: still here\nid: ${cursorOf(mark)}\n\n`;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
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
