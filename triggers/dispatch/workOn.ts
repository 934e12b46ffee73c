/** Working on claimed rows, beside other dispatches of the process or alone. */
import type { Store } from '../../store/store.ts';
import { idPrefix } from '../start.ts';
import type { EventRow } from '../types.ts';
import { keepLease } from './claim.ts';
import type { Lease } from './claim.ts';
import { current } from './dispatching.ts';
import type { Dispatching } from './dispatching.ts';
import { createGuard } from './guard.ts';
import { createMarks } from './marks.ts';
import type { Marks } from './marks.ts';
import { createReadLines, createRecords, READ_ALONE_TIMEOUT_MS } from './records.ts';
import type { ReadLines } from './records.ts';
import type { Slots } from './slots.ts';
import { createStartLine, createStarts, decidedRuns } from './starts.ts';
import { work } from './work.ts';
import type { Working } from './working.ts';

/** What dispatches that go on at the same time have in common. */
export interface Shared {
  readonly lease: Lease;
  readonly marks: Marks;
  readonly readLines: ReadLines;
  readonly startLine: Slots;
  end(): void;
}

/** `beat` is called every few seconds until it is ended. */
export function createShared(store: Store, beat: () => void): Shared {
  const lease = keepLease(store, beat);
  return {
    lease,
    marks: createMarks(store),
    readLines: createReadLines(),
    startLine: createStartLine(),
    end: () => lease.end(),
  };
}

/** Works on claimed rows; returns the ids of all that it touched. `onDone` is told of each that is done. */
export async function workOn(
  parts: Dispatching,
  rows: readonly EventRow[],
  options: {
    readonly shared: Shared;
    readonly signal: AbortSignal | undefined;
    readonly onDone: (id: number) => void;
  },
): Promise<number[]> {
  const { store, starter } = parts;
  const { shared, signal, onDone } = options;
  const { lease, marks } = shared;
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
      records: createRecords({
        halo: parts.halo,
        lines: shared.readLines,
        signal,
        timeoutMs: isTriedAlone(rows) ? READ_ALONE_TIMEOUT_MS : undefined,
      }),
      starts: createStarts(starter, configuration, shared.startLine),
      marks,
      decided: await decidedRuns(store, rows),
      take(more) {
        lease.add(more);
        for (const { id } of more) touched.add(id);
      },
      done(id) {
        lease.drop(id);
        onDone(id);
      },
    };
    const results = await Promise.allSettled(rows.map((row) => work(working, row)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    return [...touched];
  } finally {
    for (const id of touched) lease.drop(id);
  }
}

/** Whether it is a row whose last try came to no end; this try is counted already. */
const isTriedAlone = ([row]: readonly EventRow[]): boolean => (row?.silentTries ?? 0) > 1;
