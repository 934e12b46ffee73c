import { empty, json, type Reply } from './http/reply.ts';
import { issueToken } from './auth/tokenEndpoint.ts';
import { dispatch } from './rest/dispatch.ts';
import { Query } from './rest/query.ts';
import { findResource } from './resources/index.ts';
import type { Settings } from './settings.ts';
import type { Tenant } from './tenant.ts';

/** One request to Halo, read whole. */
export interface HaloRequest {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly clientId: string | null;
  /** The body without secrets. */
  readonly logBody: unknown;
  /** A list of actions of all tickets, which takes long. */
  readonly slow: boolean;
}

const AUTH = /^\/(auth\b|api\/authinfo$)/i;

/** Whether a request counts in the rate limit. */
export function isMetered(path: string, settings: Settings): boolean {
  return settings.limitAuthRequests || !AUTH.test(path);
}

/** Answers a request to Halo's API or token endpoint; routes are found without regard to case. Throws Refusal. */
export function answerHalo(tenant: Tenant, request: HaloRequest): Reply {
  const [root = '', route = '', ...rest] = request.path.split('/').filter((part) => part !== '');
  const base = request.url.origin;
  if (root.toLowerCase() === 'auth')
    return answerAuth(tenant, request, base, [route, ...rest].join('/').toLowerCase());
  if (root.toLowerCase() !== 'api') return empty(404);

  const open = request.method === 'GET' ? openRoute(tenant, route.toLowerCase(), base) : null;
  if (open) return open;
  const token = tenant.tokens.find(request.authorization);
  if (!token) return empty(401, { 'www-authenticate': 'Bearer' });
  const resource = findResource(route);
  if (!resource) return empty(404);
  const { method, contentType, body } = request;
  const query = new Query(request.url.searchParams);
  const call = { method, rest: rest.join('/'), query, contentType, body, scopes: token.scopes };
  const reply = tenant.work((context) => dispatch(resource, call, context));
  return styled(reply, tenant.settings);
}

/** What Halo tells without a token. */
function openRoute({ demo }: Tenant, route: string, base: string): Reply | null {
  switch (route) {
    case 'authinfo':
      return json(200, { auth_url: `${base}/auth`, tenant_id: demo.tenant });
    case 'instanceinfo':
      return json(200, {
        name: demo.name,
        version: '2.236.133',
        product: 'HaloPSA',
        instance_url: base,
        auth_url: `${base}/auth`,
        hosted: true,
      });
    default:
      return null;
  }
}

function answerAuth(tenant: Tenant, request: HaloRequest, base: string, path: string): Reply {
  if (path === 'token') {
    if (request.method !== 'POST') return empty(405, { allow: 'POST' });
    const { body, contentType, authorization, url } = request;
    const { tenant: name, clientId, clientSecret } = tenant.demo;
    const form = { tenant: url.searchParams.get('tenant'), body, contentType, authorization };
    return issueToken(form, { tenant: name, clientId, clientSecret }, tenant.tokens, tenant.settings);
  }
  if (path !== '.well-known/openid-configuration' || request.method !== 'GET') return empty(404);
  return json(200, {
    issuer: `${base}/auth`,
    token_endpoint: `${base}/auth/token`,
    authorization_endpoint: `${base}/auth/authorize`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    response_types_supported: ['code'],
  });
}

/** Ids as 21, 21.0 or "21": all three were seen. */
function styled(reply: Reply, { idStyle }: Settings): Reply {
  if (idStyle === 'number' || typeof reply.body !== 'string') return reply;
  const format = idStyle === 'decimal' ? '"$1":$2.0' : '"$1":"$2"';
  return { ...reply, body: reply.body.replace(/"((?:\w+_)?id)":(-?\d+)(?=[,}])/g, format) };
}
