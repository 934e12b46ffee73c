import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { officialDownload } from '../../engine/download.ts';
import { probeCli } from '../../engine/version.ts';
import { script, temporalWith } from './scripts.ts';

const archiveName = `temporal_cli_1.8.2_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;
let directory: string;
let target: string;
let archive: Buffer;
let server: Server | undefined;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'haloflow-download-'));
  target = path.join(directory, 'target');
  await script(target, 'placeholder', '');
  await rm(path.join(target, 'placeholder'));
  await script(path.join(directory, 'release'), 'temporal', temporalWith('1.31.2'));
  await script(path.join(directory, 'release'), 'LICENSE', '');
  const file = path.join(directory, archiveName);
  execFileSync('tar', ['-czf', file, '-C', path.join(directory, 'release'), 'temporal', 'LICENSE']);
  archive = await readFile(file);
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  server = undefined;
  await rm(directory, { recursive: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1.8.2`;
}

/** A release of this archive, answered as `send` does; its checksums.txt is whatever who has replaced it wants. */
async function release(send: (response: Parameters<RequestListener>[1]) => void): Promise<string> {
  return serve((request, response) => {
    if (request.url === `/v1.8.2/${archiveName}`) send(response);
    else response.writeHead(404).end();
  });
}

const obtain = async (release: string): Promise<void> => {
  const place = archiveName.slice('temporal_cli_1.8.2_'.length, -'.tar.gz'.length);
  const digests = { [place]: createHash('sha256').update(archive).digest('hex') };
  await officialDownload({ release, digests }).obtain(target, () => undefined);
};

test('the executable of the release is unpacked, and nothing else is left', async () => {
  await obtain(await release((response) => response.end(archive)));
  expect(await readdir(target)).toEqual(['temporal']);
  expect((await probeCli(path.join(target, 'temporal'))).server).toBe('1.31.2');
});

test('an archive with other bytes than those that are known is refused, and not unpacked', async () => {
  const url = await release((response) => response.end(archive.subarray(0, -20)));
  await expect(obtain(url)).rejects.toThrow(
    new RegExp(`^${archiveName} has SHA-256 [0-9a-f]{64}, but [0-9a-f]{64} is expected$`),
  );
  expect(await readdir(target)).not.toContain('temporal');
});

test('a release whose archive and checksums.txt were both replaced is refused', async () => {
  const digest = createHash('sha256').update(archive).digest('hex');
  const url = await serve((request, response) => {
    if (request.url === '/v1.8.2/checksums.txt') response.end(`${digest}  ${archiveName}\n`);
    else response.end(archive);
  });
  await expect(officialDownload({ release: url }).obtain(target, () => undefined)).rejects.toThrow(
    `${archiveName} has SHA-256 ${digest}, but `,
  );
});

test('a connection that breaks in the middle is an error', async () => {
  const url = await release((response) => {
    response.writeHead(200, { 'content-length': archive.length });
    response.write(archive.subarray(0, 50), () => response.destroy());
  });
  await expect(obtain(url)).rejects.toThrow();
});

test('a platform without an archive', async () => {
  await expect(officialDownload({ digests: {} }).obtain(target, () => undefined)).rejects.toThrow(
    `there is no archive for ${process.platform} ${process.arch}`,
  );
});

test('a missing release', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end());
  await expect(obtain(url)).rejects.toThrow(`GET ${url}/${archiveName} answered 404`);
});

test('without a network it gives up at once, and after its patience when nobody answers', async () => {
  const url = await serve(() => undefined);
  const impatient = officialDownload({ release: url, patienceMs: 300 });
  await expect(impatient.obtain(target, () => undefined)).rejects.toThrow(
    /could not be reached \(Headers Timeout/,
  );
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  await expect(obtain(url)).rejects.toThrow(
    `${url}/${archiveName} could not be reached (connect ECONNREFUSED`,
  );
});
