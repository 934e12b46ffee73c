import { ConfigurationError } from '../errors.ts';
import type { HaloCredentials } from './types.ts';
import { addressKind, isLoopbackHost, literalAddress, mayConnect } from './address.ts';

export interface HostOptions {
  /** The connection is to an on-premise Halo: plain http, private addresses and short names are allowed. */
  readonly onPremise?: boolean;
}

/**
 * The base URL of a resource server from any form people paste: with or without scheme, trailing slash,
 * `/api`, `/auth`, upper case, spaces around. `  HTTPS://Northwind.HaloPSA.com/api/ ` gives
 * `https://northwind.halopsa.com`, and so does `http://` before it, unless it is on-premise. Throws ConfigurationError.
 */
export function normaliseResourceServer(pasted: string, options: HostOptions = {}): string {
  const url = parseHost('resourceServer', pasted, options);
  // A hosted Halo is at the root of its host: a path there is that of a pasted page.
  const mayHavePath = options.onPremise === true || isLoopbackHost(url.hostname);
  return url.origin + (mayHavePath ? pathBefore(url, ['api', 'auth']) : '');
}

/**
 * The base URL of an authorization server: as for the resource server, but it keeps its path, and a bare host name gets
 * Halo's `/auth`. A pasted token URL loses its `/token`, unless that is the whole path. The stored form does not change
 * when normalised again. Throws ConfigurationError.
 */
export function normaliseAuthServer(pasted: string, options: HostOptions = {}): string {
  const url = parseHost('authServer', pasted, options);
  const path = pathBefore(url, ENDPOINTS).replace(/(\/api)+$/i, '');
  if (path !== '') return url.origin + path.replace(/\/auth$/i, '/auth');
  return url.origin + (namesEndpoint(url) ? '/token' : '/auth');
}

/** Endpoints side by side on an authorization server. */
const ENDPOINTS = ['token', 'authorize', '.well-known'];

const namesEndpoint = (url: URL): boolean =>
  url.pathname.split('/').some((segment) => ENDPOINTS.includes(segment.toLowerCase()));

/**
 * Refuses a base URL that a connection must not talk to: plain http or an address of a private range, unless
 * the connection is on-premise or the host is this machine. Throws ConfigurationError.
 */
export function checkOutbound(name: string, url: URL, options: HostOptions): void {
  const loopback = isLoopbackHost(url.hostname);
  const onPremise = options.onPremise === true;
  if (url.protocol === 'http:' && !loopback && !onPremise) {
    throw new ConfigurationError(
      `${name} ${url.host} is given with http://, which would send the secret unencrypted: use https, or say onPremise: true`,
    );
  }
  const address = literalAddress(url.hostname);
  if (address === null || mayConnect(address, { onPremise, loopback })) return;
  throw new ConfigurationError(
    addressKind(address) === 'forbidden'
      ? `${name} ${url.host} is not an address a Halo server can have`
      : `${name} ${url.host} is a private address: say onPremise: true if Halo runs in your own network`,
  );
}

/** Whether a server somewhere else names this machine, where nothing of its own can be. */
export const namesThisMachine = (from: URL, named: URL): boolean =>
  isLoopbackHost(named.hostname) && !isLoopbackHost(from.hostname);

/** Refuses the servers of a connection that it must not talk to. Throws ConfigurationError. */
export function checkServers(
  credentials: Pick<HaloCredentials, 'connection' | 'resourceServer' | 'authServer' | 'onPremise'>,
): void {
  const { connection, resourceServer, authServer, onPremise } = credentials;
  for (const [key, server] of Object.entries({ resourceServer, authServer })) {
    if (server === null) continue;
    const name = `${key} of connection ${connection}:`;
    if (!URL.canParse(server)) throw new ConfigurationError(`${name} ${server} is not a URL`);
    checkOutbound(name, new URL(server), { onPremise });
  }
}

/**
 * Whether an address in any form people paste would lead into a network of one's own: plain http that is not corrected to
 * https, a short name, this machine, or an address that is not public. False for what is no address at all.
 */
