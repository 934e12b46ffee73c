import { HaloAuthenticationError, HaloRateLimitError, HaloServerError } from '../errors.ts';
import { readJson, withoutMarks } from '../foreignJson.ts';
import { replyFailure, wireFailure } from './failure.ts';
import { checkOutbound, namesThisMachine, withoutSlashes } from './host.ts';
import { isObject, wholeNumber } from './json.ts';
import type { JsonObject } from './json.ts';
import { findMessage } from './message.ts';
import { withoutSecrets } from './subject.ts';
import type { Subject } from './subject.ts';
import { isHtml } from './text.ts';
import type { PaidRequest } from './transport.ts';
import type { HaloCredentials } from './types.ts';
import { WireFailure } from './wire.ts';
import type { WireReply } from './wire.ts';

/** Where tokens of a connection come from. */
export interface TokenEndpoint {
  readonly url: URL;
}

export interface IssuedToken {
  readonly value: string;
  readonly lifetimeMs: number;
  /** As Halo granted them; null: it did not say. */
  readonly scopes: readonly string[] | null;
}

/** The token endpoint said no to these credentials, as opposed to a page or a server that is none. */
export interface TokenRefusal {
  readonly refused: HaloAuthenticationError;
}

/** Sends one request whose place in the rate budget is already arranged. */
export type SendPaid = (request: PaidRequest) => Promise<WireReply>;

/** Why no token was given, for machines; `secret`: client id or secret, which Halo does not tell apart. */
export type TokenRefusalReason = 'not-halo' | 'tenant' | 'expired' | 'secret' | 'scope' | 'grant' | 'unknown';

export const LARGEST_REPLY = 1024 * 1024;
/** Halo says 3600; a server that does not say gets asked again soon. */
const UNSTATED_LIFETIME_S = 300;
const OAUTH_REFUSAL =
  /^(invalid_(request|client|grant|scope)|unauthorized_client|unsupported_grant_type|access_denied)$/;

/**
 * The token endpoint of a connection: on-premise `{auth}/token`, hosted the same with `?tenant=`. An authorization
 * server that is not configured is `{base}/auth` on-premise and asked for at `{base}/api/authinfo` otherwise
 * (HaloAPI Connect-HaloAPI.ps1). Throws HaloAuthenticationError, HaloConnectionError, HaloServerError.
 */
export async function findTokenEndpoint(
  credentials: HaloCredentials,
  send: SendPaid,
): Promise<TokenEndpoint> {
  const { authServer, resourceServer, tenant, onPremise } = credentials;
  if (onPremise) return { url: withTenant(authServer ?? `${resourceServer}/auth`, null) };
  if (authServer !== null) return { url: withTenant(authServer, tenant) };
  const found = await discover(credentials, send);
  return { url: withTenant(found.authServer, tenant ?? found.tenant) };
}

function withTenant(authServer: string, tenant: string | null): URL {
  const server = withoutSlashes(authServer);
  const url = new URL(server.toLowerCase().endsWith('/token') ? server : `${server}/token`);
  if (tenant !== null && tenant !== '') url.searchParams.set('tenant', tenant);
  return url;
}

async function discover(
  credentials: HaloCredentials,
  send: SendPaid,
): Promise<{ authServer: string; tenant: string | null }> {
  const { resourceServer, connection } = credentials;
  const url = new URL(`${resourceServer}/api/authinfo`);
  const subject = tokenSubject(credentials, `GET ${url.origin}${url.pathname}`);
  const reply = await attempt(subject, () =>
    send({
      url,
      onPremise: false,
      method: 'GET',
      headers: { accept: 'application/json' },
      maxReplyBytes: LARGEST_REPLY,
    }),
  );
  throwIfFailing(subject, reply);
  const info = jsonObject(reply);
  const authServer = info?.['auth_url'];
  const tenant = info?.['tenant_id'];
  if (reply.status !== 200 || typeof authServer !== 'string' || !URL.canParse(authServer)) {
    throw new HaloAuthenticationError(
      `${subject.what} answered ${reply.status}${isHtml(reply) ? ' with an HTML page' : ''}: ${url.host} does not seem ` +
        `to be a Halo; check resourceServer of connection ${connection}, or give its authServer and tenant`,
      { status: reply.status, details: { connection } },
    );
  }
  const found = new URL(authServer);
  checkOutbound('the auth_url of /api/authinfo', found, { onPremise: false });
  if (namesThisMachine(url, found)) {
    throw new HaloAuthenticationError(
      `${subject.what} names ${found.host} as its authorization server: give authServer of connection ${connection}`,
      { details: { connection } },
    );
  }
  return { authServer, tenant: typeof tenant === 'string' ? tenant : null };
}

/**
 * Asks for a token with the client credentials. Throws HaloAuthenticationError for a reply that no token endpoint
 * gives, and what stands between machines.
 */
