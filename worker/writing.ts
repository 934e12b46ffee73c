/**
 * Writes happen once: each element of a call through the ledger, sent where that is safe, settled where a reply was
 * lost.
 */
import { heartbeat } from '@temporalio/activity';
import { markSent } from '../calls/ledger.ts';
import type { KnownWrite } from '../calls/ledger.ts';
import { proveStamp, refuteStamp } from '../calls/proofs.ts';
import { BudgetWait } from '../calls/budget.ts';
import { placeName } from '../calls/place.ts';
import { SettleWait } from '../calls/settleWait.ts';
import type { EndedWrite } from '../calls/endings.ts';
import {
  HaloConnectionError,
  HaloflowError,
  HaloNotFoundError,
  HaloOutcomeUnknownError,
  SchemaError,
} from '../errors.ts';
import { eachElement } from '../halo/elements.ts';
import { isObject } from '../halo/json.ts';
import { project } from '../halo/projection.ts';
import { haloOf } from '../organizations/halo.ts';
import type { Decision } from '../organizations/types.ts';
import type { Lane } from '../sdk/options.ts';
import { isShown } from './compare.ts';
import { hostBudget } from './hostBudget.ts';
import { identityOf, ticketOf } from './identity.ts';
import { madeOf } from './made.ts';
import { TakenKey, heldBy } from './once.ts';
import type { Ask, Performance, Performing } from './perform.ts';
import { pause } from './pause.ts';
import { planWrite } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Secrets } from './secrets.ts';
import { settlementOf } from './settlement.ts';
import { settle } from './settle.ts';
import type { Settlement } from './settle.ts';

/** A write on its way. */
export interface Writing extends Performance {
  readonly parts: Performing;
  readonly decision: Decision;
  readonly lane: Lane;
  readonly ask: Ask;
  /** Gets an access token for the connection if it has none. */
  readonly ready: () => Promise<void>;
  readonly secrets: Secrets;
}

/**
 * Carries out a write: one request for each element that no earlier attempt has carried out.
 *
 * @throws the classes of errors.ts, BudgetWait and SettleWait, or the reason of the try's signal.
 */
export async function write(writing: Writing): Promise<unknown> {
  const { input } = writing;
  if (!Array.isArray(input)) return await one(writing, input, { index: 0, total: 1, isOneOfMany: false });
  return await eachElement({
    elements: input,
    repeatable: true,
    onProgress: (done) => heartbeat(done),
    send: (element, index) => one(writing, element, { index, total: input.length, isOneOfMany: true }),
  });
}

interface Position {
  readonly index: number;
  readonly total: number;
  readonly isOneOfMany: boolean;
}

async function one(writing: Writing, element: unknown, position: Position): Promise<unknown> {
  const { parts, action, request, attempt, decision, begun, secrets } = writing;
  const { reveal } = secrets;
  const halo = haloOf(writing.configuration, decision.connection).latest;
  const { tree } = hostBudget(writing.configuration, decision.connection);
  const plan = planWrite({
    action,
    element,
    request,
    decision,
    halo,
    tree,
    call: attempt.key,
    reveal,
    ...position,
  });
  if (plan.write.once !== null && plan.write.effect !== 'create') {
    throw new SchemaError(
      `${action.id}: option once is for records that are created, and this one has an id`,
    );
  }
  const kept = (record: unknown): unknown =>
    secrets.blank(plan.write.once === null ? project(record, request.fields) : record);
  const settlement = settlementOf(writing, plan, kept);
  const shown = (result: unknown): unknown => project(result, request.fields);
  for (;;) {
    const held = await heldBy({ store: parts.store, plan, settlement });
    if (held.is === 'held') return shown(held.result);
    const because = held.because === null ? decision.because : `${decision.because}; ${held.because}`;
    attempt.decision = { ...decision, because };
    const lost = begun.writes.find(({ index }) => index === position.index) ?? null;
    const settled = lost ? await settle(settlement, lost).catch(givingUp(writing, lost)) : null;
    if (settled?.is === 'done') return shown(settled.result);
    if (attempt.isSpent) throw await spent(writing, plan, lost);
    try {
      return shown(
        await send(
          { ...writing, decision: attempt.decision },
          {
            plan: { ...plan, write: { ...plan.write, once: held.key } },
            settlement,
            lost,
            isLast: position.index === position.total - 1,
          },
        ),
      );
    } catch (error) {
      if (!(error instanceof TakenKey)) throw error;
    }
  }
}

/** Nobody will look any more, so that the row holds up nothing. */
function givingUp({ attempt }: Writing, lost: KnownWrite): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof HaloOutcomeUnknownError && !error.retryable) {
      await attempt.ended({ ...rowOf(lost), end: 'unknown' });
    }
    throw error;
  };
}

const rowOf = ({ call, index, attempt }: KnownWrite): Pick<EndedWrite, 'call' | 'index' | 'attempt'> => ({
  call,
  index,
  attempt,
});

/** No try is left; a lost write certainly has not happened. */
async function spent(
  { attempt }: Writing,
  plan: Plan,
  lost: KnownWrite | null,
): Promise<HaloConnectionError> {
  const { action, connection } = plan.write;
  if (lost === null) return attempt.noResult();
  await attempt.ended({ ...rowOf(lost), end: 'undone' });
  return new HaloConnectionError(
    `${action} (connection ${connection}): its reply was lost, and Halo has no such record, so it was not carried out`,
  );
}

