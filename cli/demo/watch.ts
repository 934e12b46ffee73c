/** Sees events and runs as they come: each becomes a line, and counts. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { asc, gt } from 'drizzle-orm';
import { callsOfRun } from '../../calls/record.ts';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import { events } from '../../store/schema/events.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow, EventStatus } from '../../triggers/types.ts';
import { reasonBehind } from '../run.ts';
import { shortId } from '../runs/shortId.ts';
import { span } from '../when.ts';
import { privateNotes } from './halo.ts';
import type { DemoLine } from './lines.ts';

const LOOK_EVERY_MS = 250;
/** Ids are given out before they are committed: a smaller one may come later. */
const OVERLAP = 100;

export interface Counts {
  readonly events: Readonly<Record<Exclude<EventStatus, 'pending'>, number>>;
  readonly runs: { readonly completed: number; readonly failed: number };
  readonly notes: number;
}

export interface Watching {
  counts(): Counts;
  /** Whether every one of these tickets has been decided on, and every run that came of that has ended. */
  isDone(tickets: ReadonlySet<number>): boolean;
  /** Ends it, once what it is looking at has been shown. */
  stop(): Promise<void>;
  /** Rejects when it cannot go on; never resolves before it is stopped. */
  readonly done: Promise<void>;
}

export function watch(parts: {
  readonly store: Store;
  readonly client: Client;
  readonly halo: SandboxTenant;
  readonly print: (line: DemoLine) => void;
}): Watching {
  const { store, client, halo, print } = parts;
  const decided = new Map<number, EventRow>();
  const counts = {
    events: { accepted: 0, filtered: 0, failed: 0 },
    runs: { completed: 0, failed: 0 },
    notes: 0,
  };
  const underWay = new Set<Promise<void>>();
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));

  const follow = async (event: EventRow, workflowId: string): Promise<void> => {
    const failure: unknown = await client.workflow
      .getHandle(workflowId)
      .result()
      .then(
        () => null,
        (error: unknown) => reasonBehind(error) ?? error,
      );
    const [first] = await retrying(() => callsOfRun(store, event.run));
    const how = first ? ` on ${first.connection} (${first.because})` : '';
    const took = first ? ` in ${span(Date.now() - first.startedAt.getTime())}` : '';
    const about = { ticket: event.record, who: event.organization ?? '-' };
    counts.runs[failure === null ? 'completed' : 'failed'] += 1;
    const end = failure === null ? `completed${took}` : `failed: ${(failure as Error).message}`;
    print({ ...about, what: 'run', rest: `${shortId(event.run)} ${end}${how}` });
    const notes = await privateNotes(halo, event.record ?? 0);
    counts.notes += notes.length;
    for (const note of notes) print({ ...about, what: 'note', rest: note });
  };

  const see = (event: EventRow): void => {
    const { id, status, record, organization, reason, workflowId } = event;
    if (status === 'pending' || decided.has(id)) return;
    decided.set(id, event);
    counts.events[status] += 1;
    const rest = status === 'accepted' ? `run ${shortId(event.run)}` : (reason ?? '');
    print({ ticket: record, who: organization ?? '-', what: status, rest });
    if (status !== 'accepted' || workflowId === null) return;
    const following = follow(event, workflowId);
    underWay.add(following);
    following.then(() => underWay.delete(following), fail);
  };

  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    let floor = 0;
    while (!stopping.signal.aborted) {
      const rows = await retrying(() =>
        store.db.select().from(events).where(gt(events.id, floor)).orderBy(asc(events.id)),
      );
      rows.forEach(see);
      const pending = rows.find(({ status }) => status === 'pending');
      floor = Math.max(floor, (pending?.id ?? rows.at(-1)?.id ?? floor) - OVERLAP);
      await sleep(LOOK_EVERY_MS);
    }
  };
  const looking = look();
  const done = Promise.race([looking, failed]);
  done.catch(() => undefined);
  return {
    counts: () => counts,
    isDone: (tickets) => {
      const seen = new Set([...decided.values()].map(({ record }) => record));
      return underWay.size === 0 && [...tickets].every((ticket) => seen.has(ticket));
    },
    async stop() {
      stopping.abort();
      await looking;
    },
    done,
  };
}
