/** Where the HTTP API of this home listens, and how others reach it. */
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { readTextFile, writePrivateFile } from './files.ts';
import { homeDirectory } from './home.ts';
import { withLock } from './lock.ts';
import { freePort } from './ports.ts';

export interface ApiAddress {
  /** Default 127.0.0.1: this machine only. */
  readonly host: string;
  readonly port: number;
  /** What URLs that are given to others start with; no slash at its end. */
  readonly publicUrl: string;
}

/**
 * `HALOFLOW_API_HOST` and `HALOFLOW_API_PORT`, or loopback and a port that is chosen once for this home;
 * `HALOFLOW_PUBLIC_URL`, or the local address. Throws ConfigurationError for a port or URL that is none.
 */
export async function apiAddress(): Promise<ApiAddress> {
  const host = process.env['HALOFLOW_API_HOST'] || '127.0.0.1';
  const port = givenPort() ?? (await keptPort());
  // An address that stands for all of this machine's is none that anybody could call.
  const local = /^(0\.0\.0\.0|::|localhost)$/.test(host) ? '127.0.0.1' : host;
  const own = `http://${local.includes(':') ? `[${local}]` : local}:${port}`;
  return { host, port, publicUrl: givenUrl() ?? own };
}

function givenPort(): number | null {
  const text = process.env['HALOFLOW_API_PORT'];
  if (!text) return null;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port;
  throw new ConfigurationError(
    `HALOFLOW_API_PORT is "${text}", which is no port: set it to a number from 1 to 65535, or unset it`,
  );
}

function givenUrl(): string | null {
  const text = process.env['HALOFLOW_PUBLIC_URL'];
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '') {
    return url.href.replace(/\/+$/, '');
  }
  throw new ConfigurationError(
    'HALOFLOW_PUBLIC_URL is not the start of a web address: set it to one like https://haloflow.example.com, without ' +
      'user, query or fragment, or unset it',
  );
}

async function keptPort(): Promise<number> {
  const file = path.join(homeDirectory(), 'api.port');
  return withLock(`${file}.lock`, async () => {
    const kept = Number(readTextFile(file));
    if (Number.isSafeInteger(kept) && kept > 0 && kept < 65_536) return kept;
    const port = await freePort();
    writePrivateFile(file, `${port}\n`);
    return port;
  });
}
