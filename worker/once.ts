/** Business keys: the same key on the same connection never creates twice in one Halo, across runs. */
import { forget } from '../calls/ledger.ts';
import { keyOnAnother, onceHolders } from '../calls/onceKeys.ts';
import type { OnceHolder } from '../calls/onceKeys.ts';
import { SettleWait } from '../calls/settleWait.ts';
import { HaloOutcomeUnknownError, SchemaError } from '../errors.ts';
import { haloIdOf } from '../organizations/halo.ts';
import type { Store } from '../store/store.ts';
import type { Plan } from './plan.ts';
import { settle } from './settle.ts';
import type { Settlement } from './settle.ts';
import { readAgain } from './readAgain.ts';

/** Another call has taken the business key between the look and the mark. */
export class TakenKey extends Error {}

/** How long a key's first call has to find out by itself what became of its write. */
const FIRST_CALL_MS = 30_000;
const ASK_AGAIN_MS = 2_000;

/** `held`: this is its record. `free`: to be created, under this key of the ledger, and why although it was used before. */
export type Held =
  | { readonly is: 'held'; readonly result: unknown }
  | { readonly is: 'free'; readonly key: string | null; readonly because: string | null };

interface Holding {
  readonly store: Store;
  readonly plan: Plan;
  readonly settlement: Settlement;
}

/**
 * Whether the call that has used the business key first has made its record in the Halo that is asked now. What was made
 * in another Halo, or before this one went back, counts only when this one has it.
 *
 * @throws SettleWait while that call is under way; SchemaError when it created something else; HaloOutcomeUnknownError
 * when nobody knows what became of it.
 */
export async function heldBy(holding: Holding): Promise<Held> {
  const { store, plan } = holding;
  const { once, connection, host, call, index } = plan.write;
  if (once === null) return { is: 'free', key: null, because: null };
  const holders = await onceHolders(store, connection, once);
  const isOwn = (one: OnceHolder): boolean => one.call === call && one.index === index;
  const others = holders.filter((one) => !isOwn(one));
  const now = others.find((one) => one.host === host);
  if (now) {
    const result = await resultOf(holding, now);
    if (result) return { is: 'held', ...result };
  }
  const before = others.filter((one) => one.host !== host);
  for (const holder of before) {
    const result = await resultElsewhere(holding, holder);
    if (result) return { is: 'held', ...result };
  }
  const isTaken = before.some((one) => one.once === once);
  const key = isTaken ? await keyOnAnother(store, { connection, once, halo: host }) : once;
  return { is: 'free', key, because: reasonFor(plan, before) };
}

/** What the call that holds the key in this Halo returned; null when it certainly has made nothing. */
async function resultOf(holding: Holding, first: OnceHolder): Promise<{ readonly result: unknown } | null> {
  const { store, plan, settlement } = holding;
  const { once } = plan.write;
  demandSame(plan, first);
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

/** The same of a call before Halo went back, or on another Halo. */
async function resultElsewhere(
  holding: Holding,
  holder: OnceHolder,
): Promise<{ readonly result: unknown } | null> {
  const { plan, settlement } = holding;
  if (holder.state === 'confirmed') {
    const again = await readAgain(settlement, holder);
    if (!again?.isProven) return null;
    demandSame(plan, holder);
    return { result: holder.hasResult ? holder.result : again.record };
  }
  // What was lost on another Halo is to be looked for there.
  return haloIdOf(holder.host) === haloIdOf(plan.write.host) ? await resultOf(holding, holder) : null;
}

function demandSame({ action, write }: Plan, first: OnceHolder): void {
  if (first.digest === write.digest) return;
  throw new SchemaError(
    `${action.id}: the key once: "${write.once}" was used on connection ${write.connection} by ${first.action} for another record (call ${first.call}); a key stands for one record: use another one, or send the same`,
  );
}

/** Why a record is made under a key that has made one before; null where it has not. */
function reasonFor({ resource, write }: Plan, before: readonly OnceHolder[]): string | null {
  const [last] = before.filter(({ state }) => state === 'confirmed');
  if (!last) return null;
  const what = `${resource.id.split('.')[0]} ${last.haloId ?? ''}`.trim();
  const where =
    haloIdOf(last.host) === haloIdOf(write.host)
      ? 'was made before Halo went back, and is not there any more'
      : `is of ${haloIdOf(last.host)}, and not in this Halo`;
  return `once "${write.once}" again: ${what} ${where}`;
}
