import type { Dispatcher, Pool } from 'undici';
import { connectFailure } from './connectFailure.ts';
import { LARGE_BYTES } from './largeReplies.ts';
import type { Place } from './largeReplies.ts';

/** The error code of a request that was held back for longer than its grant counts. */
export const LATE = 'LATE';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** For the whole exchange, waiting for a socket included. */
  readonly timeoutMs: number;
  /** Called when there is a socket, right before the first byte is sent; false: do not send. */
  readonly mayStart?: (() => boolean) | undefined;
  readonly maxReplyBytes: number;
  /** Taken before the rest of a large reply is read, and not left; none: it is read at once. */
  readonly place?: Place | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * What can go wrong between two machines. `unsent`: no byte of the request left, so it is safe to send again;
 * the others mean that it may have been processed.
 */
export type WireFailureKind = 'unsent' | 'timeout' | 'broken' | 'oversize';

/** An exchange without a complete reply. Holds nothing of the request: undici's own errors are not passed on. */
export class WireFailure extends Error {
  readonly kind: WireFailureKind;
  /** Node's or undici's code, e.g. ECONNREFUSED. */
  readonly code: string;
  /** The status, when the failure came after it. */
  readonly status: number | null;

  constructor(kind: WireFailureKind, message: string, options: { code: string; status?: number | null }) {
    super(message);
    this.name = 'WireFailure';
    this.kind = kind;
    this.code = options.code;
    this.status = options.status ?? null;
  }
}

/** Sends one request and reads the whole reply. Throws WireFailure, or the signal's reason. */
export function exchange(pool: Pool, request: WireRequest): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const { signal, timeoutMs, maxReplyBytes } = request;
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    let controller: Dispatcher.DispatchController | undefined;
    let status: number | null = null;
    let headers: WireReply['headers'] = {};
    let size = 0;
    let isLarge = false;
    let done = false;
    const chunks: Buffer[] = [];

    const end = (): boolean => {
      if (done) return false;
      done = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (error: unknown): void => {
      if (!end()) return;
      reject(error);
      controller?.abort(new Error('given up'));
    };
    const onAbort = (): void => fail(signal?.reason);
    const timer = setTimeout(() => {
      const message =
        controller === undefined
          ? `no connection within ${timeoutMs} ms`
          : `no complete reply within ${timeoutMs} ms`;
      fail(
        new WireFailure(controller === undefined ? 'unsent' : 'timeout', message, {
          code: 'TIMEOUT',
          status,
        }),
      );
    }, timeoutMs);
    const tooLarge = (): void =>
      fail(
        new WireFailure('oversize', `the reply is larger than ${maxReplyBytes} bytes`, {
          code: 'OVERSIZE',
          status,
        }),
      );
    const tooSlow = (): void =>
      fail(
        new WireFailure('timeout', 'others waited too long for the end of a large reply', {
          code: 'TIMEOUT',
          status,
        }),
      );
    signal?.addEventListener('abort', onAbort, { once: true });

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        if (!done && request.mayStart?.() === false) {
          fail(
            new WireFailure('unsent', 'its time limit ended before there was a connection', { code: LATE }),
          );
        }
        if (done) {
          started.abort(new Error('given up'));
          return;
        }
        controller = started;
      },
      onResponseStart(_controller, statusCode, replyHeaders) {
        if (statusCode < 200) return;
        status = statusCode;
        headers = replyHeaders;
        if (Number(replyHeaders['content-length'] ?? 0) > maxReplyBytes) tooLarge();
      },
      onResponseData(reading, chunk) {
        size += chunk.length;
        if (size > maxReplyBytes) {
          tooLarge();
          return;
        }
        chunks.push(chunk);
        if (request.place === undefined || isLarge || size <= LARGE_BYTES) return;
        isLarge = true;
        reading.pause();
        void request.place.take(tooSlow).then(() => reading.resume());
      },
      onResponseEnd() {
        if (end()) resolve({ status: status ?? 0, headers, body: Buffer.concat(chunks, size) });
      },
      onResponseError(_controller, error) {
        fail(wireFailure(error, controller === undefined ? 'unsent' : 'broken', status));
      },
    };
    const { method, path, body } = request;
    try {
      pool.dispatch({ method, path, headers: { ...request.headers }, body: body ?? null }, handler);
    } catch (error) {
      fail(wireFailure(error, 'unsent', null));
    }
  });
}

function wireFailure(error: unknown, kind: WireFailureKind, status: number | null): WireFailure {
  const { code, text } = connectFailure(error);
  return new WireFailure(kind, text === '' ? 'the connection failed' : text, {
    code: code ?? 'UNKNOWN',
    status,
  });
}
