/** Webhook triggers as senders use them: what they send is told apart, looked at, and for nobody else. */
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { LOCAL } from '../../access/principal.ts';
import { createToken } from '../../access/tokens.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { putTrigger, startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

const SECRET = 'whk_0b1c2d3e4f5a6b7c';
const PARAMETERS = { wait: false, waitSeconds: 20, maxBodyBytes: 10_000 };

interface Answer {
  readonly event: number;
  readonly status: string;
  readonly reason: string | null;
  readonly runs: readonly { readonly id: string; readonly workflow_id: string }[];
}

let haloflow: TestHaloflow;
let api: TestApi;

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows: new URL('workflows', import.meta.url).pathname });
  const common = { type: 'webhook', secret: SECRET, workflow: 'echo' };
  const deliveryKey = { headers: [], body: 'alert.id' };
  await putTrigger(haloflow, { ...common, id: 'hook', parameters: { ...PARAMETERS, deliveryKey } });
  await putTrigger(haloflow, {
    ...common,
    id: 'acme-hook',
    organization: 'acme',
    parameters: { ...PARAMETERS, deliveryKey },
  });
  await putTrigger(haloflow, { ...common, id: 'paused', parameters: PARAMETERS, enabled: false });
  api = await startTestApi(haloflow);
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

