/** The address that a request comes from, also behind a proxy. */
import { isIP, isIPv6 } from 'node:net';
import type { FastifyServerOptions } from 'fastify';
import { ConfigurationError } from '../errors.ts';

type TrustProxyOption = NonNullable<FastifyServerOptions['trustProxy']>;

/**
 * `HALOFLOW_TRUST_PROXY` in Fastify's form: empty (trust no proxy), `true` (trust every peer), the number of proxies, or
 * their addresses and networks, separated by commas. X-Forwarded-For of a trusted proxy names the client.
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

/** The IPv4 address, or the /64 network of an IPv6 address: one customer has all of it. */
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
