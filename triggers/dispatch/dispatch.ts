/** The dispatch: takes rows of the inbox, decides what each means, starts its run, and marks it. */
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { sharerIn } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import { besideNoSuspect } from '../feeds/silent.ts';
import type { HaloPort } from '../haloPort.ts';
import type { TriggerReader } from '../registry.ts';
import { idPrefix } from '../start.ts';
import type { Starter } from '../start.ts';
import type { EventRow, Trigger } from '../types.ts';
import { claim, keepLease } from './claim.ts';
import { createGuard } from './guard.ts';
import { createMarks } from './marks.ts';
import { createRecords } from './records.ts';
import { familyOf } from './family.ts';
import { work } from './work.ts';
import type { Working } from './working.ts';
import { createStarts, decidedRuns } from './starts.ts';

export interface Dispatching {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly halo: HaloPort;
  readonly starter: Starter;
  /** The workflows that there are; left out, every name is taken for one. */
  readonly workflows?: ReadonlySet<string>;
}

export interface DispatchOptions {
  /** Only these rows. Those that another dispatcher is working on are waited for, for some seconds. */
  readonly ids?: readonly number[];
  /** Rows at most; default 100. */
  readonly limit?: number;
  /** A row that a process may have died of goes before the others: in turns, neither waits for all of the other kind. */
  readonly suspectFirst?: boolean;
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
  const { ids, limit = DEFAULT_LIMIT, suspectFirst, signal, onProgress = () => undefined } = options;
  const worked = await besideNoSuspect(async () => {
    signal?.throwIfAborted();
    const before = await current(parts);
    const rows = await claim(parts.store, {
      limit,
      ids,
      suspectFirst,
      batchTriggers: batchTriggers(before.triggers),
      // Rows of triggers that were deleted take turns together.
      sharerOf: (id) => sharerIn(before.configuration, before.triggers, id) ?? ['', `/${id}`],
    });
    return rows.length > 0 ? await workOn(parts, rows, { signal, onProgress }) : [];
  });
  return await familyOf(parts.store, { ids: ids ?? worked, wait: ids !== undefined, signal });
}

interface Now {
  readonly configuration: Configuration;
  readonly triggers: readonly Trigger[];
}

async function current({ configuration: reader, triggers }: Dispatching): Promise<Now> {
  const configuration = await reader.current();
  return { configuration, triggers: await triggers.at(configuration.version) };
}

function batchTriggers(triggers: readonly Trigger[]): string[] {
  return triggers.filter(({ parameters }) => parameters['deliver'] === 'batch').map(({ id }) => id);
}

/** Works on claimed rows; returns the ids of all that it touched. */
async function workOn(
  parts: Dispatching,
  rows: readonly EventRow[],
  { signal, onProgress }: { readonly signal: AbortSignal | undefined; readonly onProgress: () => void },
): Promise<number[]> {
  const { store, starter } = parts;
  const lease = keepLease(store, onProgress);
  lease.add(rows);
  const touched = new Set(rows.map(({ id }) => id));
  try {
    // After the claim: a trigger whose rows were claimed is in here unless it was deleted.
    const { configuration, triggers } = await current(parts);
    const working: Working = {
      store,
      configuration,
      prefix: idPrefix(starter),
      signal,
      trigger: (id) => triggers.find((trigger) => trigger.id === id),
      isWorkflow: (name) => parts.workflows?.has(name) ?? true,
      guard: createGuard(store, configuration),
      records: createRecords(parts.halo, signal),
      starts: createStarts(starter, configuration),
      marks: createMarks(store),
      decided: await decidedRuns(store, rows),
      take(more) {
        lease.add(more);
        for (const { id } of more) touched.add(id);
      },
      done(id) {
        lease.drop(id);
        onProgress();
      },
    };
    const results = await Promise.allSettled(rows.map((row) => work(working, row)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    return [...touched];
  } finally {
    lease.end();
  }
}
