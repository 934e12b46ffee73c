/** Whom a request comes from, also behind a proxy. */
import { isIP, isIPv6 } from 'node:net';
import type { FastifyServerOptions } from 'fastify';
import { ConfigurationError } from '../errors.ts';

type TrustProxyOption = NonNullable<FastifyServerOptions['trustProxy']>;

/**
 * `HALOFLOW_TRUST_PROXY` as Fastify takes it: nothing (nobody is believed), `true` (whoever connects is), the number of
 * proxies, or their addresses and networks, separated by commas. Who is believed says in X-Forwarded-For whom it asks for.
 *
 * @throws ConfigurationError for anything else.
 */
export function trustedProxies(
  value: string | undefined = process.env['HALOFLOW_TRUST_PROXY'],
): TrustProxyOption {
  const text = (value ?? '').trim();
  if (text === '' || text === 'false') return false;
  if (text === 'true') return true;
  if (/^\d{1,3}$/.test(text)) {
    const proxies = Number(text);
    return (_address, hop) => hop < proxies;
  }
  const named = text.split(',').map((one) => one.trim());
  if (named.every(isNetwork)) return named;
  throw new ConfigurationError(
    `HALOFLOW_TRUST_PROXY is "${text}": set it to the number of proxies in front of haloflow, or to their addresses or networks, ` +
      'such as 10.0.0.0/8, separated by commas',
  );
}

function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** The address, of IPv6 the network of 64 bits that one customer has. */
export function sourceOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [left = [], right] = ip.split('::', 2).map((half) => half.split(':').filter((part) => part !== ''));
  const filled =
    right === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return [...filled]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}
