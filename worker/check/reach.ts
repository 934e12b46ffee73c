/** Steps about the way to Halo: names, TLS, discovery, the token and its scopes, the clock. */
import { HaloRateLimitError } from '../../errors.ts';
import { withoutSlashes } from '../../halo/host.ts';
import { covers } from '../../halo/scopes.ts';
import type { Certificate, Failed, Probe, ServerSeen, TokenSeen } from '../../halo/probe/types.ts';
import type { TokenRefusalReason } from '../../halo/tokenRequest.ts';
import type { CheckStep, Needs } from '../../organizations/checkReport.ts';
import type { Connection } from '../../organizations/types.ts';
import { fail, pass, warn } from './step.ts';

const DAY_MS = 24 * 3600_000;
/** A certificate that ends sooner is worth a word. */
const CERTIFICATE_DAYS = 14;

/** The command that puts it right. */
const change = ({ id }: Pick<Connection, 'id'>, flags: string): string =>
  `haloflow connections change ${id} ${flags}`;
const FLAGS = { resourceServer: '--resource-server HOST', authServer: '--auth-server HOST' } as const;

type Reached = Pick<Probe, 'servers'> & Partial<Pick<Probe, 'discovery' | 'token'>>;

/** Other steps stand on one that failed, so it ends the list, as what was not looked at does. */
export function reachSteps(
  connection: Connection,
  { servers, discovery, token = null }: Reached,
): CheckStep[] {
  const names = worst(servers.map((server) => nameStep(connection, server)));
  if (names.verdict === 'fail') return [names];
  const tls = worst(servers.map((server) => tlsStep(connection, server)));
  if (tls.verdict === 'fail' || discovery === undefined) return [names, tls];
  const found = discoveryStep(connection, discovery, token);
  return token === null ? [names, tls, found] : [names, tls, found, tokenStep(connection, token)];
}

function worst(steps: readonly CheckStep[]): CheckStep {
  const found =
    steps.find(({ verdict }) => verdict === 'fail') ??
    steps.find(({ verdict }) => verdict === 'warn') ??
    steps[0]!;
  const others = steps.filter((step) => step !== found).map(({ seen }) => seen);
  return { ...found, seen: [found.seen, ...others].join('; ') };
}

function nameStep(connection: Connection, { server, host, addresses, isAddress }: ServerSeen): CheckStep {
  const step = 'name resolution';
  if (isAddress) return pass(step, `${host} is an address: there is no name to resolve`);
  if (!('failed' in addresses)) return pass(step, `${host} is ${addresses.join(', ')}`);
  const seen = `${host}: ${addresses.failed}`;
  if (addresses.private) {
    return fail(
      step,
      seen,
      `If Halo runs in your own network, say that the connection is on-premise: ${change(connection, '--on-premise')}`,
    );
  }
  if (addresses.code === 'ENOTFOUND') {
    return fail(step, seen, `There is no such host: correct ${server}: ${change(connection, FLAGS[server])}`);
  }
  return fail(step, seen, "The name could not be looked up now: check this machine's network and its DNS");
}

function tlsStep(
  connection: Connection,
  { server, host, tls, encrypted, isLoopback }: ServerSeen,
): CheckStep {
  const step = 'TLS';
  if (!encrypted && isLoopback) return pass(step, `${host} is this machine, by plain http`);
  if (!encrypted || tls === null) {
    return warn(
      step,
      `${host} is spoken to by plain http${connection.onPremise ? ', as on-premise allows' : ''}: secrets go unencrypted`,
      `Give ${server} with https://: ${change(connection, FLAGS[server])}`,
    );
  }
  if ('failed' in tls)
    return fail(
      step,
      `${host}: ${tls.failed}`,
      unreachableRemedy(server, tls, change(connection, FLAGS[server])),
    );
  const seen = `${host}: ${tls.protocol}, certificate by ${tls.issuer} until ${dayOf(tls.validTo)}`;
  if (tls.problem !== null)
    return fail(
      step,
      `${seen}: ${tls.problem.failed}`,
      certificateRemedy(server, tls, change(connection, FLAGS[server])),
    );
  if (tls.validTo.getTime() - Date.now() < CERTIFICATE_DAYS * DAY_MS) {
    return warn(step, seen, 'Its certificate ends soon: renew it, or ask who runs this Halo');
  }
  return pass(step, seen);
}