export function isOwnNetwork(pasted: string): boolean {
  let url: URL;
  try {
    url = parseUrl('the address', pasted);
  } catch {
    return false;
  }
  const address = literalAddress(url.hostname);
  if (isHostedOverHttp(url)) return false;
  if (url.protocol === 'http:' || isLoopbackHost(url.hostname) || isShort(url)) return true;
  return address !== null && addressKind(address) !== 'public';
}

function parseHost(name: string, pasted: string, options: HostOptions): URL {
  const url = parseUrl(name, pasted);
  if (isShort(url) && !isLoopbackHost(url.hostname) && options.onPremise !== true) {
    throw new ConfigurationError(
      `${name} "${pasted.trim()}" is not a full host name: give all of it, such as ${url.hostname}.halopsa.com, or say onPremise: true`,
    );
  }
  if (options.onPremise !== true && isHostedOverHttp(url)) url.protocol = 'https:';
  checkOutbound(name, url, options);
  return url;
}

/** Every hosted Halo speaks TLS at the usual port; at a port that somebody names, nobody knows. */
const isHostedOverHttp = (url: URL): boolean =>
  url.protocol === 'http:' &&
  url.port === '' &&
  !isShort(url) &&
  !isLoopbackHost(url.hostname) &&
  literalAddress(url.hostname) === null;

const isShort = ({ hostname }: URL): boolean => !hostname.includes('.') && literalAddress(hostname) === null;

function parseUrl(name: string, pasted: string): URL {
  const text = pasted.trim();
  const plain = bare(text);
  if (plain === '')
    throw new ConfigurationError(`${name} is empty: give a host name such as northwind.halopsa.com`);
  const other = /^([a-z][a-z0-9+.-]*):\/\//i.exec(plain);
  if (other !== null && !/^https?$/i.test(other[1] ?? '')) {
    throw new ConfigurationError(`${name} starts with ${other[1]}://: Halo is reached over https`);
  }
  // Pasted behind a scheme that was there already, it has two.
  const schemes = /^(?:https?:[/\\]*)*/i.exec(plain)?.[0] ?? '';
  const scheme = /http:[/\\]*$/i.test(schemes) ? 'http' : 'https';
  const rest = plain.slice(schemes.length).replace(/^[/\\]+/, '');
  // A pasted user:password@ would be quoted back in every error message.
  if (/^[^/?#\\]*@/.test(rest)) {
    throw new ConfigurationError(`${name} must not hold a user name or password: give the host name alone`);
  }
  let url: URL;
  try {
    url = new URL(`${scheme}://${rest}`);
  } catch {
    throw new ConfigurationError(
      `${name} "${text}" is not a host name or URL: it should look like northwind.halopsa.com`,
    );
  }
  // What ends with a dot is the same host, and would be another one to the rate limit and to certificates.
  url.hostname = url.hostname.replace(/\.$/, '');
  if (!/^[a-z0-9.:[\]-]+$/.test(url.hostname) || !fitsDns(url.hostname)) {
    throw new ConfigurationError(
      `${name} "${text}" is not a host name: it should look like northwind.halopsa.com`,
    );
  }
  return url;
}

/** Without the spaces, quotes and brackets around it that texts put around an address, and the mark after it. */
const bare = (pasted: string): string =>
  withoutEnd(pasted.trim().replace(/^[\s"'`<(“‘«]+/, ''), /[\s"'`>)”’»,;]/);

/** A URL without slashes at its end. */
export const withoutSlashes = (url: string): string => withoutEnd(url, /\//);

/** Removes characters of a class from the end, in linear time; `replace(/[…]+$/)` would start at each of them. */
function withoutEnd(text: string, characters: RegExp): string {
  let end = text.length;
  while (end > 0 && characters.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Its parts between the dots have 1 to 63 characters, and no hyphen at their ends. */
const fitsDns = (host: string): boolean =>
  host.startsWith('[') ||
  (host.length <= 253 && host.split('.').every((label) => /^(?!-).{1,63}(?<!-)$/.test(label)));

/** The path up to the first of some segments, without a trailing slash. */
function pathBefore(url: URL, ends: readonly string[]): string {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const end = segments.findIndex((segment) => ends.includes(segment.toLowerCase()));
  return (end === -1 ? segments : segments.slice(0, end)).map((segment) => `/${segment}`).join('');
}
