/** Variables over the API: typed, inherited, overridden, and never secret ones. */
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let msp: string;
beforeAll(async () => {
  plane = await startPlane();
  msp = await plane.token('msp', 'editor');
});
afterAll(() => plane.close());

const put = (token: string, organization: string, name: string, body: object) =>
  plane.ask(token, 'PUT', `/organizations/${organization}/variables/${name}`, body);
const list = async (token: string, organization: string, query = ''): Promise<unknown[]> => {
  const { body } = await plane.ask(token, 'GET', `/organizations/${organization}/variables${query}`);
  return (body['variables'] as { name: string; value: unknown; from: string | null }[]).map(
    ({ name, value, from }) => [name, value, from],
  );
};

test('each organization inherits what is above it and overrides it, and shows where each is from', async () => {
  expect((await put(msp, 'msp', 'urgentPriority', { value: 1 })).status).toBe(200);
  expect((await put(msp, 'msp', 'greeting', { value: 'Hello', description: 'of mails' })).status).toBe(200);
  const set = await put(msp, 'acme', 'urgentPriority', { value: 2 });
  expect(set.body['variable']).toMatchObject({ type: 'number', value: 2, origin: 'manual', from: 'acme' });
  expect(await list(msp, 'acme')).toEqual([['urgentPriority', 2, 'acme']]);
  expect(await list(msp, 'acme', '?effective=true')).toEqual([
    ['greeting', 'Hello', 'msp'],
    ['urgentPriority', 2, 'acme'],
  ]);
  expect((await plane.ask(msp, 'DELETE', '/organizations/acme/variables/urgentPriority')).status).toBe(200);
  expect(await list(msp, 'acme', '?effective=true')).toContainEqual(['urgentPriority', 1, 'msp']);
  const again = await plane.ask(msp, 'DELETE', '/organizations/acme/variables/urgentPriority');
  expect([again.status, again.body['code']]).toEqual([404, 'NotFoundError']);
});

test('a client sees what is in force for it and not who set it, and another MSP sees nothing', async () => {
  const acme = await plane.token('acme', 'editor');
  expect(await list(acme, 'acme', '?effective=true')).toContainEqual(['greeting', 'Hello', null]);
  const other = await plane.token('other', 'admin');
  for (const [method, path, body] of [
    ['GET', '/organizations/msp/variables', undefined],
    ['PUT', '/organizations/msp/variables/x', { value: 1 }],
    ['DELETE', '/organizations/msp/variables/greeting', undefined],
  ] as const) {
    for (const token of [other, acme]) {
      const theirs = await plane.ask(token, method, path, body);
      const nobodys = await plane.ask(token, method, path.replace('msp', 'nobody'), body);
      expect([theirs.status, theirs.body['code']]).toEqual([404, 'NotFoundError']);
      expect(String(theirs.body['detail']).replaceAll('msp', 'nobody')).toBe(nobodys.body['detail']);
    }
  }
  expect(await list(msp, 'msp')).toHaveLength(2);
});

test('a secret goes in and is in no answer, no audit entry and no column in clear', async () => {
  const secret = 'planted-secret-91af';
  const answers = [
    await put(msp, 'msp', 'apiKey', { type: 'secret', value: secret }),
    await put(msp, 'msp', 'apiKey', { type: 'secret', value: `${secret}-2` }),
    await plane.ask(msp, 'GET', '/organizations/acme/variables?effective=true'),
    await put(msp, 'msp', 'apiKey2', { type: 'number', value: secret }),
    await put(msp, 'msp', 'apiKey', { type: 'secret', value: { secret } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400]);
  expect(answers[0]?.body['variable']).toMatchObject({ type: 'secret', value: { secret: true } });
  const rows = await plane.store.pool.query('select * from variables');
  const log = await plane.store.pool.query(`select * from audit_log where action like 'variables.%'`);
  expect(log.rows.at(-1)).toMatchObject({ object: 'variable msp/apiKey', before: { type: 'secret' } });
  expect(JSON.stringify([answers, rows.rows, log.rows])).not.toContain(secret);
});

test('bad names and values are refused with the field, and nothing is written', async () => {
  const before = await list(msp, 'msp');
  for (const [name, body, field] of [
    ['9lives', { value: 1 }, 'params.name'],
    ['a%20b', { value: 1 }, 'params.name'],
    ['x', { value: 'text', type: 'number' }, 'body.value'],
    ['x', { value: 'abc', type: 'secret' }, 'body.value'],
    ['x', { value: 'a\u0000b' }, 'body.value'],
    ['x', { value: { deep: ['\ud800'] } }, 'body.value.deep.0'],
    ['x', { value: 'x'.repeat(70_000) }, 'body.value'],
    ['x', { value: JSON.parse('['.repeat(40) + ']'.repeat(40)) as unknown }, 'body.value'],
  ] as const) {
    const answer = await put(msp, 'msp', name, body);
    expect([name, answer.status, answer.body['code'], answer.body['field']]).toEqual([
      name,
      400,
      'SchemaError',
      field,
    ]);
  }
  expect((await put(msp, 'msp', 'x', {})).status).toBe(400);
  expect((await put(msp, 'msp', 'x', { value: 1, colour: 'red' })).status).toBe(400);
  expect(await list(msp, 'msp')).toEqual(before);
});

test('a change is told to whoever holds the configuration in memory', async () => {
  const version = async (): Promise<number> =>
    (await plane.store.pool.query<{ version: number }>('select version::int from configuration')).rows[0]
      ?.version ?? 0;
  const before = await version();
  await put(msp, 'msp', 'flag', { value: null });
  expect(await version()).toBe(before + 1);
  expect(await list(msp, 'msp')).toContainEqual(['flag', null, 'msp']);
});