const dayOf = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);

function unreachableRemedy(server: string, { code }: Failed, command: string): string {
  if (code === 'ECONNREFUSED') return `Nothing listens there: correct ${server}: ${command}`;
  if (/SSL|EPROTO|WRONG_VERSION/i.test(code)) {
    return `What listens there does not speak TLS: correct the port of ${server}: ${command}`;
  }
  return 'Check the network between this machine and Halo: firewall, proxy, VPN';
}

function certificateRemedy(server: string, { problem }: Certificate, command: string): string {
  const code = problem?.code ?? '';
  if (/EXPIRED/.test(code)) return 'The certificate has expired: renew it, or ask who runs this Halo';
  if (/ALTNAME/.test(code)) return `The certificate is for another host: correct ${server}: ${command}`;
  return 'Its issuer is not known here: add the certificate of the issuer with NODE_EXTRA_CA_CERTS, or have Halo use a public one';
}

const LATER = "Try again when Halo's window is over; the step about the rate limit says more";

function discoveryStep(
  { id, resourceServer, authServer, tenant, onPremise }: Connection,
  discovery: Probe['discovery'],
  token: TokenSeen | null,
): CheckStep {
  const step = 'discovery';
  const what = `${resourceServer}/api/authinfo`;
  if (discovery.kind === 'found') {
    const seen = `${what} names ${discovery.authServer}, tenant ${discovery.tenant ?? '(none)'}`;
    const differing = [
      { field: 'tenant', flag: '--tenant', own: onPremise ? null : tenant, found: discovery.tenant },
      { field: 'authServer', flag: '--auth-server', own: authServer, found: discovery.authServer },
    ].filter(({ own, found }) => differ(own, found));
    if (differing.length === 0) return pass(step, seen);
    return warn(
      step,
      `${seen}; the connection says ${differing.map(({ field, own }) => `${field} ${own}`).join(', ')}`,
      `Set ${differing.map(({ field, found }) => `${field} of the connection to ${found}`).join(' and ')}, or leave it out: ` +
        change({ id }, differing.map(({ flag, found }) => `${flag} ${found}`).join(' ')),
    );
  }
  if (discovery.kind === 'html') {
    return fail(
      step,
      `${what} answered ${discovery.status} with an HTML page: this is a web page and not Halo's API`,
      'Correct resourceServer: it is the "Resource Server" of Configuration > Integrations > HaloPSA API in Halo, without /api: ' +
        change({ id }, FLAGS.resourceServer),
    );
  }
  if (discovery.kind === 'other' && discovery.status === 429) {
    return warn(step, `${what} answered 429: Halo takes no more requests now`, LATER);
  }
  const seen =
    discovery.kind === 'failed'
      ? `${what} got no answer: ${discovery.reason}`
      : `${what} answered ${discovery.status} and does not say where tokens come from`;
  const remedy =
    'Correct resourceServer, or give authServer and tenant as Configuration > Integrations > HaloPSA API in Halo shows them';
  const goesWithout = (authServer !== null || onPremise) && token?.kind === 'issued';
  return goesWithout ? warn(step, seen, remedy) : fail(step, seen, remedy);
}

/** Whether both are there and are not the same but for case and a slash at the end. */
function differ(own: string | null, found: string | null): boolean {
  const plain = (text: string): string => withoutSlashes(text).toLowerCase();
  return own !== null && found !== null && plain(own) !== plain(found);
}

