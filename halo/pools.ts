import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { isLoopbackHost, mayConnect } from './address.ts';

/** The code of the error for a name that resolves into a private range. */
export const PRIVATE_ADDRESS = 'HALOFLOW_PRIVATE_ADDRESS';

/** Resolves a host name to every address it has. */
export type ResolveName = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface PoolSettings {
  /** Sockets to one host at most; more requests wait for a free one. */
  readonly connectionsPerHost: number;
  readonly connectTimeoutMs: number;
  /** How names are resolved; default the operating system's way. */
  readonly resolve?: ResolveName;
}

/** Keep-alive connections: one pool for each host, apart for on-premise connections, which may reach more. */
export interface Pools {
  /** The pool of a URL's host. */
  for(url: URL, onPremise: boolean): Pool;
  /** Waits for requests under way, then closes every socket. */
  close(): Promise<void>;
}

export function createPools(settings: PoolSettings): Pools {
  const pools = new Map<string, Pool>();
  return {
    for(url, onPremise) {
      const key = `${url.origin} ${onPremise}`;
      const known = pools.get(key);
      if (known !== undefined) return known;
      const pool = new Pool(url.origin, {
        connections: settings.connectionsPerHost,
        pipelining: 1,
        keepAliveTimeout: 30_000,
        // One timer of our own covers the whole exchange, waiting for a socket included.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: {
          timeout: settings.connectTimeoutMs,
          lookup: guardedLookup({ onPremise, loopback: isLoopbackHost(url.hostname) }, settings.resolve),
        },
      });
      pools.set(key, pool);
      return pool;
    },
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.close()));
    },
  };
}

export const resolveWithSystem: ResolveName = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/** Checks the addresses that are then connected to, so that a name cannot lead into a private range. */
export function guardedLookup(
  host: { onPremise: boolean; loopback: boolean },
  resolve: ResolveName = resolveWithSystem,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const refused = addresses.find(({ address }) => !mayConnect(address, host));
        if (refused !== undefined) {
          const error = new Error(`${hostname} resolves to ${refused.address}, a private address`);
          callback(Object.assign(error, { code: PRIVATE_ADDRESS }), []);
        } else if (first === undefined) {
          callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), []);
        } else if (options.all === true) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