export async function requestToken(
  credentials: HaloCredentials,
  endpoint: TokenEndpoint,
  send: SendPaid,
): Promise<IssuedToken | TokenRefusal> {
  const { clientId, clientSecret, scope, onPremise } = credentials;
  const { url } = endpoint;
  const subject = tokenSubject(credentials, `POST ${url.origin}${url.pathname}`);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope,
  });
  const reply = await attempt(subject, () =>
    send({
      url,
      onPremise,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      maxReplyBytes: LARGEST_REPLY,
    }),
  );
  const json = jsonObject(reply);
  const value = json?.['access_token'];
  if (reply.status === 200 && typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) {
    const lifetimeMs = (wholeNumber(json?.['expires_in']) ?? UNSTATED_LIFETIME_S) * 1000;
    return { value, lifetimeMs, scopes: scopesIn(json?.['scope']) };
  }
  throwIfFailing(subject, reply);
  const error = json?.['error'];
  const refused = refusal(credentials, subject, { reply, url, error });
  if (isRefusal(reply, error)) return { refused };
  throw refused;
}

function scopesIn(value: unknown): readonly string[] | null {
  if (typeof value !== 'string') return null;
  const scopes = value.split(/\s+/).filter((scope) => scope !== '');
  return scopes.length > 0 ? scopes : null;
}

function isRefusal(reply: WireReply, error: unknown): boolean {
  if (isHtml(reply)) return false;
  return reply.status === 400 || reply.status === 401 || OAUTH_REFUSAL.test(String(error));
}

/** A 429 or a failing server says nothing about the credentials. */
function throwIfFailing(subject: Subject, reply: WireReply): void {
  if (reply.status !== 429 && reply.status < 500 && reply.status !== 408) return;
  const failure = replyFailure(subject, reply);
  if (failure instanceof HaloRateLimitError) throw failure;
  throw new HaloServerError(
    `${failure.message}; Halo answers so to a host or tenant it does not know, too: check authServer, resourceServer ` +
      `and tenant of connection ${subject.connection}`,
    { status: reply.status, details: failure.details ?? {} },
  );
}

function refusal(
  credentials: HaloCredentials,
  subject: Subject,
  { reply, url, error }: { reply: WireReply; url: URL; error: unknown },
): HaloAuthenticationError {
  const { connection, tenant } = credentials;
  const text = findMessage(reply, subject.secrets)?.text ?? '';
  const code = typeof error === 'string' ? error : '';
  const said = withoutSecrets(
    [code, text === code ? '' : text].filter((part) => part !== '').join(': '),
    subject.secrets,
  );
  const answered = `${subject.what} answered ${reply.status}${isHtml(reply) ? ' with an HTML page' : ''}${said === '' ? '' : ` (${said})`}`;
  const tenantNote = tenant === null ? 'tenant' : `tenant ${tenant}`;
  const remedies: readonly (readonly [boolean, TokenRefusalReason, string])[] = [
    [
      reply.status === 200 && jsonObject(reply) !== null,
      'not-halo',
      `no usable token came: check authServer of connection ${connection}`,
    ],
    [
      isHtml(reply) || reply.status === 404 || reply.status < 400,
      'not-halo',
      `${url.host} has no token endpoint of Halo there: check authServer and resourceServer of connection ${connection}`,
    ],
    [
      /tenant/i.test(said),
      'tenant',
      `Halo does not know the tenant: check ${tenantNote} of connection ${connection}`,
    ],
    [
      /expired/i.test(said),
      'expired',
      `the client secret has expired: make a new one in Halo, and give it to connection ${connection}`,
    ],
    [
      code === 'invalid_client',
      'secret',
      `Halo refused the client id or secret: check clientSecret of connection ${connection}, and its clientId`,
    ],
    [
      code === 'invalid_scope',
      'scope',
      `the application does not have these scopes: check scope of connection ${connection}`,
    ],
    [
      code === 'unsupported_grant_type' || code === 'unauthorized_client' || code === 'invalid_grant',
      'grant',
      `the application does not allow client credentials: set its authentication method to "Client ID and Secret ` +
        `(Services)" in Halo, for connection ${connection}`,
    ],
  ];
  const [, reason, remedy] = remedies.find(([applies]) => applies) ?? [
    true,
    'unknown',
    `no token was given: check clientId, clientSecret and ${tenantNote} of connection ${connection}`,
  ];
  return new HaloAuthenticationError(`${answered}: ${remedy}`, {
    status: reply.status,
    details: { connection, reason },
  });
}

async function attempt(subject: Subject, send: () => Promise<WireReply>): Promise<WireReply> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof WireFailure ? wireFailure(subject, error) : error;
  }
}

/** A token call changes nothing in Halo, so it may always be sent again. */
function tokenSubject(credentials: HaloCredentials, what: string): Subject {
  const secrets = new Set([credentials.clientSecret]);
  return { what, path: '', connection: credentials.connection, write: false, secrets };
}

function jsonObject(reply: WireReply): JsonObject | null {
  try {
    const value = readJson(withoutMarks(reply.body.toString('utf8')));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
