/** Finds out what became of a write whose reply was lost: waits until its request is certainly over, then looks in Halo. */
import { adopt, claimedIds, clockOffsetMs, lookFailed, readWrite, rivals } from '../calls/ledger.ts';
import type { KnownWrite } from '../calls/ledger.ts';
import { proveStamp, stampsAt } from '../calls/proofs.ts';
import { SettleWait } from '../calls/settleWait.ts';
import {
  HaloflowError,
  HaloOutcomeUnknownError,
  HaloPermissionError,
  HaloValidationError,
} from '../errors.ts';
import { isObject } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { haloIdOf } from '../organizations/halo.ts';
import type { Store } from '../store/store.ts';
import { haloTime, sameValue } from './compare.ts';
import { identityOf, ticketOf } from './identity.ts';
import type { Evidence } from './judge.ts';
import { look } from './look.ts';
import type { Looking, Read } from './look.ts';
import { mayHaveMade } from './marks.ts';
import { pause } from './pause.ts';
import type { Plan } from './plan.ts';
import { madeOf } from './made.ts';
import { namesOf, readAgain } from './readAgain.ts';

/** `done`: it has happened, and this is its record. `absent`: it certainly has not, and may be sent (again). */
export type Settled = { readonly is: 'done'; readonly result: unknown } | { readonly is: 'absent' };