async function send(
  path: string,
  options: {
    readonly method?: Dispatcher.HttpMethod;
    readonly body?: string | Buffer;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<{ status: number; text: string; answer: Answer; headers: Dispatcher.ResponseData['headers'] }> {
  const { method = 'POST', body, headers = { 'content-type': 'application/json' } } = options;
  const reply = await request(`${api.url}/webhooks/${path}`, {
    method,
    headers: body === undefined && method !== 'POST' ? {} : headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await reply.body.text();
  return {
    status: reply.statusCode,
    text,
    answer: (text === '' ? null : JSON.parse(text)) as Answer,
    headers: reply.headers,
  };
}

const stored = async (event: number): Promise<Record<string, unknown>> =>
  ((await haloflow.store.pool.query('select * from events where id = $1', [event])).rows[0] ?? {}) as Record<
    string,
    unknown
  >;
const bodyOf = async ({ event }: Answer): Promise<unknown> =>
  ((await stored(event))['payload'] as { readonly body: unknown }).body;

describe('deliveries are known by what was sent', () => {
  test('ids beyond 2^53 are two, and the workflow gets their digits', async () => {
    const alert = (id: string): string => `{"alert":{"id":${id}},"at":1764504000.123456789}`;
    const one = await send(`hook/${SECRET}`, { body: alert('8202522731445525542') });
    const other = await send(`hook/${SECRET}`, { body: alert('8202522731445525541') });
    const again = await send(`hook/${SECRET}`, { body: alert('8202522731445525542') });
    expect(other.answer.runs[0]?.id).not.toBe(one.answer.runs[0]?.id);
    expect(again.answer.runs).toEqual(one.answer.runs);
    expect((await stored(one.answer.event))['key']).toBe('webhook/8202522731445525542');
    const handle = haloflow.starter.client.workflow.getHandle(other.answer.runs[0]?.workflow_id ?? '');
    expect(await handle.result()).toMatchObject({
      event: { body: { alert: { id: '8202522731445525541' }, at: '1764504000.123456789' } },
    });
  });

  test.each([
    ['half characters', '"x\\ud83e"', '"x\\ud83d"'],
    ['bytes that are no UTF-8', Buffer.of(0x22, 0xc4, 0x22), Buffer.of(0x22, 0xd6, 0x22)],
    ['spaces', '"x"', '" x"'],
    ['what is longer than an index takes', `"${'x'.repeat(4_000)}"`, `"${'x'.repeat(4_000)}y"`],
    ['U+0000', '"x\\u0000"', '"x\\u0000\\u0000"'],
  ])('%s', async (_what, one, other) => {
    const events: number[] = [];
    for (const id of [one, other, one]) {
      const body = Buffer.concat([Buffer.from('{"alert":{"id":'), Buffer.from(id), Buffer.from('}}')]);
      const { status, answer } = await send(`hook/${SECRET}`, { body });
      expect(status).toBe(202);
      events.push(answer.event);
    }
    expect(events[0]).toBe(events[2]);
    expect(events[0]).not.toBe(events[1]);
  });
});

describe('a body is read as what it is', () => {
  test.each([
    ['application/x-www-form-urlencoded', '{"severity":"major"}', { severity: 'major' }],
    ['text/plain', '{"severity":"major"}', { severity: 'major' }],
    ['application/octet-stream', '[1]', [1]],
    ['application/json', '\ufeff\ufeff{"a":1}', { a: 1 }],
    ['application/x-www-form-urlencoded', '\ufeffa=1&b=2', { a: '1', b: '2' }],
    [
      'application/x-www-form-urlencoded; charset=iso-8859-1',
      Buffer.from('a=ä&b=%FC', 'latin1'),
      { a: 'ä', b: 'ü' },
    ],
    ['application/x-www-form-urlencoded; charset=windows-1252', Buffer.of(0x61, 0x3d, 0x80), { a: '€' }],
  ])('%s', async (type, body, expected) => {
    const { status, answer } = await send(`hook/${SECRET}`, { body, headers: { 'content-type': type } });
    expect(status).toBe(202);
    expect(await bodyOf(answer)).toEqual(expected);
  });

  test('also without a content type', async () => {
    const { status, answer } = await send(`hook/${SECRET}`, { body: '{"a":1}', headers: {} });
    expect(status).toBe(202);
    expect(await bodyOf(answer)).toEqual({ a: 1 });
    expect((await send(`hook/${SECRET}`, { body: 'a', headers: {} })).status).toBe(415);
  });
});

describe('the organization in the URL', () => {
  const tokenOf = async (organization: string): Promise<string> =>
    (
      await createToken(haloflow.store, LOCAL, {
        name: `${organization} ${randomUUID()}`,
        organization,
        role: 'viewer',
      })
    ).text;
  const seenBy = async (organization: string, event: number): Promise<boolean> => {
    const reply = await request(`${api.url}/api/v1/events?limit=200`, {
      headers: { authorization: `Bearer ${await tokenOf(organization)}` },
    });
    const { events } = (await reply.body.json()) as { events: { id: number }[] };
    return events.some(({ id }) => id === event);
  };

  test.each(['globex', 'northwind', 'nobody', 'a b', 'x'.repeat(300)])(
    'beside or above the owner is refused before anything is stored: %s',
    async (organization) => {
      const count = async (): Promise<unknown> =>
        (await haloflow.store.pool.query('select count(*) from events')).rows[0];
      const before = await count();
      const { status, text } = await send(
        `acme-hook/${SECRET}?organization=${encodeURIComponent(organization)}`,
        { body: '{"id":"inject-1"}' },
      );
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ detail: expect.stringContaining('organization') });
      expect(await count()).toEqual(before);
    },
  );

  test('is not told of an event that is not decided', async () => {
    const { rows } = await haloflow.store.pool.query<{ id: string }>(
      `insert into events (trigger, key, source, organization, payload, due_at)
       values ('hook', 'webhook/undecided', 'webhook', 'acme', '{}', now() + interval '1 hour') returning id`,
    );
    const event = Number(rows[0]?.id);
    expect(await seenBy('acme', event)).toBe(false);
    await haloflow.store.pool.query(
      "update events set status = 'filtered', decided_at = now() where id = $1",
      [event],
    );
    expect(await seenBy('acme', event)).toBe(true);
  });
});

describe('a sender that looks at the URL', () => {
  const paths = [`hook/${SECRET}`, `hook/${SECRET}/`];

  test.each(paths)('gets 204 for GET and HEAD, and POST works: %s', async (path) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { status, text } = await send(path, { method });
      expect([status, text]).toEqual([204, '']);
    }
    expect((await send(path, { body: '{}' })).status).toBe(202);
  });

  test('may have the secret in a header, with a slash at the end as well', async () => {
    const headers = { 'x-webhook-secret': SECRET, 'content-type': 'application/json' };
    for (const path of ['hook', 'hook/'])
      expect((await send(path, { body: '{}', headers })).status).toBe(202);
  });

  test('learns of the secret what a POST tells', async () => {
    for (const path of ['hook/wrong', 'hook/wrong/', 'hook', 'hook/', 'nobody/wrong', `nobody/${SECRET}/`]) {
      const told = await send(path, { body: '{}' });
      for (const method of ['GET', 'HEAD'] as const) {
        const { status, text, headers } = await send(path, { method });
        expect([status, headers['www-authenticate']]).toEqual([
          told.status,
          told.headers['www-authenticate'],
        ]);
        if (method === 'GET') expect(text).toBe(told.text);
      }
    }
    expect((await send(`paused/${SECRET}`, { method: 'GET' })).status).toBe(204);
  });
});

