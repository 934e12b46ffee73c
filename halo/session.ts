import type { Action } from '../actions/types.ts';
import { HaloRateLimitError } from '../errors.ts';
import { isDeadToken } from './deadToken.ts';
import { replyFailure, wireFailure } from './failure.ts';
import { checkServers } from './host.ts';
import type { Answer } from './reply.ts';
import type { Place } from './largeReplies.ts';
import type { Route } from './route.ts';
import { withoutSecrets } from './subject.ts';
import type { Subject } from './subject.ts';
import type { Token, Tokens } from './tokens.ts';
import type { Transport } from './transport.ts';
import type { HaloCall } from './types.ts';
import { WireFailure } from './wire.ts';
import type { WireReply } from './wire.ts';

/** The requests of one call. */
export interface Session {
  /**
   * Sends a request with the connection's token, and returns only 2xx answers. After a 401, or another answer that says the
   * token is unknown, it retries once with a new token. After a 429 it retries as soon as the budget allows, unless it is
   * the call's first request.
   *
   * @throws the classes of errors.ts, the budget's reason, or the signal's.
   */
  send(route: Route, options?: SendOptions): Promise<Answer>;
}

interface SendOptions {
  /** Default: whether the action may change data. */
  readonly effect?: Action['effect'];
  /** Default: the client's limit. */
  readonly maxReplyBytes?: number;
}

export interface SessionParts {
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly maxReplyBytes: number;
  /** For the large ones among its replies; each leaves it before the next request. */
  readonly place: Place | undefined;
}

const SCOPES_SETTLE_MS = 60_000;

/** How many 429 in a row one request of a call gets over, when requests before it were answered. */
const MOST_REFUSALS = 5;

/** Throws ConfigurationError for servers that a connection must not talk to. */
export function openSession(call: HaloCall, parts: SessionParts): Session {
  const { transport, tokens } = parts;
  const { credentials, budget, signal } = call;
  checkServers(credentials);
  const secrets = new Set([credentials.clientSecret, ...(call.secrets ?? [])]);

  async function attempt(token: Token, route: Route, maxReplyBytes: number): Promise<WireReply> {
    secrets.add(token.value);
    const url = new URL(`${credentials.resourceServer}/api${route.path}`);
    url.search = route.query.toString();
    const json = route.body === undefined ? undefined : JSON.stringify(route.body);
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token.value}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    };
    parts.place?.leave();
    const grant = await transport.take(budget, signal);
    return transport.send(grant, {
      url,
      onPremise: credentials.onPremise,
      method: route.method,
      headers,
      body: json,
      maxReplyBytes,
      place: parts.place,
      signal,
      before: call.onRequest,
    });
  }

  async function send(route: Route, options: SendOptions): Promise<Answer> {
    const maxReplyBytes = options.maxReplyBytes ?? parts.maxReplyBytes;
    const path = withoutSecrets(route.path, secrets);
    const subject: Subject = {
      what: `${route.method} ${path}`,
      path,
      connection: credentials.connection,
      write: (options.effect ?? call.action.effect) !== 'read',
      secrets,
    };
    const routeName = subject.what.replace(/\d+/g, '');
    parts.place?.leave();
    try {
      let token = await tokens.get(credentials, call);
      let reply = await attempt(token, route, maxReplyBytes);
      const isRefused = (): boolean => reply.status === 401 || isDeadToken(reply, secrets);
      if (isRefused() && !tokens.isMissingRight(token, routeName)) {
        tokens.drop(credentials, token);
        token = await tokens.get(credentials, call);
        reply = await attempt(token, route, maxReplyBytes);
        if (isRefused()) tokens.noteMissingRight(token, routeName);
      }
      // Scopes are fixed when a token is issued: one that was granted since needs another token.
      if (reply.status === 403 && Date.now() - token.issuedAt > SCOPES_SETTLE_MS)
        tokens.drop(credentials, token);
      if (reply.status < 200 || reply.status > 299) throw replyFailure(subject, reply);
      credentials.onAnswer?.(true);
      return { subject, reply };
    } catch (error) {
      throw error instanceof WireFailure ? wireFailure(subject, error) : error;
    }
  }

  let answered = call.isUnderWay ?? false;
  return {
    async send(route, options = {}) {
      for (let refusals = 0; ; refusals += 1) {
        try {
          const answer = await send(route, options);
          answered = true;
          return answer;
        } catch (error) {
          // What came before would be lost, or written twice: the budget has heard of the 429 and waits as long.
          const inPlace =
            error instanceof HaloRateLimitError && error.retryable && answered && refusals < MOST_REFUSALS;
          if (!inPlace) throw error;
        }
      }
    },
  };
}
