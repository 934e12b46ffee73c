/** `haloflow variables`, on a database of its own. */
import { organizations } from '../../store/schema/configuration.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run } from './command.ts';
import type { Ended } from './command.ts';

const directory = temporaryDirectory();
let haloflow: (args: string[], input?: string) => Promise<Ended>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await database.store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', origin: 'manual' },
    { slug: 'acme', name: 'Acme', parent: 'msp', origin: 'manual' },
  ]);
  const env = { DATABASE_URL: database.url, PORTAL_KEY: 'from-the-environment' };
  haloflow = (args, input = '') => run(args, { home: directory.path, env, input });
});
afterAll(async () => {
  await drop();
  directory.remove();
});

test('sets values of every type, shows where each comes from, and takes them away', async () => {
  const set = (...args: string[]): Promise<Ended> => haloflow(['variables', 'set', ...args]);
  expect(await set('urgentPriority', '--org', 'msp', '--value', '1', '--type', 'number')).toMatchObject({
    code: 0,
    stdout: 'urgentPriority of msp is 1 (number).\n',
  });
  expect((await set('limits', '--org', 'acme', '--json-value', '{"seats": 20}')).code).toBe(0);
  const secret = await haloflow(['variables', 'set', 'apiKey', '--org', 'msp', '--secret'], 'typed-secret\n');
  const other = await set('portal', '--org', 'acme', '--secret', 'PORTAL_KEY', '--json');
  expect(JSON.parse(other.stdout)).toMatchObject({ ok: true, variable: { value: { secret: true } } });
  const shown = await haloflow(['variables', 'show', '--org', 'acme', '--effective']);
  const rows = shown.stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 4));
  expect(rows).toEqual(
    expect.arrayContaining([
      ['apiKey', 'secret', '(secret)', 'msp'],
      ['limits', 'json', '{"seats":20}', 'acme'],
      ['portal', 'secret', '(secret)', 'acme'],
      ['urgentPriority', 'number', '1', 'msp'],
    ]),
  );
  const said = [secret, other, shown].map(({ stdout, stderr }) => stdout + stderr).join('\n');
  for (const text of ['typed-secret', 'from-the-environment']) expect(said).not.toContain(text);
  expect((await haloflow(['variables', 'unset', 'limits', '--org', 'acme'])).code).toBe(0);
  const again = await haloflow(['variables', 'unset', 'limits', '--org', 'acme', '--json']);
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([
    1,
    { ok: false, variable: null, error: { type: 'NotFoundError' } },
  ]);
}, 60_000);

test('refuses a secret in the command line, two values, and what is no JSON', async () => {
  const refused = async (...args: string[]): Promise<[number | null, string]> => {
    const { code, stderr } = await haloflow(['variables', 'set', 'x', '--org', 'msp', ...args]);
    return [code, stderr];
  };
  const results = await Promise.all([
    refused('--value', 'in-clear', '--type', 'secret'),
    refused('--value', '1', '--json-value', '1'),
    refused('--value', 'one', '--type', 'number'),
  ]);
  expect(results.map(([code]) => code)).toEqual([1, 1, 2]);
  expect(results[0]?.[1]).toContain('--secret');
}, 60_000);
