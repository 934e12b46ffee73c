/** What the Halo client is given and what it gives back. */
import type { Action } from '../actions/types.ts';
import type { Probe } from './probe/types.ts';

/** One Halo instance plus one set of credentials, ready for use (the secret is unsealed). */
export interface HaloCredentials {
  /** The connection's id; errors name it. */
  readonly connection: string;
  /** Resource server as a base URL without `/api` and without trailing slash, e.g. `https://northwind.halopsa.com`. */
  readonly resourceServer: string;
  /** Authorization server as a base URL (`https://northwind.halopsa.com/auth`), or null to discover it. */
  readonly authServer: string | null;
  readonly tenant: string | null;
  readonly onPremise: boolean;
  readonly clientId: string;
  readonly clientSecret: string;
  /** OAuth scopes, separated by spaces. */
  readonly scope: string;
  /**
   * Called with whether Halo accepts them: true after a 2xx to a request with their token, false if Halo issues no
   * token.
   */
  readonly onAnswer?: (isAccepted: boolean) => void;
}

/** A permission for exactly one HTTP request to one Halo host. */
export interface Grant {
  /** To be called once with the reply; `status` null when there was none. `retryAfterMs` from a 429. */
  replied(reply: { status: number | null; retryAfterMs?: number }): void;
  /** What Halo says in a 429, without secrets, for who wants to know; called before `replied`. */
  readonly refusal?: (said: string) => void;
  /** What Halo's clock says, milliseconds since 1970, for who wants to know; called before `replied`. */
  readonly clock?: (now: number) => void;
}

/** The rate budget of one Halo host, as the client sees it: every real request asks first. */
export interface Budget {
  /** Resolves when the request may go out; rejects when the caller is to give up its place or is cancelled. */
  take(): Promise<Grant>;
}

/** Options of one call that the Halo client understands. */
export interface RequestOptions {
  /** Lists: every page instead of one. */
  readonly all?: boolean;
  /** Lists and report previews: at most this many rows. */
  readonly limit?: number;
  /** Only these properties of each row or record. */
  readonly fields?: readonly string[];
  /** Merged into the body of a write: properties newer than our schemas. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface HaloCall {
  readonly action: Action;
  readonly input: unknown;
  readonly options?: RequestOptions;
  readonly credentials: HaloCredentials;
  /** Texts in the input that no error may hold, beside the secrets of the credentials. */
  readonly secrets?: readonly string[];
  readonly budget: Budget;
  /** Told after each page of a list how many rows there are in all, where Halo says. */
  readonly onTotal?: (total: number) => void;
  /** Largest JSON reply; default the client's. */
  readonly maxReplyBytes?: number;
  /** Cancels waiting and requests. */
  readonly signal?: AbortSignal;
  /** Called and awaited before each request goes out, token calls excepted: a write is noted as sent here. */
  readonly onRequest?: () => void | Promise<void>;
  /** Others of the same call were answered before: a 429 is waited out instead of thrown. */
  readonly isUnderWay?: boolean;
  /** Called between pages and array elements with how far the call is. */
  readonly onProgress?: (done: number) => void;
}

/** Whose connection is looked at, and who pays. */
export interface ProbeCall extends Pick<HaloCall, 'credentials' | 'budget' | 'signal'> {
  /** Told what was found so far, which who gives it up still has. */
  readonly onFound?: (found: Pick<Probe, 'servers'> & Partial<Pick<Probe, 'discovery'>>) => void;
}

/** Executes actions against Halo. Throws only the classes of errors.ts, the budget's reason, or the signal's. */
export interface HaloClient {
  execute(call: HaloCall): Promise<unknown>;
  /**
   * Looks at what lies before the first action: names, TLS, discovery, token. What fails is part of what is answered.
   * Throws only ConfigurationError for servers it must not talk to, the budget's reason, or the signal's.
   */
  probe(call: ProbeCall): Promise<Probe>;
  /** Gets an access token if there is none. Throws as `execute` does. */
  ready(call: Pick<HaloCall, 'credentials' | 'budget' | 'signal'>): Promise<void>;
  /** Asks for a new access token with these credentials. */
  authenticate(call: Pick<HaloCall, 'credentials' | 'budget' | 'signal'>): Promise<void>;
  close(): Promise<void>;
}
