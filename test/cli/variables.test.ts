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
  const set = (args: string[], input = ''): Promise<Ended> => haloflow(['variables', 'set', ...args], input);
  const [number, secret, portal] = await Promise.all([
    set(['urgentPriority', '--org', 'msp', '--value', '1', '--type', 'number']),
    set(['apiKey', '--org', 'msp', '--secret'], 'typed-secret\n'),
    set(['portal', '--org', 'acme', '--secret', 'PORTAL_KEY', '--json']),
    set(['limits', '--org', 'acme', '--json-value', '{"seats": 20}']),
  ]);
  expect(number).toMatchObject({ code: 0, stdout: 'urgentPriority of msp is 1 (number).\n' });
  expect(secret).toMatchObject({ code: 0, stdout: 'apiKey of msp is set (secret).\n' });
  expect(JSON.parse(portal.stdout)).toMatchObject({ ok: true, variable: { value: { secret: true } } });
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
  const said = [secret, portal, shown].map(({ stdout, stderr }) => stdout + stderr).join('\n');
  for (const text of ['typed-secret', 'from-the-environment']) expect(said).not.toContain(text);
  const [unset, nothing] = await Promise.all([
    haloflow(['variables', 'unset', 'limits', '--org', 'acme']),
    haloflow(['variables', 'unset', 'apiKey', '--org', 'acme', '--json']),
  ]);
  expect(unset.code).toBe(0);
  expect([nothing.code, JSON.parse(nothing.stdout)]).toMatchObject([
    1,
    { ok: false, variable: null, error: { type: 'NotFoundError' } },
  ]);
}, 120_000);

test('refuses a secret in the command line, two values, and a text for a number', async () => {
  const refused = async (...args: string[]): Promise<[number | null, string]> => {
    const { code, stderr } = await haloflow(['variables', 'set', 'x', '--org', 'msp', ...args]);
    return [code, stderr];
  };
  const results = await Promise.all([
    refused('--value', 'in-clear', '--type', 'secret'),
    refused('--value', '1', '--json-value', '1'),
    refused('--value', 'one', '--type', 'number'),
  ]);
  expect(results.map(([code]) => code)).toEqual([1, 1, 1]);
  expect(results[0]?.[1]).toContain('--secret');
  expect(results[2]?.[1]).toContain('--value one is no number: write it as 12');
}, 120_000);