export interface Settlement {
  readonly store: Store;
  readonly plan: Plan;
  /** Reads with the write's own credentials. */
  readonly read: Read;
  /** By how much Halo's clock is ahead of this process's, as the last reply to `read` said, or null. */
  readonly haloClockMs: () => number | null;
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
/** Records are looked at from this long before the write was sent: Halo's clock is known about that well. */
const CLOCKS_MS = 5 * 60_000;
/** Halo's dates and its clock are whole seconds, and a date may be from before its row was written. */
const DATES_MS = 10_000;
/**
 * A look that fails is repeated after a second, the next ones after a quarter more each, up to a minute. Looks are
 * counted, not minutes: a machine that was switched off meanwhile has not asked.
 */
const FIRST_AGAIN_MS = 1_000;
const LONGER = 1.25;
const LONGEST_AGAIN_MS = 60_000;
/** While Halo cannot be asked: some 15 minutes. */
const LOOKS = 30;
/** While Halo refuses to be asked, as with a 401 to a token that was just withdrawn, which is not always for good: two minutes. */
const REFUSED_LOOKS = 16;
/** Ids of candidates in a message; the details have all. */
const NAMED = 10;

/**
 * What became of a lost write.
 *
 * @throws SettleWait when it is too early to tell; HaloOutcomeUnknownError when nobody can tell, and then it is given up.
 */
export async function settle(settlement: Settlement, lost: KnownWrite): Promise<Settled> {
  const { store, plan, settleMs, signal } = settlement;
  if (lost.state === 'confirmed') return { is: 'done', result: await resultOf(settlement, lost) };
  const waitMs = lost.deadInMs + settleMs;
  if (waitMs > SHORT_WAIT_MS)
    throw new SettleWait(waitMs, 'Waiting to see what became of a write whose reply was lost');
  if (waitMs > 0) {
    await pause(waitMs, signal);
    const now = await readWrite(store, lost.call, lost.index);
    return now === null ? { is: 'absent' } : await settle(settlement, now);
  }
  // Before Halo went back or after: what became of it is seen in what Halo has now.
  if (haloIdOf(lost.host) !== haloIdOf(plan.write.host)) {
    throw unknown(
      plan,
      `it was sent to ${haloIdOf(lost.host)}, to which connection ${lost.connection} no longer leads`,
    );
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
    const looks = await lookFailed(store, lost);
    if (looks >= (error.retryable ? LOOKS : REFUSED_LOOKS)) {
      throw unknown(plan, `looking for it failed ${looks} times (${error.message})`, { cause: error });
    }
    const againMs = Math.max(FIRST_AGAIN_MS * LONGER ** (looks - 1), error.retryAfterMs ?? 0);
    throw new SettleWait(
      Math.min(LONGEST_AGAIN_MS, againMs),
      `Could not look for a write whose reply was lost (${error.message})`,
    );
  }
}

/** What a write has returned; past retention, what Halo has of its record now, or what names it. */
async function resultOf(settlement: Settlement, known: KnownWrite): Promise<unknown> {
  if (known.hasResult) return known.result;
  const again = await readAgain(settlement, known).catch((error: unknown) => {
    // Who may write need not be able to read.
    if (error instanceof HaloPermissionError || error instanceof HaloValidationError) return null;
    throw error;
  });
  return again === null || again.isOfAnother ? namesOf(settlement.plan, known) : again.record;
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
  const place = { tree: write.tree, host: write.host, resource: write.resource };
  const evidence: Evidence = {
    action: plan.action,
    reconcile,
    sent,
    stamp: lost.stamp,
    stamps: lost.stamp === null ? 'unknown' : await stampsAt(store, place),
    since: sinceOf(lost, await sentAtOf(settlement, lost)),
    agent: await agentOf(settlement, lost),
  };
  const claimed: Looking['claimed'] = async (records) => {
    const ids = await claimedIds(
      store,
      write,
      records.map((record) => identityOf(plan, record) ?? ''),
    );
    return records.filter((record) => ids.has(identityOf(plan, record) ?? ''));
  };
  const seen = async (by: Evidence): Promise<Settled | null> => {
    const sight = await look({ read: settlement.read, evidence: by, claimed });
    const isKept = lost.stamp !== null && sight.ours?.[plan.action.stamp ?? ''] === lost.stamp;
    if (sight.showsStamps || isKept) await proveStamp(store, place);
    if (sight.ours) return await take(settlement, lost, sight.ours);
    if (!sight.isComplete) throw unknown(plan, 'too many records were made since to look through them all');
    const candidates = [...sight.equal, ...sight.unclear];
    return candidates.length > 0 ? await choose(settlement, lost, { equal: sight.equal, candidates }) : null;
  };
  const first = await seen(evidence);
  if (first) return first;
  await pause(BETWEEN_LOOKS_MS, signal);
  const second = (await seen(evidence)) ?? (await seenDeleted(seen, evidence));
  return second ?? { is: 'absent' };
}

/** A record that somebody has deleted meanwhile was made all the same. */
async function seenDeleted(
  seen: (evidence: Evidence) => Promise<Settled | null>,
  evidence: Evidence,
): Promise<Settled | null> {
  const { query, deleted } = evidence.reconcile;
  if (!deleted) return null;
  return await seen({ ...evidence, reconcile: { ...evidence.reconcile, query: { ...query, ...deleted } } });
}

/** When the write was sent first, by Halo's clock as far as that is known by now, milliseconds since 1970. */
async function sentAtOf({ store, haloClockMs }: Settlement, lost: KnownWrite): Promise<() => number> {
  const postgresMs = await clockOffsetMs(store);
  return () => lost.sentAt + (haloClockMs() ?? postgresMs) - postgresMs;
}

/** What was made before this is older than the write, by our clock and by Halo's. */
const sinceOf = (lost: KnownWrite, sentAt: () => number) => (): number =>
  Math.min(lost.sentAt, sentAt()) - CLOCKS_MS;

/** The agent that has sent the write: not known when the connection has other credentials by now. */
async function agentOf({ plan, agent }: Settlement, lost: KnownWrite): Promise<Evidence['agent']> {
  const { reconcile } = plan.action;
  if (!reconcile?.agent || plan.sent[reconcile.agent.property] !== undefined) return null;
  return lost.application === plan.write.application ? await agent() : null;
}

/** Without a stamp: only one record that is equal in all, and no other equal write that may have made it. */
async function choose(
  settlement: Settlement,
  lost: KnownWrite,
  found: { readonly equal: readonly JsonObject[]; readonly candidates: readonly JsonObject[] },
): Promise<Settled> {
  const { store, plan } = settlement;
  const { equal, candidates } = found;
  const open = await rivals(store, { ...plan.write, call: lost.call, index: lost.index });
  const others = open.filter(({ marks }) => candidates.some((record) => mayHaveMade(marks, record)));
  const liveForMs = Math.max(0, ...others.map((other) => other.liveForMs));
  if (liveForMs > 0) {
    throw new SettleWait(
      Math.min(liveForMs, SHORT_WAIT_MS),
      'Waiting for another write that may have made the record found',
    );
  }
  const [only] = equal;
  if (only && candidates.length === 1 && others.length === 0) return await take(settlement, lost, only);
  const reason =
    others.length > 0
      ? 'another write like it was lost at the same time, so it cannot be told whose record this is'
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
  const found = {
    haloId: identityOf(plan, record),
    ticket: ticketOf(plan, record),
    made: madeOf(plan, record),
    result,
  };
  if (await adopt(store, lost, found)) return { is: 'done', result };
  throw new SettleWait(1_000, 'Another call has settled the write or its record meanwhile');
}

/** A change that must not be made twice: whether the record is by now as it was to be. */
async function compare(settlement: Settlement, lost: KnownWrite): Promise<Settled> {
  const { plan, read, signal } = settlement;
  const { get = '', getBy = [], changed = '' } = plan.action.reconcile ?? { names: [], list: '' };
  const input = Object.fromEntries(['id', ...getBy].map((name) => [name, plan.sent[name]]));
  const sentAt = await sentAtOf(settlement, lost);
  const since = sinceOf(lost, sentAt);
  for (let looks = 1; ; looks += 1) {
    const record = await read(get, input);
    if (!isObject(record)) throw unknown(plan, 'its record cannot be read');
    const at = haloTime(record[changed]);
    const isAsSent = Object.entries(plan.sent).every(([name, value]) => sameValue(value, record[name], name));
    const isOlder = at !== null && at < since();
    const isNewer = at !== null && at > sentAt() - DATES_MS;
    if (isAsSent && isNewer) return await take(settlement, lost, record);
    if (!isOlder)
      throw unknown(plan, 'its record has changed since, and it cannot be told whether by this', {
        candidates: [record],
      });
    if (looks === 2) return { is: 'absent' };
    await pause(BETWEEN_LOOKS_MS, signal);
  }
}
