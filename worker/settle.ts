/** Finds out what became of a write whose reply was lost: waits until its request is certainly over, then looks in Halo. */
import { claimedIds, adopt, readWrite, rivals } from '../calls/ledger.ts';
import type { KnownWrite } from '../calls/ledger.ts';
import { isStampProven, proveStamp } from '../calls/proofs.ts';
import { SettleWait } from '../calls/settleWait.ts';
import { HaloflowError, HaloOutcomeUnknownError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import type { Store } from '../store/store.ts';
import { haloTime, sameValue } from './compare.ts';
import { identityOf, ticketOf } from './identity.ts';
import type { Evidence } from './judge.ts';
import { look } from './look.ts';
import type { Read } from './look.ts';
import { pause } from './pause.ts';
import type { Plan } from './plan.ts';

/** `done`: it has happened, and this is its record. `absent`: it certainly has not, and may be sent (again). */
export type Settled = { readonly is: 'done'; readonly result: unknown } | { readonly is: 'absent' };

export interface Settlement {
  readonly store: Store;
  readonly plan: Plan;
  /** Reads with the write's own credentials. */
  readonly read: Read;
  /** The agent behind the credentials, or null when it cannot be known. */
  readonly agent: () => Promise<Evidence['agent']>;
  /** How long after the end of a request Halo may still be at it. */
  readonly settleMs: number;
  readonly signal: AbortSignal;
  /** What is kept of a record that was found. */
  readonly kept: (record: unknown) => unknown;
}

/** Longer waits give the slot back. */
const SHORT_WAIT_MS = 5_000;
/** Between the two looks that have to agree that there is nothing. */
const BETWEEN_LOOKS_MS = 5_000;
/** Clocks differ by less than this. */
const CLOCKS_MS = 5 * 60_000;
/** While Halo cannot be asked: for this long after the write could have been looked for first. */
const LOOK_FOR_MS = 15 * 60_000;
/** While Halo refuses to be asked, as with a 401 to a token that was just withdrawn, which is not always for good. */
const ASK_FOR_MS = 2 * 60_000;
/** Ids of candidates in a message; the details have all. */
const NAMED = 10;

/**
 * What became of a lost write.
 *
 * @throws SettleWait when it is too early to tell; HaloOutcomeUnknownError when nobody can tell, and then it is given up.
 */
export async function settle(settlement: Settlement, lost: KnownWrite): Promise<Settled> {
  const { store, plan, settleMs, signal } = settlement;
  if (lost.state === 'confirmed') return { is: 'done', result: lost.result };
  const waitMs = lost.deadInMs + settleMs;
  if (waitMs > SHORT_WAIT_MS)
    throw new SettleWait(waitMs, 'Waiting to see what became of a write whose reply was lost');
  if (waitMs > 0) {
    await pause(waitMs, signal);
    const now = await readWrite(store, lost.call, lost.index);
    return now === null ? { is: 'absent' } : await settle(settlement, now);
  }
  if (lost.connection !== plan.write.connection) {
    throw unknown(plan, `it was sent through connection ${lost.connection}, which this call no longer uses`);
  }
  if (plan.settling === 'repeat') return { is: 'absent' };
  if (plan.settling === 'never') throw unknown(plan, 'nothing in Halo would tell');
  try {
    return await (plan.settling === 'look' ? search(settlement, lost) : compare(settlement, lost));
  } catch (error) {
    if (!(error instanceof HaloflowError) || error instanceof HaloOutcomeUnknownError) throw error;
    const sinceMs = -waitMs;
    if (sinceMs > (error.retryable ? LOOK_FOR_MS : ASK_FOR_MS)) {
      throw unknown(plan, `looking for it failed (${error.message})`, { cause: error });
    }
    const again = Math.min(60_000, Math.max(1_000, error.retryAfterMs ?? sinceMs / 4));
    throw new SettleWait(again, `Could not look for a write whose reply was lost (${error.message})`);
  }
}

function unknown(
  plan: Plan,
  reason: string,
  more: { readonly cause?: unknown; readonly candidates?: readonly JsonObject[] } = {},
): HaloOutcomeUnknownError {
  const { action, connection, host } = plan.write;
  const { cause, candidates = [] } = more;
  const ids = candidates.map((candidate) => identityOf(plan, candidate));
  const found = ids.filter((id) => id !== null);
  const named = found.slice(0, NAMED).join(', ') + (found.length > NAMED ? ', …' : '');
  const which = named === '' ? '' : ` (${named})`;
  return new HaloOutcomeUnknownError(
    `${action} was sent (connection ${connection}) and its reply is lost, so it may have happened: ${reason}${which}; look in Halo before you run it again`,
    {
      ...(cause === undefined ? {} : { cause }),
      details: {
        connection,
        host,
        resource: plan.write.resource,
        ...(candidates.length > 0 ? { candidates: ids } : {}),
      },
    },
  );
}

/** A create: looks for the record, twice before it says that there is none. */
async function search(settlement: Settlement, lost: KnownWrite): Promise<Settled> {
  const { store, plan, signal } = settlement;
  const { reconcile } = plan.action;
  if (!reconcile) throw unknown(plan, 'nothing in Halo would tell');
  const { write, sent } = plan;
  const place = { host: write.host, resource: write.resource };
  const evidence: Evidence = {
    action: plan.action,
    reconcile,
    sent,
    stamp: lost.stamp,
    isStampProven: lost.stamp !== null && (await isStampProven(store, place)),
    since: lost.sentAt - CLOCKS_MS,
    agent: reconcile.agent && sent[reconcile.agent.property] === undefined ? await settlement.agent() : null,
  };
  for (let looks = 1; ; looks += 1) {
    const sight = await look({
      read: settlement.read,
      evidence,
      claimed: async (records) => {
        const ids = await claimedIds(
          store,
          write,
          records.map((record) => identityOf(plan, record) ?? ''),
        );
        return records.filter((record) => ids.has(identityOf(plan, record) ?? ''));
      },
    });
    if (sight.showsStamps) await proveStamp(store, place);
    if (sight.ours) return await take(settlement, lost, sight.ours);
    if (!sight.isComplete) throw unknown(plan, 'too many records were made since to look through them all');
    const candidates = [...sight.equal, ...sight.unclear];
    if (candidates.length > 0) return await choose(settlement, lost, { equal: sight.equal, candidates });
    if (looks === 2) return { is: 'absent' };
    await pause(BETWEEN_LOOKS_MS, signal);
  }
}

/** Without a stamp: only one record that is equal in all, and no other equal write that may have made it. */
async function choose(
  settlement: Settlement,
  lost: KnownWrite,
  found: { readonly equal: readonly JsonObject[]; readonly candidates: readonly JsonObject[] },
): Promise<Settled> {
  const { store, plan } = settlement;
  const { equal, candidates } = found;
  const others = await rivals(store, { ...plan.write, call: lost.call, index: lost.index });
  if (others.liveForMs > 0) {
    throw new SettleWait(
      Math.min(others.liveForMs, SHORT_WAIT_MS),
      'Waiting for another write that is equal to it',
    );
  }
  const [only] = equal;
  if (only && candidates.length === 1 && others.count === 0) return await take(settlement, lost, only);
  const reason =
    others.count > 0
      ? 'an equal write was lost at the same time, so it cannot be told whose record this is'
      : equal.length === 1
        ? 'beside an equal record there is one that resembles it'
        : equal.length > 1
          ? `${equal.length} equal records were made since, and one of them may be it`
          : 'a record that was made since resembles it';
  throw unknown(plan, reason, { candidates });
}

async function take(settlement: Settlement, lost: KnownWrite, record: JsonObject): Promise<Settled> {
  const { store, plan, kept } = settlement;
  const result = kept(record);
  const found = { haloId: identityOf(plan, record), ticket: ticketOf(plan, record), result };
  if (await adopt(store, lost, found)) return { is: 'done', result };
  throw new SettleWait(1_000, 'Another call has settled the write or its record meanwhile');
}

/** A change that must not be made twice: whether the record is by now as it was to be. */
async function compare(settlement: Settlement, lost: KnownWrite): Promise<Settled> {
  const { plan, read, signal } = settlement;
  const { get = '', getBy = [], changed = '' } = plan.action.reconcile ?? { names: [], list: '' };
  const input = Object.fromEntries(['id', ...getBy].map((name) => [name, plan.sent[name]]));
  for (let looks = 1; ; looks += 1) {
    const record = await read(get, input);
    if (!isObject(record)) throw unknown(plan, 'its record cannot be read');
    const at = haloTime(record[changed]);
    const isAsSent = Object.entries(plan.sent).every(([name, value]) => sameValue(value, record[name], name));
    const isOlder = at !== null && at < lost.sentAt - CLOCKS_MS;
    if (isAsSent && at !== null && !isOlder) return await take(settlement, lost, record);
    if (!isOlder)
      throw unknown(plan, 'its record has changed since, and is not as it was to be', {
        candidates: [record],
      });
    if (looks === 2) return { is: 'absent' };
    await pause(BETWEEN_LOOKS_MS, signal);
  }
}