function tokenStep({ id, tenant }: Connection, token: TokenSeen): CheckStep {
  const step = 'token';
  if (token.kind === 'issued') return pass(step, 'Halo gave a token for the client id and secret');
  const { error, reason, worksWithTenant } = token;
  if (worksWithTenant !== null) {
    return fail(
      step,
      `wrong tenant: Halo refuses tenant ${tenant} and gives a token for tenant ${worksWithTenant}`,
      `Set the tenant of the connection to ${worksWithTenant}, or leave it out: ${change({ id }, `--tenant ${worksWithTenant}`)}`,
    );
  }
  if (error instanceof HaloRateLimitError) return fail(step, error.message, LATER);
  const [what, remedy] = (reason === null ? undefined : REFUSALS[reason]) ?? OTHER_REFUSAL;
  return fail(step, what === '' ? error.message : `${what}: ${error.message}`, remedy.replaceAll('{id}', id));
}

const OTHER_REFUSAL = [
  '',
  'Correct authServer, tenant, client id and secret of the connection: haloflow connections change {id} with their flags',
] as const;

const REFUSALS: Partial<Record<TokenRefusalReason, readonly [what: string, remedy: string]>> = {
  tenant: [
    'wrong tenant',
    'Set the tenant as Configuration > Integrations > HaloPSA API in Halo shows it, or leave it out: haloflow connections change {id} --tenant TENANT',
  ],
  expired: [
    'expired secret',
    'Make a new secret for the application in Halo, then: haloflow connections rotate-secret {id}',
  ],
  secret: [
    'wrong client id or secret',
    'Halo does not say which: compare the client id in Halo (it may have changed when the application was saved first) and ' +
      'correct it: haloflow connections change {id} --client-id CLIENT; or make a new secret there: haloflow connections rotate-secret {id}',
  ],
  grant: [
    'wrong grant',
    'In Halo set the authentication method of the application to "Client ID and Secret (Services)", with login type Agent',
  ],
  scope: [
    'wrong scope',
    'Tick the scopes of the connection in the application, or narrow the scope of the connection: haloflow connections change {id} --scope "SCOPES"',
  ],
};

/** Scopes that were granted against those needed; a token was given. */
export function scopesStep(
  { scope }: Connection,
  granted: readonly string[] | null,
  needs: Needs,
): CheckStep {
  const step = 'scopes';
  if (granted === null) {
    return warn(
      step,
      `Halo did not say which scopes it granted; the connection asks for: ${scope}`,
      `See in Halo that the application has: ${needs.scopes.map((need) => need.scope).join(' ')}`,
    );
  }
  const seen = `granted: ${granted.join(' ')}`;
  const missing = needs.scopes.filter((need) => need.granted === false);
  if (missing.length > 0) {
    const list = missing.map((need) => `${need.scope} (${need.because.join(', ')})`).join('; ');
    const asks = missing.every((need) => covers(scope.split(' '), need.scope));
    return fail(
      step,
      `${seen}; missing: ${list}`,
      `Tick ${missing.map((need) => need.scope).join(', ')} in the application in Halo${asks ? '' : ', and add them to scope of the connection'}`,
    );
  }
  const refused = scope.split(' ').filter((one) => one !== '' && !covers(granted, one));
  if (refused.length === 0 || refused.includes('all'))
    return pass(step, `${seen}; nothing that is needed is missing`);
  return warn(
    step,
    `${seen}; the connection also asks for ${refused.join(' ')}, which the application does not have`,
    'Nothing in use needs it: take it out of scope of the connection, or tick it in the application in Halo',
  );
}

const CLOCK_WARN_MS = 30_000;
/** What the write ledger and looks by date allow. */
const CLOCK_FAIL_MS = 300_000;

export function clockStep({ clockAheadMs }: Probe): CheckStep {
  const step = 'clock';
  if (clockAheadMs === null)
    return warn(step, 'Halo does not show its clock', 'See that both clocks are right');
  const off = Math.abs(clockAheadMs);
  const seen =
    off < 1500
      ? "Halo's clock and this machine's agree"
      : `Halo's clock is ${Math.round(off / 1000)} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
  const remedy = 'Set the clock of this machine by NTP; if it is right, tell who runs this Halo';
  if (off > CLOCK_FAIL_MS) return fail(step, seen, remedy);
  return off > CLOCK_WARN_MS ? warn(step, seen, remedy) : pass(step, seen);
}
