/** Which runs do not give control back: a loop without an end, told from honest work on a machine that is busy elsewhere. */

/** The SDK ends a task after so long by the clock, and Temporal gives it out again. */
const TRY_MS = 5_000;
/** Tries in a row, each with so much of the processor's time that the task had the machine to itself and came to no end. */
const FULL = { tries: 2, cpuMs: 4_000 };
/** Processor time of all tries in a row that shows the same where other programs leave none of them so much. */
const SUM_CPU_MS = 20_000;

/** What a try took, from when it was asked for; both in milliseconds, the processor's time that of the whole process. */
interface Took {
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface Blocking {
  /**
   * Takes note of a try that the SDK ended. Returns how many in a row it was when the run is to be ended for it: two in a
   * row with 4 of their 5 s on the processor, or any number with 20 s of it in all. Otherwise null.
   */
  note(runId: string, took: Took): number | null;
  /** A task of the run has given control back, or the run has been ended. */
  clear(runId: string): void;
}

interface Tries {
  readonly all: number;
  /** Those at the end that were full. */
  readonly full: number;
  readonly cpuMs: number;
}

export function createBlocking(): Blocking {
  const runs = new Map<string, Tries>();
  return {
    note(runId, { cpuMs, wallMs }) {
      // All runs share a thread: a try may have waited for others first. So what counts is the processor's share.
      const ownMs = Math.min(TRY_MS, (TRY_MS * cpuMs) / wallMs);
      const before = runs.get(runId) ?? { all: 0, full: 0, cpuMs: 0 };
      const tries = {
        all: before.all + 1,
        full: ownMs >= FULL.cpuMs ? before.full + 1 : 0,
        cpuMs: before.cpuMs + ownMs,
      };
      runs.set(runId, tries);
      return tries.full >= FULL.tries || tries.cpuMs >= SUM_CPU_MS ? tries.all : null;
    },
    clear: (runId) => void runs.delete(runId),
  };
}
