import { findMessage } from './message.ts';
import type { Pools } from './pools.ts';
import { retryAfterMs } from './retryAfter.ts';
import type { Budget, Grant } from './types.ts';
import { exchange, LATE, WireFailure } from './wire.ts';
import type { WireReply, WireRequest } from './wire.ts';

export interface PaidRequest extends Omit<WireRequest, 'path' | 'timeoutMs' | 'mayStart'> {
  readonly url: URL;
  readonly onPremise: boolean;
  /** Awaited when the grant is there and before anything goes out; what it throws is thrown. */
  readonly before?: (() => void | Promise<void>) | undefined;
}

/** HTTP for which the rate budget is paid. */
export interface Transport {
  /** Waits for a grant. Rejects with the budget's reason, or the signal's. */
  take(budget: Budget, signal?: AbortSignal): Promise<Grant>;
  /** Spends a grant just taken on one exchange, however that ends. Throws as `exchange` does. */
  send(grant: Grant, request: PaidRequest): Promise<WireReply>;
}

/** `timeoutMs`: from the grant to the end of the exchange; a request that `before` kept back for longer is not sent. */
export function createTransport(pools: Pools, timeoutMs: number): Transport {
  return {
    take: takeGrant,
    async send(grant, { url, onPremise, before, ...request }) {
      const elapsedMs = stopwatch();
      let status: number | null = null;
      let wait: number | undefined;
      try {
        const pool = pools.for(url, onPremise);
        await before?.();
        const leftMs = Math.ceil(timeoutMs - elapsedMs());
        if (leftMs <= 0) throw late(timeoutMs);
        const path = url.pathname + url.search;
        const mayStart = (): boolean => elapsedMs() < timeoutMs;
        const reply = await exchange(pool, { ...request, path, timeoutMs: leftMs, mayStart });
        status = reply.status;
        if (status === 429) {
          wait = retryAfterMs(reply.headers);
          grant.refusal?.(refusalIn(reply, request));
        }
        if (grant.clock) tellClock(grant.clock, reply.headers['date']);
        return reply;
      } catch (error) {
        if (error instanceof WireFailure) status = error.status;
        throw error;
      } finally {
        grant.replied(wait === undefined ? { status } : { status, retryAfterMs: wait });
      }
    },
  };
}

/**
 * Returns the milliseconds since its creation, by the clock that shows more. The monotonic clock stops while the machine
 * is suspended, so a laptop could wake up and send what the ledger has given up; the wall clock may be set back.
 */
function stopwatch(): () => number {
  const [steady, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall);
}

function refusalIn(reply: WireReply, { headers, body = '' }: Pick<PaidRequest, 'headers' | 'body'>): string {
  const token = headers['authorization']?.replace(/^Bearer /, '');
  // What the other side echoes of the request would be kept and shown.
  const secret = token ?? new URLSearchParams(body).get('client_secret') ?? '';
  return findMessage(reply, new Set([secret]))?.text ?? '';
}

function tellClock(tell: (now: number) => void, date: string | string[] | undefined): void {
  const now = Date.parse(String(date));
  if (!Number.isNaN(now)) tell(now);
}

/** The budget stops counting a grant that was never answered after the time limit, so nothing may go out later. */
function late(timeoutMs: number): WireFailure {
  return new WireFailure('unsent', `its place in the rate budget was over after ${timeoutMs} ms`, {
    code: LATE,
  });
}

async function takeGrant(budget: Budget, signal?: AbortSignal): Promise<Grant> {
  signal?.throwIfAborted();
  const taken = budget.take();
  if (signal === undefined) return taken;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    taken.then(
      (grant) => {
        signal.removeEventListener('abort', onAbort);
        // Granted after the caller had left: the place is accounted for all the same.
        if (signal.aborted) grant.replied({ status: null });
        else resolve(grant);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    );
  });
}
