/** Webhook triggers, called over HTTP: what is answered, what runs, what is refused. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { putTrigger, startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

const SECRET = 'whk_5f0e2d8c9b7a6f4e';
const PARAMETERS = {
  wait: false,
  waitSeconds: 20,
  maxBodyBytes: 1_000,
  deliveryKey: { headers: ['idempotency-key', 'x-delivery-id'], body: 'delivery' },
};

interface Answer {
  readonly event: number;
  readonly status: string;
  readonly reason: string | null;
  readonly runs: readonly {
    readonly id: string;
    readonly workflow_id: string;
    readonly organization: string;
  }[];
}

let haloflow: TestHaloflow;
let api: TestApi;

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows: new URL('workflows', import.meta.url).pathname });
  const common = { type: 'webhook', secret: SECRET, workflow: 'echo' };
  await putTrigger(haloflow, { ...common, id: 'alerts', parameters: PARAMETERS });
  await putTrigger(haloflow, { ...common, id: 'ask', parameters: { ...PARAMETERS, wait: true } });
  await putTrigger(haloflow, {
    ...common,
    id: 'ask-briefly',
    parameters: { ...PARAMETERS, wait: true, waitSeconds: 1 },
  });
  await putTrigger(haloflow, { ...common, id: 'paused', parameters: PARAMETERS, enabled: false });
  await putTrigger(haloflow, {
    ...common,
    id: 'everyone',
    runAs: 'client',
    runFor: { allClients: true },
    parameters: { ...PARAMETERS, wait: true },
  });
  await putTrigger(haloflow, {
    ...common,
    id: 'everyone-later',
    runAs: 'client',
    runFor: { allClients: true },
    parameters: PARAMETERS,
  });
  await putTrigger(haloflow, { id: 'by-hand', type: 'always-pass', secret: SECRET, workflow: 'echo' });
  await putTrigger(haloflow, {
    id: 'chosen',
    type: 'always-pass',
    secret: SECRET,
    workflow: 'echo',
    runAs: 'client',
    runFor: { organizations: ['acme'] },
  });
  await putTrigger(haloflow, {
    id: 'nightly',
    type: 'cron',
    secret: SECRET,
    parameters: { expression: '0 3 * * *', everySeconds: null },
  });
  api = await startTestApi(haloflow);
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

interface Reply<T> {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: T;
}

async function post<T = Answer>(
  path: string,
  body: unknown = {},
  options: { headers?: Record<string, string>; method?: Dispatcher.HttpMethod } = {},
): Promise<Reply<T>> {
  const reply = await request(`${api.url}/webhooks/${path}`, {
    method: options.method ?? 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
  const text = await reply.body.text();
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: (text === '' ? null : JSON.parse(text)) as T,
  };
}

const events = async (trigger: string): Promise<Record<string, unknown>[]> =>
  (await haloflow.store.pool.query('select * from events where trigger = $1 order by id', [trigger])).rows;

const payloadOf = async ({ event }: Answer): Promise<unknown> =>
  (await haloflow.store.pool.query('select payload from events where id = $1', [event])).rows[0]?.payload;

describe('a call with the right secret', () => {
  test('starts a run and is answered with its id', async () => {
    const { status, body } = await post(`alerts/${SECRET}?site=berlin`, { alert: 4711 });
    expect(status).toBe(202);
    expect(body).toEqual({
      event: expect.any(Number),
      status: 'accepted',
      reason: null,
      runs: [
        {
          id: expect.any(String),
          workflow_id: expect.stringMatching(/o\/northwind\/t\/alerts\/webhook\/[0-9a-f-]{36}$/),
          organization: 'northwind',
        },
      ],
    });
    const handle = haloflow.starter.client.workflow.getHandle(body.runs[0]?.workflow_id ?? '');
    expect(await handle.result()).toMatchObject({
      organization: 'northwind',
      event: { method: 'POST', query: { site: 'berlin' }, body: { alert: 4711 } },
    });
  });

  test.each([
    ['x-webhook-secret', SECRET],
    ['authorization', `Bearer ${SECRET}`],
  ])('may have it in the header %s', async (name, value) => {
    expect((await post('alerts', {}, { headers: { [name]: value } })).status).toBe(202);
    expect((await post('alerts', {}, { headers: { [name]: `${value}x` } })).status).toBe(401);
  });

  test('is read in the charset that it names', async () => {
    const latin = { 'content-type': 'application/json; charset="ISO-8859-1"' };
    const { body } = await post(`alerts/${SECRET}`, Buffer.from('{"city":"M\u00fcnchen"}', 'latin1'), {
      headers: latin,
    });
    expect(await payloadOf(body)).toMatchObject({ body: { city: 'München' } });
    const marked = await post(`alerts/${SECRET}`, '\uFEFF{"city":"M\u00fcnchen"}');
    expect(await payloadOf(marked.body)).toMatchObject({ body: { city: 'München' } });
  });

  test('hands headers on, but none that holds credentials', async () => {
    const { body } = await post(
      `alerts/${SECRET}`,
      {},
      {
        headers: {
          authorization: 'Basic dTpw',
          cookie: 'session=1',
          'x-api-key': 'k',
          'x-hub-signature-256': 's',
          'x-auth-token': 't',
          'x-github-event': 'push',
          'user-agent': 'probe/1',
        },
      },
    );
    expect(await payloadOf(body)).toMatchObject({
      headers: { 'content-type': 'application/json', 'x-github-event': 'push', 'user-agent': 'probe/1' },
    });
    expect(JSON.stringify(await payloadOf(body))).not.toMatch(/dTpw|session|"k"|"s"|"t"|whk_/);
  });

  test.each<[string, string, unknown]>([
    ['application/json; charset=utf-8', '{"a":["ä",1,null]}', { a: ['ä', 1, null] }],
    ['application/vnd.github+json', '{"a":1}', { a: 1 }],
    ['application/json', '', null],
    ['application/x-www-form-urlencoded', 'a=1&b=two+words&b=%C3%A4', { a: '1', b: ['two words', 'ä'] }],
    ['text/plain', 'disk is full', 'disk is full'],
    ['application/xml', '<a/>', '<a/>'],
  ])('may have a body of type %s', async (type, text, expected) => {
    const { status, body } = await post(`alerts/${SECRET}`, text, { headers: { 'content-type': type } });
    expect(status).toBe(202);
    expect(await payloadOf(body)).toMatchObject({ body: expected });
  });
});

describe('the same delivery again', () => {
  test('starts nothing new and is answered with the same run, also at the same moment', async () => {
    const calls = Array.from({ length: 8 }, () =>
      post(`alerts/${SECRET}`, { n: 1 }, { headers: { 'idempotency-key': 'order-1' } }),
    );
    const answers = await Promise.all(calls);
    answers.push(await post(`alerts/${SECRET}`, { n: 2 }, { headers: { 'x-delivery-id': 'order-1' } }));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ body }) => body.runs[0]?.id)).size).toBe(1);
    expect((await events('alerts')).filter(({ key }) => key === 'webhook/order-1')).toHaveLength(1);
  });

  test('is another one than a delivery whose key goes on with an organization', async () => {
    const send = (key: string): Promise<Reply<Answer>> =>
      post(`everyone-later/${SECRET}`, {}, { headers: { 'idempotency-key': key } });
    const [all, other] = [(await send('k')).body, (await send('k/acme')).body];
    expect(all.runs.length).toBeGreaterThan(1);
    expect(other.runs).toHaveLength(all.runs.length);
    expect(new Set([...all.runs, ...other.runs].map(({ id }) => id)).size).toBe(2 * all.runs.length);
  });

  test('is known by a path in the body, where the trigger names one', async () => {
    const first = await post(`alerts/${SECRET}`, { delivery: 77 });
    const second = await post(`alerts/${SECRET}`, { delivery: 77 });
    expect(second.body.runs).toEqual(first.body.runs);
    expect((await post(`alerts/${SECRET}`, { delivery: 78 })).body.runs).not.toEqual(first.body.runs);
  });
});

describe('a trigger that waits', () => {
  test('answers with the result of the workflow', async () => {
    const { status, body } = await post<Record<string, unknown>>(`ask/${SECRET}`, { question: 'who?' });
    expect(status).toBe(200);
    expect(body).toEqual({
      event: expect.any(Number),
      run: { id: expect.any(String), workflow_id: expect.any(String), organization: 'northwind' },
      result: { organization: 'northwind', event: expect.objectContaining({ body: { question: 'who?' } }) },
    });
  });

  test('answers with the failure of the workflow', async () => {
    const { status, headers, body } = await post<Record<string, unknown>>(`ask/${SECRET}`, { mode: 'fail' });
    expect(status).toBe(502);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({
      status: 502,
      title: 'Workflow Failed',
      detail: 'OutOfPaper: tray 2 is empty',
      error: { type: 'OutOfPaper', message: 'tray 2 is empty' },
      runs: [{ organization: 'northwind' }],
    });
  });

  test('answers with the id of the run when it takes longer', async () => {
    const { status, body } = await post(`ask-briefly/${SECRET}`, { mode: 'slow' });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'accepted', runs: [{ organization: 'northwind' }] });
  });

  test('answers with all results when it runs for several organizations, or for the one that is named', async () => {
    const all = await post<{ runs: { organization: string; result: unknown }[] }>(`everyone/${SECRET}`);
    expect(all.status).toBe(200);
    expect(all.body.runs.map(({ organization }) => organization).toSorted()).toEqual([
      'acme',
      'globex',
      'initech',
      'northwind',
    ]);
    expect(all.body.runs[0]?.result).toMatchObject({ event: { method: 'POST' } });
    const one = await post<Record<string, unknown>>(`everyone/${SECRET}?organization=acme`);
    expect(one.body).toMatchObject({ run: { organization: 'acme' }, result: { organization: 'acme' } });
  });
});

describe('an always-pass trigger', () => {
  test('starts with the body as its record, and is answered with the run', async () => {
    const { status, body } = await post(`by-hand/${SECRET}`, { host: 'mail', body: { mode: 'none' } });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'accepted', reason: null, runs: [{ organization: 'northwind' }] });
    const handle = haloflow.starter.client.workflow.getHandle(body.runs[0]?.workflow_id ?? '');
    expect(await handle.result()).toEqual({
      organization: 'northwind',
      event: { host: 'mail', body: { mode: 'none' } },
    });
  });

  test('starts with an empty record for an empty body', async () => {
    const { body } = await post(`by-hand/${SECRET}`, '');
    expect(await payloadOf(body)).toEqual({});
    const bare = await request(`${api.url}/webhooks/by-hand/${SECRET}`, { method: 'POST' });
    expect(bare.statusCode).toBe(202);
    expect(await payloadOf((await bare.body.json()) as Answer)).toEqual({});
  });

  test('starts once for an idempotency key', async () => {
    const headers = { 'idempotency-key': 'order-17' };
    const first = await post(`by-hand/${SECRET}`, { order: 17 }, { headers });
    const second = await post(`by-hand/${SECRET}`, { order: 17 }, { headers });
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(first.body.runs).toHaveLength(1);
  });

  test('runs for each organization, or for the one that is named', async () => {
    const all = await post(`chosen/${SECRET}`);
    expect(all.body.runs.map(({ organization }) => organization)).toEqual(['northwind', 'acme']);
    const one = await post(`chosen/${SECRET}?organization=acme`, { a: 1 });
    expect(one.body.runs).toMatchObject([{ organization: 'acme' }]);
    expect(await payloadOf(one.body)).toEqual({ a: 1 });
  });

  test.each([
    ['an array', '[1]', 'application/json', 400, 'a JSON object'],
    ['a text in JSON', '"x"', 'application/json', 400, 'a JSON object'],
    ['malformed JSON', '{"a":', 'application/json', 400, 'not JSON'],
    ['JSON that is called a form', '{"a":1}', 'application/x-www-form-urlencoded', 415, 'application/json'],
    ['text', 'a=1', 'text/plain', 415, 'application/json'],
    [
      'more than fits into an event',
      JSON.stringify({ a: 'x'.repeat(1_048_576) }),
      'application/json',
      413,
      '',
    ],
  ])('refuses %s and stores nothing', async (_what, text, type, expected, detail) => {
    const before = (await events('by-hand')).length;
    const { status, body } = await post<{ detail: string }>(`by-hand/${SECRET}`, text, {
      headers: { 'content-type': type },
    });
    expect(status).toBe(expected);
    expect(body.detail).toContain(detail);
    expect(await events('by-hand')).toHaveLength(before);
  });

  test('refuses a wrong secret', async () => {
    const before = (await events('by-hand')).length;
    expect((await post('by-hand/wrong', {})).status).toBe(401);
    expect(await events('by-hand')).toHaveLength(before);
  });
});

describe('what is refused', () => {
  const refusal = { status: 401, title: 'Unauthorized' };

  test.each([
    ['a wrong secret', `alerts/${SECRET.slice(0, -1)}`],
    ['no secret', 'alerts'],
    ['an empty secret', 'alerts/'],
    ['an unknown trigger', `nobody/${SECRET}`],
    ['a trigger of a type without a URL', `nightly/${SECRET}`],
  ])('%s gets the same answer as the others, and leaves nothing', async (_what, path) => {
    const reference = await post<unknown>('alerts/wrong');
    const { status, headers, body } = await post<unknown>(path);
    expect({ status, body }).toEqual({ status: 401, body: reference.body });
    expect(body).toMatchObject(refusal);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(await events('nightly')).toEqual([]);
  });

  test('a disabled trigger says so to whoever knows the secret, and to nobody else', async () => {
    const { status, body } = await post<{ detail: string }>(`paused/${SECRET}`);
    expect(status).toBe(409);
    expect(body.detail).toContain('trigger paused is disabled');
    expect((await post('paused/wrong')).status).toBe(401);
    expect(await events('paused')).toEqual([]);
  });

  test('a disabled organization: the owner at once, another one visibly', async () => {
    await haloflow.reconfigure("update organizations set enabled = false where slug = 'acme'");
    const named = await post(`everyone/${SECRET}?organization=acme`);
    expect(named).toMatchObject({
      status: 202,
      body: { status: 'filtered', reason: 'organization acme is disabled', runs: [] },
    });
    await haloflow.reconfigure("update organizations set enabled = false where slug = 'northwind'");
    const owner = await post<{ detail: string }>(`alerts/${SECRET}`);
    expect(owner.status).toBe(409);
    expect(owner.body.detail).toContain('organization northwind is disabled');
    await haloflow.reconfigure('update organizations set enabled = true');
  });

  test('an organization that is not in run-for is visible as such', async () => {
    expect((await post(`alerts/${SECRET}?organization=acme`)).body).toMatchObject({
      status: 'filtered',
      reason: 'run-for: acme is not among them',
      runs: [],
    });
  });

  test.each([
    ['malformed JSON', '{"a":', 'application/json', 400],
    ['JSON nested beyond reason', '['.repeat(400) + ']'.repeat(400), 'application/json', 400],
    ['a form of several parts', '--x--', 'multipart/form-data; boundary=x', 415],
    ['bytes of no known kind', 'x', 'application/octet-stream', 415],
    ['a charset that nobody knows', '{}', 'application/json; charset=klingon', 415],
    ['more than the trigger takes', JSON.stringify('x'.repeat(1_000)), 'application/json', 413],
  ])('%s', async (_what, text, type, expected) => {
    const before = (await events('alerts')).length;
    const { status, headers, body } = await post<{ status: number; detail: string }>(
      `alerts/${SECRET}`,
      text,
      {
        headers: { 'content-type': type },
      },
    );
    expect(status).toBe(expected);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'about:blank', status: expected, detail: expect.any(String) });
    expect(await events('alerts')).toHaveLength(before);
  });

  test('a body that is packed', async () => {
    const before = (await events('alerts')).length;
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    const { status, body } = await post<{ detail: string }>(`alerts/${SECRET}`, gzipSync('x'), { headers });
    expect(status).toBe(415);
    expect(body.detail).toContain('content-encoding gzip is not supported');
    expect(await events('alerts')).toHaveLength(before);
  });

  test('more than the trigger takes, in chunks that do not say how many they are', async () => {
    const reply = await request(`${api.url}/webhooks/alerts/${SECRET}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Readable.from(Array.from({ length: 20 }, () => Buffer.from('"xx",'.repeat(20)))),
    });
    expect(reply.statusCode).toBe(413);
    await reply.body.text();
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('the method %s', async (method) => {
    const reply = await request(`${api.url}/webhooks/alerts/${SECRET}`, { method });
    expect(reply.statusCode).toBe(405);
    expect(reply.headers['allow']).toBe('POST, GET, HEAD');
    await reply.body.text();
  });

  test('a path that nothing is served at', async () => {
    const reply = await request(`${api.url}/nothing`, { method: 'POST' });
    expect(reply.statusCode).toBe(404);
    expect(await reply.body.json()).toMatchObject({ status: 404, title: 'Not Found' });
  });
});

test('many calls at once are all stored, or told to come again', async () => {
  const agent = new Agent({ connections: 60 });
  const before = (await events('alerts')).length;
  const replies = await Promise.all(
    Array.from({ length: 120 }, async (_, n) => {
      const reply = await request(`${api.url}/webhooks/alerts/${SECRET}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ n }),
      });
      await reply.body.text();
      return reply.statusCode;
    }),
  );
  await agent.close();
  const accepted = replies.filter((status) => status === 202).length;
  expect(replies.every((status) => status === 202 || status === 503)).toBe(true);
  expect(accepted).toBeGreaterThan(0);
  expect(await events('alerts')).toHaveLength(before + accepted);
});
