import { empty, json, type Reply } from '../http/reply.ts';
import type { Settings } from '../settings.ts';
import { grantedScopes } from './scopes.ts';
import { opaqueToken, type Tokens } from './tokens.ts';

export interface Application {
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenRequest {
  /** The `tenant` of the query, where there is one. */
  readonly tenant: string | null;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
}

interface Credentials {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}

const refuse = (status: number, error: string, description: string): Reply =>
  json(status, { error, error_description: description });

/** Reads the form of a token request, which clients also send as a query string or with Basic credentials. */
function readCredentials(form: URLSearchParams, authorization: string | undefined): Credentials {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) {
    return { clientId: form.get('client_id'), clientSecret: form.get('client_secret') };
  }
  const [clientId = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(rest.join(':')) };
}

/** Answers `POST /auth/token` with the client credentials grant. */
export function issueToken(
  request: TokenRequest,
  application: Application,
  tokens: Tokens,
  settings: Settings,
): Reply {
  if (!/^application\/x-www-form-urlencoded/i.test(request.contentType)) {
    return refuse(400, 'invalid_request', 'The request must be a form.');
  }
  const form = new URLSearchParams(request.body);
  const tenant = request.tenant ?? form.get('tenant') ?? '';
  // n8n always appends a tenant, and for an on-premise server the text undefined.
  if (!['', 'undefined', application.tenant.toLowerCase()].includes(tenant.toLowerCase())) {
    return settings.unknownTenantStatus === 401
      ? refuse(401, 'invalid_client', 'The specified tenant is unknown.')
      : empty(settings.unknownTenantStatus);
  }
  const grant = form.get('grant_type');
  if (grant === null) return refuse(400, 'invalid_request', 'The mandatory grant_type parameter is missing.');
  if (grant !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 'The specified grant_type is not supported.');
  }
  if (!settings.clientCredentials) {
    return refuse(
      400,
      'unauthorized_client',
      'This client application is not allowed to use the specified grant type.',
    );
  }
  const { clientId, clientSecret } = readCredentials(form, request.authorization);
  const taken = settings.clientSecrets.length > 0 ? settings.clientSecrets : [application.clientSecret];
  if (
    clientId?.toLowerCase() !== application.clientId ||
    clientSecret === null ||
    !taken.includes(clientSecret)
  ) {
    return refuse(401, 'invalid_client', 'The specified client credentials are invalid.');
  }
  if (settings.secretExpired) return refuse(401, 'invalid_client', 'The client secret has expired.');
  const scopes = grantedScopes(form.get('scope') ?? undefined, settings.scopes);
  if (scopes.length === 0) return refuse(400, 'invalid_scope', 'The specified scope is not allowed.');
  const lifetime = settings.tokenLifetimeSeconds;
  return json(200, {
    scope: scopes.join(' '),
    token_type: 'Bearer',
    access_token: tokens.issue(application.clientId, scopes, lifetime),
    expires_in: lifetime,
    refresh_token: opaqueToken(),
    id_token: opaqueToken(),
  });
}
