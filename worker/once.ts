/** Business keys: the same key on the same connection never creates twice, across runs. */
import { forget, readOnce } from '../calls/ledger.ts';
import { SettleWait } from '../calls/settleWait.ts';
import { HaloOutcomeUnknownError, SchemaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Plan } from './plan.ts';
import { settle } from './settle.ts';
import type { Settlement } from './settle.ts';

/** Another call has taken the business key between the look and the mark. */
export class TakenKey extends Error {}

/** How long a key's first call has to find out by itself what became of its write. */
const FIRST_CALL_MS = 30_000;
const ASK_AGAIN_MS = 2_000;

/**
 * The result of the call that has used the business key first, or null when the key is free (or this call's own).
 *
 * @throws SettleWait while that call is under way; SchemaError when it created something else; HaloOutcomeUnknownError
 * when nobody knows what became of it.
 */
export async function heldBy(held: {
  readonly store: Store;
  readonly plan: Plan;
  readonly settlement: Settlement;
}): Promise<{ readonly result: unknown } | null> {
  const { store, plan, settlement } = held;
  const { once, connection, call, index, digest } = plan.write;
  if (once === null) return null;
  const first = await readOnce(store, connection, once);
  if (first === null || (first.call === call && first.index === index)) return null;
  if (first.digest !== digest) {
    throw new SchemaError(
      `${plan.action.id}: the key once: "${once}" was used on connection ${connection} by ${first.action} for another record (call ${first.call}); a key stands for one record: use another one, or send the same`,
    );
  }
  if (first.state === 'confirmed') return { result: first.result };
  if (first.state === 'sent' && first.deadInMs + settlement.settleMs + FIRST_CALL_MS > 0) {
    throw new SettleWait(ASK_AGAIN_MS, `Waiting for the call that has used the key once: "${once}" first`);
  }
  try {
    const settled = await settle(settlement, first);
    if (settled.is === 'done') return { result: settled.result };
  } catch (error) {
    if (!(error instanceof HaloOutcomeUnknownError)) throw error;
    throw new HaloOutcomeUnknownError(`the key once: "${once}" was used before: ${error.message}`, {
      cause: error,
      ...(error.details ? { details: error.details } : {}),
    });
  }
  if (await forget(store, first)) return null;
  throw new SettleWait(ASK_AGAIN_MS, `Waiting for the call that has used the key once: "${once}" first`);
}
