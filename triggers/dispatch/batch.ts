/** Batch delivery: the rows of one poll and one organization share a run. */
import { BudgetWait } from '../../calls/budget.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes } from '../../sdk/size.ts';
import { evaluateCriteria } from '../criteria/evaluate.ts';
import type { EventRow, Trigger } from '../types.ts';
import { claimBatch } from './claim.ts';
import { decide, workflowIdFor } from './decide.ts';
import type { Occurrence } from './decide.ts';
import { markFor } from './failure.ts';
import { formBatch } from './form.ts';
import { lookAt } from './look.ts';
import { withReason } from './marks.ts';
import type { Mark } from './marks.ts';
import { runFor } from './runs.ts';
import { property } from './subject.ts';
import type { Working } from './working.ts';

interface Looked {
  readonly row: EventRow;
  readonly seen: Occurrence;
}

interface Member {
  readonly row: EventRow;
  readonly organization: string;
  /** Why it runs for that one, where that is not the organization of its client. */
  readonly reason: string | null;
  /** Its own event, as it would be delivered alone. */
  readonly event: unknown;
  readonly ticket: unknown;
}

/** Room for what goes with the tickets: the names of properties, and the commas between them. */
const ENVELOPE_BYTES = 1_000;

/** Works on all rows of the batch that `first` leads. All marks are made here. */
export async function workBatch(working: Working, trigger: Trigger, first: EventRow): Promise<null> {
  const others = await claimBatch(working.store, first);
  working.take(others);
  const looks = await Promise.all([first, ...others].map((row) => look(working, trigger, row)));
  const looked = looks.filter((one): one is Looked => 'seen' in one);
  const unread = looks.filter((one): one is { mark: Mark; isWait: boolean } => 'mark' in one);
  const waiting = unread.filter(({ isWait }) => isWait);
  await Promise.all(unread.map(({ mark }) => working.marks.mark(mark)));
  if (waiting.length > 0) {
    // The batch is complete once all its rows are read; what has been read need not be read again.
    const { reason, delayMs = 0 } = waiting[0]!.mark;
    const mark = { status: 'pending', reason, delayMs, unspent: true } as const;
    await Promise.all(
      looked.map(({ row, seen }) => working.marks.mark({ row, ...mark, payload: seen.event })),
    );
    return null;
  }
  const members = await decideMembers(working, trigger, looked);
  const room = MAXIMUM_PAYLOAD_BYTES - ENVELOPE_BYTES - payloadBytes(trigger.variables);
  const groups = new Set(members.map(groupOf));
  const chunks = [...groups].flatMap((group) =>
    split(
      members.filter((member) => groupOf(member) === group),
      room,
    ),
  );
  await Promise.all(chunks.map((chunk) => deliver(working, trigger, chunk)));
  for (const { id } of others) working.done(id);
  return null;
}

/** Tickets of unmapped clients are not mixed with those of the organization that stands for them. */
const groupOf = ({ organization, reason }: Member): string =>
  `${organization} ${reason === null ? 'mapped' : 'catch-all'}`;

/** A look that failed is the mark of its row; `isWait` when only time is missing. */
async function look(
  working: Working,
  trigger: Trigger,
  row: EventRow,
): Promise<Looked | { readonly mark: Mark; readonly isWait: boolean }> {
  try {
    working.signal?.throwIfAborted();
    const seen = await lookAt(working, trigger, row);
    return 'status' in seen ? { mark: seen, isWait: true } : { row, seen };
  } catch (error) {
    if (working.signal?.aborted) {
      const mark = { row, status: 'pending', reason: row.reason, delayMs: 0, unspent: true } as const;
      return { mark, isWait: true };
    }
    return { mark: markFor(row, error), isWait: error instanceof BudgetWait };
  }
}

/** Those that run, each for its organization, in the order of their records; the others are marked. */
async function decideMembers(
  { configuration, marks }: Working,
  trigger: Trigger,
  looked: readonly Looked[],
): Promise<Member[]> {
  const members: Member[] = [];
  const refused: Mark[] = [];
  for (const { row, seen } of looked) {
    // Criteria look at the batch, which is what the workflow gets.
    const verdict = decide(configuration, { ...trigger, criteria: null }, seen);
    const { status, reason, about, organization, event } = verdict;
    if (status === 'accepted' && organization !== null) {
      members.push({ row, organization, reason, event, ticket: property(event, 'ticket') });
    } else {
      refused.push({ row, status, reason, organization: about, payload: event });
    }
  }
  await Promise.all(refused.map((mark) => marks.mark(mark)));
  return members.toSorted((a, b) => (a.row.record ?? 0) - (b.row.record ?? 0));
}

/** Parts of at most so many bytes; a ticket that is larger is a part of its own. */
function split(members: readonly Member[], maximum: number): Member[][] {
  const parts: Member[][] = [];
  let room = 0;
  for (const member of members) {
    const bytes = Buffer.byteLength(JSON.stringify(member.ticket) ?? '') + 1;
    if (bytes > room) {
      parts.push([]);
      room = maximum;
    }
    room -= bytes;
    parts.at(-1)!.push(member);
  }
  return parts;
}

async function deliver(working: Working, trigger: Trigger, members: readonly Member[]): Promise<void> {
  const { configuration, marks, starts, store } = working;
  const { row: first, organization } = members[0]!;
  const reasons = new Set(members.map((member) => member.reason));
  const reason = reasons.size > 1 ? 'catch-all: unmapped clients' : members[0]!.reason;
  const markAll = async (of: (row: EventRow) => Mark): Promise<void> => {
    await Promise.all(members.map(({ row }) => marks.mark(of(row))));
  };
  try {
    const event = {
      record_count: members.length,
      tickets: members.map(({ ticket }) => ticket),
      organization: trigger.runAs === 'owner' || reason !== null ? null : organization,
    };
    const outcome = evaluateCriteria(trigger.criteria, event);
    if (!outcome.passes) {
      const why = `criteria: ${outcome.reason}`;
      return await markAll((row) => ({ row, status: 'filtered', reason: why, organization, outcome }));
    }
    const id = Math.min(...members.map(({ row }) => row.id));
    const name = workflowIdFor(organization, trigger.id, `batch/${first.poll ?? 0}-${id}`);
    const workflowId = working.prefix + name;
    const run = runFor(configuration, { trigger, row: first, organization, workflowId, event });
    if (!(await formBatch(store, { members, run, outcome: withReason(outcome, reason) }))) return;
    await Promise.all(members.map(async ({ row }) => marks.mark(await starts.start(row, run))));
  } catch (error) {
    await markAll((row) => markFor(row, error));
  }
}
