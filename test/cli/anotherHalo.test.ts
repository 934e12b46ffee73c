import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from '../support/programs.ts';
import { PRODUCTION, UAT, startGenerationStack } from '../triggers/generations/stack.ts';
import type { GenerationStack } from '../triggers/generations/stack.ts';
import { run, runJson } from './command.ts';
import type { Ended } from './command.ts';
import { SECRET, toYaml } from './configuration.ts';
import { served } from './served.ts';
import type { Served } from './served.ts';

const directory = temporaryDirectory();
const file = path.join(directory.path, 'haloflow.yaml');

let stack: GenerationStack;
let server: Served;

beforeAll(async () => {
  stack = await startGenerationStack();
  server = await served(stack.haloflow.store);
  // What a file does not name is nobody's to delete then.
  for (const table of ['organizations', 'connections', 'mappings'])
    await stack.haloflow.reconfigure(`update ${table} set origin = 'manual'`);
});
afterAll(async () => {
  await server.close();
  await stack.close();
  directory.remove();
});
beforeEach(async () => {
  await stack.clear();
  await stack.trigger('watch', PRODUCTION);
  await look();
});

const tenants = () => stack.haloflow.sandbox.tenants;
const where = (secret = tenants()[0]!.clientSecret) => ({
  home: path.join(directory.path, 'home'),
  env: { ...server.env, [SECRET]: secret },
});
const haloflow = (args: readonly string[], secret?: string): Promise<Ended> => run(args, where(secret));

async function look(): Promise<void> {
  await stack.poll(PRODUCTION);
  await stack.dispatch();
}

const renamed = (url: string): string => url.replace('127.0.0.1', 'localhost');

/** The file that has the connection ask that tenant, under that name of its host. */
function say(tenant: number, named: (url: string) => string): void {
  const { baseUrl, authUrl, tenant: name, clientId } = tenants()[tenant]!;
  const connection = { resourceServer: named(baseUrl), authServer: authUrl, tenant: name, clientId };
  writeFileSync(
    file,
    toYaml({
      organizations: { northwind: { name: 'Northwind' } },
      connections: {
        [PRODUCTION]: {
          organization: 'northwind',
          default: true,
          ...connection,
          clientSecret: `\${${SECRET}}`,
        },
      },
    }),
  );
}

const keys = async (): Promise<string[]> => (await stack.eventsOf('watch')).map(({ key }) => key);

test('connections restored says what it would mean, asks, and then has the new tickets run', async () => {
  const restored = ['connections', 'restored', PRODUCTION];
  await stack.ticket(stack.production, { summary: 'before' });
  await look();
  await stack.production.backUp('yesterday');
  const lost = await stack.ticket(stack.production, { summary: 'lost' });
  await stack.production.restore('yesterday');
  expect(await stack.ticket(stack.production, { summary: 'new' })).toBe(lost);

  const said = { ok: true, connection: PRODUCTION, generation: 2, firstId: lost, records: 1 };
  expect(await runJson([...restored, '--plan'], where())).toMatchObject({
    code: 0,
    document: { ...said, done: false, wentBack: null },
  });
  const unasked = await haloflow(restored);
  expect(unasked.code).not.toBe(0);
  expect(unasked.stderr).toContain('--yes');
  const generations = async (): Promise<number> =>
    (await stack.haloflow.store.pool.query('select 1 from halo_generations')).rows.length;
  expect(await generations()).toBe(0);
  expect(await runJson([...restored, '--yes'], where())).toMatchObject({
    code: 0,
    document: { ...said, done: true },
  });
  expect(await generations()).toBe(1);
  const known = await haloflow([...restored, '--plan', '--since', new Date(0).toISOString()]);
  expect(known.stdout).toMatch(
    new RegExp(
      `^haloflow has known since \\S+ that this Halo went back: records from id ${lost} on belong to generation 2\\. This report is about the same restore\\.$`,
      'm',
    ),
  );
  const later = await haloflow([...restored, '--plan', '--since', new Date().toISOString()]);
  expect(later.stdout).toContain('generation 2. This report is about a later restore.');
  await look();
  expect(await stack.ran('watch')).toEqual(['before', 'new']);
});

test('apply --same-halo goes on under the other name, and is refused for another Halo and where no host changes', async () => {
  await stack.ticket(stack.production, { summary: 'one' });
  await look();
  const { halo } = await stack.feed(PRODUCTION);
  say(1, renamed);
  const refusals = async (secret = tenants()[0]!.clientSecret): Promise<string[]> => {
    const asked = ['apply', file, '--same-halo', PRODUCTION];
    const ended = [await haloflow(asked, secret), await haloflow([...asked, '--plan'], secret)];
    return ended.map(({ code, stderr }) => `${code} ${stderr}`);
  };
  const other = await refusals(tenants()[1]!.clientSecret);
  expect(other[0]).toMatch(/^[1-9].*ConflictError/s);
  expect(other[1]).toBe(other[0]);

  say(0, renamed);
  expect((await haloflow(['apply', file, '--plan'])).stdout).toContain(`--same-halo ${PRODUCTION}`);
  const same = ['apply', file, '--same-halo', PRODUCTION];
  expect((await haloflow([...same, '--plan'])).stdout).toContain('under another name');
  expect(await haloflow(same)).toMatchObject({ code: 0 });
  await stack.ticket(stack.production, { summary: 'two' });
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'two']);
  expect((await stack.feed(PRODUCTION)).halo).toBe(halo);

  const again = await refusals();
  expect(again[0]).toMatch(new RegExp(`^[1-9].*--same-halo ${PRODUCTION}`, 's'));
  expect(again[1]).toBe(again[0]);
  // The first name still stands for that Halo.
  say(0, (url) => url);
  expect(await haloflow(['apply', file])).toMatchObject({ code: 0 });
  await stack.ticket(stack.production, { summary: 'three' });
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'three', 'two']);
  expect((await keys()).filter((key) => key.includes('@'))).toEqual([]);
});

