/** The dispatch: takes rows of the inbox, decides what each means, starts its run, and marks it. */
import { besideNoSuspect } from '../feeds/silent.ts';
import type { EventRow } from '../types.ts';
import { claim } from './claim.ts';
import { readTriggers } from './dispatching.ts';
import type { Dispatching } from './dispatching.ts';
import { familyOf } from './family.ts';
import { createShared, workOn } from './workOn.ts';

export type { Dispatching } from './dispatching.ts';

export interface DispatchOptions {
  /** Only these rows. Those that another dispatcher is working on are waited for, for some seconds. */
  readonly ids?: readonly number[];
  /** Rows at most; default 100. */
  readonly limit?: number;
  /** Ends it early: rows that are not decided yet are left to others. */
  readonly signal?: AbortSignal;
  /** Called every few seconds, and whenever a row is done. */
  readonly onProgress?: () => void;
}

const DEFAULT_LIMIT = 100;

/**
 * Works through due pending rows, safely beside other dispatchers: each row is decided once and its run started once,
 * whoever dies when. A row that cannot be worked on now stays `pending`, with the reason and a later `due_at`.
 *
 * @returns the rows as they are afterwards, those made from them (one for each organization) too; empty when none is due.
 * @throws what Postgres or the signal throws; errors of a single row are in its `reason`.
 */
export async function dispatchEvents(
  parts: Dispatching,
  options: DispatchOptions = {},
): Promise<readonly EventRow[]> {
  const { ids, limit = DEFAULT_LIMIT, signal, onProgress = () => undefined } = options;
  const worked = await besideNoSuspect(async () => {
    signal?.throwIfAborted();
    const { batchTriggers, sharerOf } = await readTriggers(parts);
    const rows = await claim(parts.store, { limit, ids, batchTriggers, sharerOf });
    if (rows.length === 0) return [];
    const shared = createShared(parts.store, onProgress);
    try {
      return await workOn(parts, rows, { shared, signal, onDone: onProgress });
    } finally {
      shared.end();
    }
  });
  return await familyOf(parts.store, { ids: ids ?? worked, wait: ids !== undefined, signal });
}