describe('what is refused', () => {
  interface Refused {
    readonly status: number;
    readonly reason: string;
    readonly count: number;
  }

  const refusedOf = async (trigger: string): Promise<readonly Refused[]> => {
    const name = `${trigger} ${randomUUID()}`;
    const { text } = await createToken(haloflow.store, LOCAL, { name, organization: null, role: 'viewer' });
    const reply = await request(`${api.url}/api/v1/triggers/${trigger}`, {
      headers: { authorization: `Bearer ${text}` },
    });
    return ((await reply.body.json()) as { trigger: { refused: Refused[] } }).trigger.refused;
  };

  /** Once so many have been written. */
  const written = async (trigger: string, count: number): Promise<readonly Refused[]> => {
    const refused = await refusedOf(trigger);
    const sum = refused.reduce((all, each) => all + each.count, 0);
    return sum >= count ? refused : await written(trigger, count);
  };

  test('is seen by the operator of the trigger, without what was sent', async () => {
    const id = 'refusing';
    await putTrigger(haloflow, { id, type: 'webhook', secret: SECRET, parameters: PARAMETERS });
    const json = { 'content-type': 'application/json' };
    await send(`${id}/${SECRET}`, { body: '{"password":"hunter2', headers: json });
    await send(`${id}/${SECRET}`, { body: 'hunter2', headers: json });
    await send(`${id}/${SECRET}`, { body: 'hunter2', headers: { 'content-type': 'application/pdf' } });
    await send(`${id}/${SECRET}`, { body: 'x'.repeat(20_000), headers: json });
    await send(`${id}/${SECRET}?organization=nobody`, { body: '{}' });
    await send(`${id}/wrong`, { body: 'not mine', headers: json });
    const refused = await written(id, 5);
    expect(refused.map(({ status, count }) => [status, count])).toEqual(
      expect.arrayContaining([
        [400, 2],
        [415, 1],
        [413, 1],
        [400, 1],
      ]),
    );
    expect(refused).toHaveLength(4);
    expect(JSON.stringify(refused)).not.toMatch(/hunter2|not mine|whk_/);
    expect(refused.find(({ count }) => count === 2)?.reason).toBe('the body is not JSON');
  });

  test('is kept for the newest twenty kinds only', async () => {
    const id = 'flooded';
    await putTrigger(haloflow, { id, type: 'webhook', secret: SECRET, parameters: PARAMETERS });
    for (let kind = 0; kind < 40; kind += 1) {
      const type = `x/${kind}-${'y'.repeat(2_000)}`;
      await send(`${id}/${SECRET}`, { body: 'z', headers: { 'content-type': type } });
    }
    await written(id, 20);
    const { rows } = await haloflow.store.pool.query<{ reason: string }>(
      'select reason from refused_deliveries where name = $1',
      [id],
    );
    expect(rows).toHaveLength(20);
    expect(Math.max(...rows.map(({ reason }) => reason.length))).toBeLessThanOrEqual(300);
  });
});