test('without it another host is another Halo, and connections change --no-same-halo makes one of a known name', async () => {
  const first = await stack.ticket(stack.production, { summary: 'one' });
  await look();
  const { halo } = await stack.feed(PRODUCTION);
  const change = (url: string, flag: string): Promise<Ended> =>
    haloflow(['connections', 'change', PRODUCTION, '--resource-server', url, flag, '--yes']);
  const { baseUrl } = tenants()[0]!;
  expect(await change(renamed(baseUrl), '--same-halo')).toMatchObject({ code: 0 });
  await look();
  expect((await stack.feed(PRODUCTION)).halo).toBe(halo);
  // It is said of the name that stood for the Halo so far: what is read there from now on is another one's.
  expect(await change(baseUrl, '--no-same-halo')).toMatchObject({ code: 0 });
  await look();
  expect((await stack.feed(PRODUCTION)).halo).not.toBe(halo);
  const second = await stack.ticket(stack.production, { summary: 'two' });
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'two']);
  expect(await keys()).toEqual([
    `tickets/${first}`,
    expect.stringMatching(new RegExp(`^tickets/${second}@.+`)) as string,
  ]);

  say(1, renamed);
  expect(await haloflow(['apply', file], tenants()[1]!.clientSecret)).toMatchObject({ code: 0 });
  await look();
  await stack.ticket(stack.uat, { summary: 'of the other' }, { newId: first });
  await look();
  expect(await stack.ran('watch')).toEqual(['of the other', 'one', 'two']);
});

test('a plan that changes a connection back says that its feeds continue, and they do', async () => {
  const plan = async (tenant: number): Promise<string> =>
    (await haloflow(['apply', file, '--plan'], tenants()[tenant]!.clientSecret)).stdout;
  const apply = async (tenant: number): Promise<void> =>
    expect(await haloflow(['apply', file], tenants()[tenant]!.clientSecret)).toMatchObject({ code: 0 });
  await stack.ticket(stack.production, { summary: 'one' });
  await look();
  say(1, renamed);
  expect(await plan(1)).toContain('its feeds start with new records');
  await apply(1);
  await look();
  await stack.ticket(stack.production, { summary: 'meanwhile' });
  say(0, (url) => url);
  expect(await plan(0)).toMatch(
    /changes back to a Halo that its feeds polled until \S+Z: they continue there, and records created there since then start runs/,
  );
  await apply(0);
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'meanwhile'].toSorted());
});

test('a connection that is changed back: plan and command say that it continues, and so it does', async () => {
  await stack.ticket(stack.production, { summary: 'one' });
  await look();
  await stack.asks(PRODUCTION, UAT);
  await stack.ticket(stack.production, { summary: 'two' });
  say(0, (url) => url);
  // Nothing is known of the other Halo yet, so nobody can tell whether it is the same.
  const same = await haloflow(['apply', file, '--same-halo', PRODUCTION]);
  expect(same.stderr).toMatch(/ConflictError: .* polled until .* Leave out --same-halo/);
  await look();

  const plan = ['apply', file, '--plan'];
  const { baseUrl, clientSecret } = tenants()[0]!;
  const until = `polled until [-T:0-9]+Z`;
  const continues = new RegExp(`${until}: they continue there`);
  expect((await haloflow(plan)).stdout).toMatch(continues);
  const change = ['connections', 'change', PRODUCTION, '--resource-server', baseUrl, '--secret-env', SECRET];
  // It is another Halo than the one it leads to now: that is no new one.
  for (const asked of [change, [...change, '--no-same-halo']]) {
    expect((await haloflow(asked, clientSecret)).stdout).toMatch(continues);
  }
  // The answer is about a new host, and there is none.
  const rescoped = ['connections', 'change', PRODUCTION, '--scope', 'all', '--same-halo', '--yes'];
  expect(await haloflow(rescoped)).toMatchObject({ code: 0 });
  expect(await haloflow(['apply', file])).toMatchObject({ code: 0 });
  await look();
  expect(await stack.ran('watch')).toEqual(['one', 'two']);

  await stack.asks(PRODUCTION, UAT);
  await look();
  await stack.age(31 * 86_400);
  expect((await haloflow(plan)).stdout).toMatch(new RegExp(`${until}, more than 30 days ago`));
  expect((await haloflow(change, clientSecret)).stdout).toMatch(new RegExp(`${until}, too long ago`));
});
