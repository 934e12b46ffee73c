/** A server before any HTTP: is there an address, and does its certificate hold? */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { isLoopbackHost, literalAddress, mayConnect } from '../address.ts';
import { connectFailure } from '../connectFailure.ts';
import { guardedLookup, resolveWithSystem } from '../pools.ts';
import type { ResolveName } from '../pools.ts';
import type { Certificate, Failed, ServerSeen } from './types.ts';

const TIMEOUT_MS = 10_000;

export interface LookedAt {
  readonly server: ServerSeen['server'];
  readonly url: URL;
  readonly onPremise: boolean;
  readonly resolve?: ResolveName | undefined;
}

export async function seeServer(about: LookedAt): Promise<ServerSeen> {
  const { server, url } = about;
  const addresses = await addressesOf(about);
  const encrypted = url.protocol === 'https:';
  return {
    server,
    host: url.host,
    isLoopback: isLoopbackHost(url.hostname),
    isAddress: literalAddress(url.hostname) !== null,
    addresses,
    encrypted,
    tls: encrypted && !('failed' in addresses) ? await certificateOf(about) : null,
  };
}

async function addressesOf({
  url,
  onPremise,
  resolve = resolveWithSystem,
}: LookedAt): Promise<ServerSeen['addresses']> {
  const literal = literalAddress(url.hostname);
  if (literal !== null) return [literal];
  try {
    const found = (await resolve(url.hostname)).map(({ address }) => address);
    const loopback = isLoopbackHost(url.hostname);
    const refused = found.find((address) => !mayConnect(address, { onPremise, loopback }));
    if (refused === undefined) return found;
    return { ...failed(new Error(`it resolves to ${refused}, a private address`)), private: true };
  } catch (error) {
    return { ...failed(error), private: false };
  }
}

function certificateOf({ url, onPremise, resolve }: LookedAt): Promise<Certificate | Failed> {
  const host = literalAddress(url.hostname) ?? url.hostname;
  return new Promise((done) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      // Seen and told, not trusted: nothing is sent over this socket.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      lookup: guardedLookup({ onPremise, loopback: isLoopbackHost(url.hostname) }, resolve),
    });
    const end = (seen: Certificate | Failed): void => {
      socket.destroy();
      done(seen);
    };
    socket.setTimeout(TIMEOUT_MS, () => end(failed(new Error(`no connection within ${TIMEOUT_MS} ms`))));
    socket.once('error', (error) => end(failed(error)));
    socket.once('secureConnect', () => {
      const { issuer, valid_to: validTo } = socket.getPeerCertificate();
      const { authorized, authorizationError: problem } = socket;
      end({
        protocol: socket.getProtocol() ?? 'TLS',
        issuer: [issuer?.O, issuer?.CN].flat().find((name) => name !== undefined) ?? 'unknown',
        validTo: new Date(validTo),
        problem: authorized ? null : failed(problem),
      });
    });
  });
}

function failed(error: unknown): Failed {
  const { code, text } = connectFailure(error);
  const told = text === '' ? String(error) : text;
  return { failed: told, code: code ?? told };
}
