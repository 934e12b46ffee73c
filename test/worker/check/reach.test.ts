/** What is wrong before Halo is reached: names, and certificates. */
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificate } from './certificate.ts';
import { startDoctor } from './doctor.ts';
import type { Doctor } from './doctor.ts';

const addresses: Readonly<Record<string, string>> = {
  'halo.example': '127.0.0.1',
  'inside.example': '10.1.2.3',
};

let doctor: Doctor;
let server: Server;
beforeAll(async () => {
  doctor = await startDoctor({
    resolve: (name) => {
      const address = addresses[name];
      if (address) return Promise.resolve([{ address, family: 4 }]);
      return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }));
    },
  });
  server = createServer(certificate);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await doctor.close();
});

const portOf = (): number => (server.address() as AddressInfo).port;

test('a name that does not exist', async () => {
  await doctor.connect({ resourceServer: 'https://nowhere.example' });
  const report = await doctor.check();
  expect(report.steps[1]).toMatchObject({ step: 'name resolution', verdict: 'fail' });
  expect(report.steps[1]?.remedy).toContain('resourceServer');
  expect(report.skipped).toEqual(expect.arrayContaining(['TLS', 'discovery', 'token']));
});

test('a name that leads into the own network is refused, and looked at when it is on-premise', async () => {
  await doctor.connect({ resourceServer: 'https://inside.example' });
  expect(await doctor.step('name resolution')).toMatchObject({
    verdict: 'fail',
    remedy: expect.stringContaining('on-premise') as string,
  });
});

test('a certificate whose issuer nobody knows', async () => {
  await doctor.connect({ resourceServer: `https://halo.example:${portOf()}`, onPremise: true });
  const report = await doctor.check();
  expect(report.steps.find(({ step }) => step === 'TLS')).toMatchObject({
    verdict: 'fail',
    seen: expect.stringContaining('halo.example') as string,
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
  });
  expect(report.ok).toBe(false);
});

test('a port where nothing listens', async () => {
  await doctor.connect({ resourceServer: 'https://halo.example:1', onPremise: true });
  expect(await doctor.step('TLS')).toMatchObject({
    verdict: 'fail',
    remedy: expect.stringContaining('Nothing listens') as string,
  });
});
