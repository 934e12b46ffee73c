/** Live updates as server-sent events: what changes of the runs and events that somebody may see. */
import { isLive } from '../../access/tokens.ts';
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
  let tree = await treeOf(store, principal);
  let mark = since ?? markAt(await horizon(store));
  let beatAt = performance.now();
  const watched = watch(store, () => tree, everyMs);
  try {
    yield `retry: ${RETRY_MS}\nid: ${cursorOf(mark)}\nevent: ready\ndata: {}\n\n`;
    while (!signal.aborted) {
      if (watched.error !== null) throw watched.error;
      const { until } = watched;
      if (watched.isTouched && until > 0) {
        // What is seen from now on is for the next look.
        watched.isTouched = false;
        tree = await treeOf(store, principal);
        const read = await changesSince(store, { mark, until, reach, limit: PAGE });
        mark = later(mark, read.mark);
        if (!read.complete) watched.isTouched = true;
        if (read.changes.length > 0) {
          if (!(await isLive(store, principal))) return;
          const mask = await maskFor(store, principal);
          yield read.changes.map((change) => message(mask.change(change))).join('');
        }
        if (!read.complete) continue;
      } else if (until > 0) {
        mark = later(mark, markAt(until));
      }
      if (performance.now() - beatAt >= heartbeatMs) {
        if (!(await isLive(store, principal))) return;
        beatAt = performance.now();
        yield `: still here\nid: ${cursorOf(mark)}\n\n`;
      }
      // Until the first look there is nothing to read, whoever is touched.
      if (!watched.isTouched || watched.until === 0) await watched.next(heartbeatMs, signal);
    }
  } finally {
    watched.close();
  }
}

/** The root above what the principal may see; null for everything. */
async function treeOf({ pool }: Pick<Store, 'pool'>, { organization }: Principal): Promise<string | null> {
  if (organization === null) return null;
  const { rows } = await pool.query<{ tree: string }>('select budget_tree($1) as tree', [organization]);
  return rows[0]?.tree ?? organization;
}

/** The one that is further on, of each table. */
function later(one: Mark, other: Mark): Mark {
  return {
    run: one.run[0] < other.run[0] ? other.run : one.run,
    event: one.event[0] < other.event[0] ? other.event : one.event,
  };
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
