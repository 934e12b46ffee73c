import { setTimeout as sleep } from 'node:timers/promises';
import { openSandbox, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeEach(async () => {
  await halo.control.reset();
  caller = await halo.login();
  await halo.control.reset();
});
beforeAll(async () => {
  halo = await openSandbox();
});
afterAll(() => halo.close());

const statuses = async (count: number, path = 'Agent'): Promise<number[]> => {
  const replies: number[] = [];
  for (let index = 0; index < count; index += 1) replies.push((await caller.get(path)).status);
  return replies;
};

test('the 301st request in five minutes is refused with Halo’s text', async () => {
  const began = performance.now();
  await Promise.all(Array.from({ length: 300 }, () => caller.get('Status')));
  const reply = await caller.get('Status');
  expect(reply.status).toBe(429);
  expect(reply.text).toBe('Rate Limit Reached - 300 Requests per rolling 5 minute window');
  expect(reply.headers['content-type']).toMatch(/^text\/plain/);
  const wait = Number(reply.headers['retry-after']);
  expect(wait).toBeGreaterThan(299 - (performance.now() - began) / 1_000);
  expect(wait).toBeLessThanOrEqual(300);
});

test('the window rolls: a place is free again exactly one window after it was taken', async () => {
  await halo.control.settings({ rateLimit: { requests: 2, perSeconds: 0.6 } });
  await halo.control.clearRequests();
  for (let request = 0; request < 12; request += 1) {
    await statuses(1);
    await sleep(120);
  }
  const seen = (await halo.control.requests()).map(({ time, status }) => ({ time, passed: status === 200 }));
  for (const [index, { time, passed }] of seen.entries()) {
    const places = (width: number): number =>
      seen.slice(0, index).filter((other) => other.passed && time - other.time < width).length;
    // The log has whole milliseconds.
    const [least, most] = [places(598), places(602)];
    if (passed) expect(least).toBeLessThan(2);
    else expect(most).toBe(2);
  }
});

test('refused requests do not count against the limit, but in the maximum that tests assert', async () => {
  await halo.control.settings({ rateLimit: { requests: 3, perSeconds: 300 } });
  expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
  expect(await halo.control.limits()).toEqual({
    requests: 3,
    perSeconds: 300,
    maxInWindow: 5,
    arrivals: 5,
    refused: 2,
  });
});

test('the maximum is of any window of the length asked for', async () => {
  await halo.control.clearRequests();
  await statuses(3);
  await sleep(300);
  await statuses(2);
  const times = (await halo.control.requests()).map(({ time }) => time);
  const most = (width: number): number =>
    Math.max(...times.map((end) => times.filter((time) => time > end - width && time <= end).length));
  // The log has whole milliseconds.
  const { maxInWindow } = await halo.control.limits(0.25);
  expect(maxInWindow).toBeGreaterThanOrEqual(most(248));
  expect(maxInWindow).toBeLessThanOrEqual(most(252));
  expect((await halo.control.limits(3_600)).maxInWindow).toBe(5);
});

test('Retry-After can be switched off', async () => {
  await halo.control.settings({ rateLimit: { requests: 1, perSeconds: 10 }, retryAfter: false });
  await caller.get('Agent');
  const reply = await caller.get('Agent');
  expect([reply.status, reply.headers['retry-after']]).toEqual([429, undefined]);
  expect(reply.text).toBe('Rate Limit Reached - 1 Requests per rolling 10 second window');
});

test('token and discovery requests count, unless that is switched off', async () => {
  await halo.control.settings({ rateLimit: { requests: 2, perSeconds: 300 } });
  await halo.token();
  await halo.raw('/api/authinfo');
  expect((await halo.token()).status).toBe(429);
  expect((await halo.raw('/api/authinfo')).status).toBe(429);
  expect(await statuses(1)).toEqual([429]);
  await halo.control.settings({ limitAuthRequests: false });
  expect((await halo.token()).status).toBe(200);
  expect((await halo.raw('/API/AuthInfo')).status).toBe(200);
  expect(await statuses(1)).toEqual([429]);
});

test('requests without a token count too, those of the control surface never', async () => {
  await halo.raw('/api/Agent');
  await halo.raw('/api/nonsense');
  await halo.control.records('Agent');
  expect((await halo.control.limits()).arrivals).toBe(2);
});

test('each tenant has its own count', async () => {
  await halo.control.settings({ rateLimit: { requests: 1, perSeconds: 300 } });
  expect(await statuses(2)).toEqual([200, 429]);
  expect((await fetch(`${halo.other.baseUrl}/api/authinfo`)).status).toBe(200);
});

test('a reset forgets what was counted', async () => {
  await halo.control.settings({ rateLimit: { requests: 1, perSeconds: 300 } });
  expect(await statuses(2)).toEqual([200, 429]);
  await halo.control.reset();
  expect(await statuses(2)).toEqual([200, 200]);
});
