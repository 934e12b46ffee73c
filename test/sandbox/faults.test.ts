import { untilTrue } from '../support/polling.ts';
import type { Fault } from '../support/sandbox.ts';
import { openSandbox, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
});
beforeEach(async () => {
  await halo.control.reset();
  await halo.control.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
  caller = await halo.login();
  await halo.control.clearRequests();
});
afterAll(() => halo.close());

const summaries = async (summary: string): Promise<number> =>
  (await halo.control.records('Tickets', { summary })).length;

test('a status comes with the body and headers that were asked for, that many times', async () => {
  await halo.control.fault({
    kind: 'status',
    status: 503,
    body: 'busy',
    headers: { 'retry-after': '7' },
    times: 2,
  });
  for (const expected of [503, 503, 200]) expect((await caller.get('Agent')).status).toBe(expected);
  await halo.control.fault({ kind: 'status', status: 503, body: 'busy', headers: { 'retry-after': '7' } });
  const reply = await caller.get('Agent');
  expect([reply.text, reply.headers['retry-after']]).toEqual(['busy', '7']);
});

test('a status answers instead of the handler: nothing is written', async () => {
  await halo.control.fault({ kind: 'status', status: 500 });
  const reply = await caller.post('Tickets', [{ summary: 'five hundred' }]);
  expect([reply.status, reply.text]).toEqual([500, '']);
  expect(await summaries('five hundred')).toBe(0);
});

test('with commit the work is done and only the answer is spoiled', async () => {
  const body = { ClassName: 'System.Exception', Message: 'lost' };
  await halo.control.fault({ kind: 'status', status: 500, body, commit: true });
  const reply = await caller.post('Tickets', [{ summary: 'done all the same' }]);
  expect([reply.status, reply.object()]).toEqual([500, body]);
  await halo.control.fault({ kind: 'html', commit: true });
  expect((await caller.post('Tickets', [{ summary: 'done all the same' }])).text).toContain('<html>');
  expect(await summaries('done all the same')).toBe(2);
});

test('a delayed write is done after the delay, or with commit before it, although the caller has gone', async () => {
  const impatient = async (summary: string): Promise<void> => {
    const gone = new AbortController();
    const sent = fetch(`${halo.tenant.baseUrl}/api/Tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ summary }]),
      signal: gone.signal,
    });
    const isLast = async (): Promise<boolean> =>
      JSON.stringify((await halo.control.requests()).at(-1) ?? null).includes(summary);
    await untilTrue(isLast);
    gone.abort();
    await expect(sent).rejects.toThrow();
  };
  await halo.control.fault({ kind: 'delay', delayMs: 600_000 });
  await impatient('after the delay');
  expect(await summaries('after the delay')).toBe(0);
  await halo.control.clearFaults();
  await untilTrue(async () => (await summaries('after the delay')) === 1);
  await halo.control.fault({ kind: 'delay', delayMs: 600_000, commit: true });
  await impatient('before the delay');
  expect(await summaries('before the delay')).toBe(1);
});

test('a delay under way ends when the faults are cleared', async () => {
  await halo.control.fault({ kind: 'delay', delayMs: 600_000 });
  const held = caller.get('Agent');
  await untilTrue(async () => (await halo.control.requests()).some(({ fault }) => fault === 'delay'));
  await halo.control.clearFaults();
  expect((await held).status).toBe(200);
});

test('a delay answers late and right', async () => {
  await halo.control.fault({ kind: 'delay', delayMs: 200 });
  const started = performance.now();
  expect((await caller.get('Agent')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(195);
});

test('drop-before hangs up before anything is written', async () => {
  await halo.control.fault({ kind: 'drop-before', match: { method: 'POST', path: '/Tickets' } });
  await expect(caller.post('Tickets', [{ summary: 'before' }])).rejects.toThrow();
  expect(await summaries('before')).toBe(0);
  expect((await caller.post('Tickets', [{ summary: 'before' }])).status).toBe(201);
});

test('drop-after writes and hangs up without an answer', async () => {
  await halo.control.fault({ kind: 'drop-after', match: { method: 'POST', path: '/Tickets' } });
  await expect(
    caller.post('Tickets', [{ summary: 'after', third_party_id_string: 'haloflow:x' }]),
  ).rejects.toThrow();
  const [ticket] = await halo.control.records('Tickets', { summary: 'after' });
  expect(ticket).toMatchObject({ third_party_id_string: 'haloflow:x', created_by: 'API Agent' });
  expect((await halo.control.requests()).at(-1)).toMatchObject({ status: null, fault: 'drop-after' });
});

test('truncate sends half of the JSON and hangs up', async () => {
  await halo.control.fault({ kind: 'truncate' });
  await expect(caller.post('Tickets', [{ summary: 'half' }])).rejects.toThrow();
  expect(await summaries('half')).toBe(1);
});

test('html and empty answer 200 and are not what they should be', async () => {
  await halo.control.fault({ kind: 'html' });
  await halo.control.fault({ kind: 'empty' });
  const html = await caller.get('Agent');
  expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(html.text).toMatch(/^<!DOCTYPE html>/);
  const empty = await caller.get('Agent');
  expect([empty.status, empty.text]).toEqual([200, '']);
});

test('expire-tokens makes every token worthless in mid-run', async () => {
  await halo.control.fault({ kind: 'expire-tokens', match: { path: '/Tickets/1002' } });
  expect((await caller.get('Tickets/1001')).status).toBe(200);
  expect((await caller.get('Tickets/1002')).status).toBe(401);
  expect((await caller.get('Tickets/1001')).status).toBe(401);
  expect((await (await halo.login()).get('Tickets/1002')).status).toBe(200);
});

test.each<[string, NonNullable<Fault['match']>]>([
  ['method', { method: 'delete' }],
  ['path', { path: '/api/Client' }],
  ['path of another record', { path: '/Agent/3' }],
  ['client id', { clientId: '00000000-0000-4000-8000-000000000000' }],
])('a fault for another %s leaves the request alone and waits', async (_what, match) => {
  await halo.control.fault({ kind: 'status', status: 500, match });
  expect((await caller.get('Agent')).status).toBe(200);
});

test.each<[string, NonNullable<Fault['match']>]>([
  ['the path below /api', { path: '/agent' }],
  ['the whole path', { path: '/api/AGENT' }],
  ['a pattern', { path: '/Ag*' }],
  ['the client id', { clientId: 'de300000-0000-4000-8000-000000000001' }],
])('a fault hits by %s', async (_what, match) => {
  await halo.control.fault({ kind: 'status', status: 500, match });
  expect((await caller.get('Agent')).status).toBe(500);
});

test('skip lets requests pass first', async () => {
  await halo.control.fault({ kind: 'status', status: 500, skip: 2 });
  const replies = [];
  for (let index = 0; index < 4; index += 1) replies.push((await caller.get('Agent')).status);
  expect(replies).toEqual([200, 200, 500, 200]);
});

test('the token endpoint has faults too, by its form’s client id', async () => {
  const clientId = halo.tenant.clientId;
  await halo.control.fault({ kind: 'status', status: 500, match: { path: '/auth/token', clientId } });
  expect((await halo.token()).status).toBe(500);
  expect((await halo.token()).status).toBe(200);
});

test('faults can be taken back, and unknown kinds are refused', async () => {
  await halo.control.fault({ kind: 'status', status: 500, times: 10 });
  await halo.control.clearFaults();
  expect((await caller.get('Agent')).status).toBe(200);
  await expect(halo.control.fault({ kind: 'explode' } as unknown as Fault)).rejects.toThrow(
    /fault kind explode is not one of/,
  );
});
