/** Limits failed authentication, by credential and by address, before the database is queried. Only failures count. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sourceOf } from './clientAddress.ts';
import { Problem } from './problem.ts';
import { createRecent } from './recent.ts';

const WINDOW_MS = 60_000;
/** Lookups of the same wrong token or secret in a minute; its further failures do not count for its address. */
const MOST_OF_ONE = 200;
/** Failures from one address in a minute; after them, only credentials that were right before are looked up at once. */
const MOST_OF_ADDRESS = 600;
/** From such an address, one unknown credential is looked up in this time, so that a new client still gets in. */
const NEWCOMER_EVERY_MS = 100;
/** How long a right credential is remembered. */
const RIGHT_MS = 3600_000;

interface Failures {
  count: number;
  /** When the next unknown credential may be looked up, by `performance.now()`. */
  newcomerAt: number;
}

/** Adds the limit to every route of the server; limited requests get a 429. */
export function limitFailures(server: FastifyInstance): void {
  const wrong = createRecent<Failures>(WINDOW_MS);
  const addresses = createRecent<Failures>(WINDOW_MS);
  const right = createRecent<true>(RIGHT_MS);
  const none = (): Failures => ({ count: 0, newcomerAt: 0 });

  server.addHook('onRequest', (request, _reply, done) => {
    const offered = offeredBy(request);
    if (offered === null || right.get(offered)) return done();
    if ((wrong.get(offered)?.count ?? 0) >= MOST_OF_ONE) return done(tooMany('with this token or secret'));
    const address = addresses.get(sourceOf(request.ip));
    if (!address || address.count < MOST_OF_ADDRESS) return done();
    const now = performance.now();
    if (now < address.newcomerAt) return done(tooMany('from this address'));
    address.newcomerAt = now + NEWCOMER_EVERY_MS;
    done();
  });

  server.addHook('onResponse', (request, reply, done) => {
    const offered = offeredBy(request);
    if (offered === null || reply.statusCode === 429) return done();
    if (reply.statusCode === 401) {
      right.delete(offered);
      wrong.entry(offered, none).count += 1;
      addresses.entry(sourceOf(request.ip), none).count += 1;
    } else if (request.routeOptions.url !== undefined && reply.statusCode < 500) {
      right.set(offered, true);
      wrong.delete(offered);
    }
    done();
  });
}

/** A digest of the credentials of a request: its token, the secret in a header or in the path; null if it has none. */
function offeredBy({ headers, url }: FastifyRequest): string | null {
  const { authorization = '', 'x-webhook-secret': secret = '' } = headers;
  const [path = ''] = url.split('?', 1);
  const place = /^\/(?:webhooks|halo)\//.test(path) ? path : '';
  if (authorization === '' && secret === '' && place === '') return null;
  return createHash('sha256')
    .update([place, authorization, String(secret)].join('\n'))
    .digest('base64url');
}

const tooMany = (whose: string): Problem =>
  new Problem(429, 'Too Many Requests', `too many requests ${whose} have failed: wait a minute`, {
    headers: { 'retry-after': '60' },
  });