interface Sending {
  readonly plan: Plan;
  readonly settlement: Settlement;
  /** The lost write that this one stands for. */
  readonly lost: KnownWrite | null;
  /** The end of the call is recorded with it. */
  readonly isLast: boolean;
}

async function send(writing: Writing, sending: Sending): Promise<unknown> {
  const { parts, attempt } = writing;
  const { plan, lost, isLast } = sending;
  const row = { call: plan.write.call, index: plan.write.index, attempt: attempt.number };
  // A connection that gets no token takes nobody's turn.
  if (plan.write.takesTurns) await writing.ready();
  const leave = plan.write.takesTurns
    ? await parts.writes.turns.take(placeName(plan.write), attempt.signal)
    : undefined;
  let marked = false;
  try {
    const record = await writing.ask({
      action: plan.action,
      input: plan.element,
      options: plan.options,
      isUnderWay: plan.write.index > 0,
      onRequest: async () => {
        await markInTurn(writing, plan, lost);
        marked = true;
      },
    });
    const result = sending.settlement.kept(record);
    const confirmed: EndedWrite = {
      ...row,
      end: 'confirmed',
      haloId: identityOf(plan, record),
      ticket: ticketOf(plan, record),
      made: madeOf(plan, record),
      result,
    };
    await attempt.ended(confirmed, { flush: !isLast });
    await proven(writing, sending, record);
    return result;
  } catch (error) {
    if (!marked) throw error;
    if (plan.write.effect === 'delete' && lost !== null && error instanceof HaloNotFoundError) {
      const { id = null } = isObject(plan.element) ? plan.element : {};
      await attempt.ended(
        { ...row, end: 'confirmed', haloId: identityOf(plan, {}), result: { id } },
        { flush: !isLast },
      );
      return { id };
    }
    throw await failed(writing, { sending, row, error });
  } finally {
    leave?.();
  }
}

const TURN_MS = 150;

/** Another process may have the host's turn: waits for it as long as the request's place in the budget allows. */
async function markInTurn(writing: Writing, plan: Plan, lost: KnownWrite | null): Promise<void> {
  const { parts, attempt, decision } = writing;
  const until = Date.now() + parts.requestTimeoutMs / 2;
  for (;;) {
    const marked = await markSent(parts.store, {
      write: plan.write,
      attempt: attempt.number,
      attempts: attempt.reached,
      because: decision.because,
      instead: lost?.attempt ?? null,
      timeoutMs: parts.requestTimeoutMs,
    });
    attempt.sending();
    if (marked === 'sent') return;
    if (marked === 'taken') throw new TakenKey();
    if (Date.now() > until) throw new BudgetWait(1_000, 'Waiting for its turn to create on the host');
    await pause(TURN_MS * (0.5 + Math.random()), attempt.signal);
  }
}

/** What the failure of a write that may have gone out means for the ledger, and for the call. */
async function failed(
  { attempt }: Writing,
  failure: {
    readonly sending: Sending;
    readonly row: Pick<EndedWrite, 'call' | 'index' | 'attempt'>;
    readonly error: unknown;
  },
): Promise<unknown> {
  const { sending, row, error } = failure;
  const { plan, settlement } = sending;
  const isRefusal =
    error instanceof BudgetWait ||
    (error instanceof HaloflowError && !(error instanceof HaloOutcomeUnknownError));
  if (isRefusal) {
    await attempt.ended({ ...row, end: 'undone' });
    return error;
  }
  // Whether a repeated change has happened is not to be found out, so the last try leaves it open.
  const goesOn =
    !attempt.isOver &&
    attempt.leftMs > settlement.settleMs &&
    plan.settling !== 'never' &&
    !(plan.settling === 'repeat' && attempt.isLast);
  const isCutOff =
    attempt.isInterrupted ||
    (error instanceof HaloOutcomeUnknownError && error.details?.['code'] === 'TIMEOUT');
  const turn = isCutOff && plan.write.takesTurns ? { turnMs: settlement.settleMs } : {};
  await attempt.ended({ ...row, end: goesOn ? 'lost' : 'unknown', ...turn });
  if (attempt.isInterrupted && goesOn) return error;
  const reason = error instanceof HaloOutcomeUnknownError ? error : attempt.outcomeUnknown(error);
  if (!goesOn) return reason;
  return new SettleWait(
    settlement.settleMs,
    `${reason.message.replace(/; look in Halo.*$/s, '')}; a later try looks in Halo`,
  );
}

/** Whether Halo keeps stamps: by the reply, or by reading the record back, once. */
async function proven(writing: Writing, { plan, settlement }: Sending, record: unknown): Promise<void> {
  const { stamp, tree, host, resource } = plan.write;
  const { action } = plan;
  if (stamp === null || action.stamp === undefined || !isObject(record)) return;
  const { unproven } = writing.parts.writes;
  const { store } = writing.parts;
  const place = { tree, host, resource };
  const name = `${placeName(place)} ${resource}`;
  if (record[action.stamp] === stamp) {
    unproven.delete(name);
    return await proveStamp(store, place);
  }
  const { id } = record;
  if (action.reconcile?.get === undefined || id === undefined || unproven.has(name)) return;
  unproven.add(name);
  // The record is there, whatever becomes of this; when it cannot be read, the next one tells.
  const read = await settlement.read(action.reconcile.get, { id }).catch(() => null);
  if (!isObject(read)) return void unproven.delete(name);
  if (read[action.stamp] === stamp) return await proveStamp(store, place);
  if (!isShown(read[action.stamp]) || read[action.stamp] === '') await refuteStamp(store, place);
}
