/** Looks at a connection from below: names, certificates, discovery, a token. */
import { HaloflowError } from '../../errors.ts';
import { readJson, withoutMarks } from '../../foreignJson.ts';
import { checkOutbound, checkServers, namesThisMachine } from '../host.ts';
import { isObject } from '../json.ts';
import type { ResolveName } from '../pools.ts';
import { isHtml } from '../text.ts';
import type { Tokens } from '../tokens.ts';
import { findTokenEndpoint, LARGEST_REPLY, requestToken } from '../tokenRequest.ts';
import type { SendPaid, TokenRefusalReason } from '../tokenRequest.ts';
import type { PaidRequest, Transport } from '../transport.ts';
import type { ProbeCall } from '../types.ts';
import { WireFailure } from '../wire.ts';
import type { WireReply } from '../wire.ts';
import { seeServer } from './servers.ts';
import type { DiscoverySeen, Probe, ServerSeen, TokenSeen } from './types.ts';

export interface ProbeParts {
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly resolve?: ResolveName | undefined;
}

/** As HaloClient.probe says. */
export async function probe(call: ProbeCall, { transport, tokens, resolve }: ProbeParts): Promise<Probe> {
  const { credentials, budget, signal } = call;
  checkServers(credentials);
  const clock = createClock();
  const send: SendPaid = async (request) => {
    const grant = await transport.take(budget, signal);
    return await clock.timed(() => transport.send(grant, { ...request, signal }));
  };
  const { resourceServer, onPremise } = credentials;
  const see = (server: ServerSeen['server'], address: string): Promise<ServerSeen> =>
    seeServer({ server, url: new URL(address), onPremise, resolve });

  const first = await see('resourceServer', resourceServer);
  call.onFound?.({ servers: [first] });
  const discovery: DiscoverySeen = isReachable(first)
    ? await discover(call, send)
    : { kind: 'failed', reason: 'the resource server cannot be reached' };
  const authServer = credentials.authServer ?? (discovery.kind === 'found' ? discovery.authServer : null);
  const isElsewhere = authServer !== null && new URL(authServer).origin !== new URL(resourceServer).origin;
  const servers = isElsewhere ? [first, await see('authServer', authServer)] : [first];
  call.onFound?.({ servers, discovery });
  const token = servers.every(isReachable) ? await seeToken(call, { send, tokens, discovery }) : null;
  return { servers, discovery, token, clockAheadMs: clock.aheadMs() };
}

const isReachable = ({ addresses, tls }: ServerSeen): boolean =>
  !('failed' in addresses) && (tls === null || (!('failed' in tls) && tls.problem === null));

async function discover({ credentials }: ProbeCall, send: SendPaid): Promise<DiscoverySeen> {
  const request: PaidRequest = {
    url: new URL(`${credentials.resourceServer}/api/authinfo`),
    onPremise: credentials.onPremise,
    method: 'GET',
    headers: { accept: 'application/json' },
    maxReplyBytes: LARGEST_REPLY,
  };
  let reply: WireReply;
  try {
    reply = await send(request);
  } catch (error) {
    if (error instanceof WireFailure) return { kind: 'failed', reason: error.message };
    throw error;
  }
  if (isHtml(reply)) return { kind: 'html', status: reply.status };
  const info = parsed(reply);
  const { auth_url: authServer, tenant_id: tenant } = isObject(info) ? info : {};
  if (reply.status !== 200 || typeof authServer !== 'string' || !isAllowed(authServer, credentials)) {
    return { kind: 'other', status: reply.status };
  }
  return { kind: 'found', authServer, tenant: typeof tenant === 'string' && tenant !== '' ? tenant : null };
}

function isAllowed(address: string, { onPremise, resourceServer }: ProbeCall['credentials']): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!onPremise && namesThisMachine(new URL(resourceServer), url)) return false;
  try {
    checkOutbound('auth_url', url, { onPremise });
    return true;
  } catch {
    return false;
  }
}

interface TokenParts {
  readonly send: SendPaid;
  readonly tokens: Tokens;
  readonly discovery: DiscoverySeen;
}

async function seeToken(call: ProbeCall, { send, tokens, discovery }: TokenParts): Promise<TokenSeen> {
  const { credentials, budget, signal } = call;
  try {
    const { scopes } = await tokens.renew(credentials, { budget, signal });
    return { kind: 'issued', scopes };
  } catch (error) {
    if (!(error instanceof HaloflowError)) throw error;
    const reason = (error.details?.['reason'] as TokenRefusalReason | undefined) ?? null;
    return {
      kind: 'refused',
      error,
      reason,
      worksWithTenant: reason === 'not-halo' ? null : await tenantThatWorks(call, { send, discovery }),
    };
  }
}

/** Halo refuses an unknown tenant in the words of a wrong secret, or not in words at all: the other tenant tells. */
async function tenantThatWorks(
  { credentials }: ProbeCall,
  { send, discovery }: Pick<TokenParts, 'send' | 'discovery'>,
): Promise<string | null> {
  const found = discovery.kind === 'found' ? discovery.tenant : null;
  const { tenant, onPremise } = credentials;
  if (found === null || tenant === null || onPremise || found.toLowerCase() === tenant.toLowerCase())
    return null;
  try {
    const other = { ...credentials, tenant: found };
    const issued = await requestToken(other, await findTokenEndpoint(other, send), send);
    return 'value' in issued ? found : null;
  } catch (error) {
    if (error instanceof HaloflowError) return null;
    throw error;
  }
}

/** Halo's clock, as the last reply showed it: to the second, halfway between question and answer. */
function createClock(): {
  timed: (send: () => Promise<WireReply>) => Promise<WireReply>;
  aheadMs: () => number | null;
} {
  let ahead: number | null = null;
  return {
    async timed(send) {
      const asked = Date.now();
      const reply = await send();
      const { date } = reply.headers;
      const shown = Date.parse(String(date));
      if (!Number.isNaN(shown)) ahead = Math.round(shown + 500 - (asked + Date.now()) / 2);
      return reply;
    },
    aheadMs: () => ahead,
  };
}

function parsed(reply: WireReply): unknown {
  try {
    return readJson(withoutMarks(reply.body.toString('utf8')));
  } catch {
    return null;
  }
}
