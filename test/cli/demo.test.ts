/** `haloflow demo`: a local Halo gets tickets, and the terminal shows what becomes of them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson, start } from './command.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

let homes = 0;
const freshHome = (): string => path.join(directory.path, `home-${(homes += 1)}`);
const demoIn = (home: string): string => path.join(home, 'demo');

/** Ids have the same number of digits. */
const sorted = (ids: readonly (string | undefined)[]): string[] =>
  ids.map(String).toSorted((left, right) => left.localeCompare(right));

/** The lines of tickets, as columns: time, ticket, organization, what, the rest. */
const happenings = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\d\d:\d\d:\d\d /.test(line))
    .map((line) => line.split(/ {2,}/));

test('--for 15 shows tickets, events, runs and notes, ends by itself, and its numbers agree', async () => {
  const home = freshHome();
  const { code, stdout, stderr } = await run(['demo', '--for', '15', '--every', '2'], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/warn|error/i) });
  const lines = happenings(stdout);
  const of = (what: string): string[][] => lines.filter((cells) => cells[3] === what);

  const tickets = of('ticket').map(([, id]) => id);
  expect(tickets.length).toBeGreaterThanOrEqual(6);
  const decided = [...of('accepted'), ...of('filtered'), ...of('failed')];
  expect(sorted(decided.map(([, id]) => id))).toEqual(tickets);
  for (const [, , organization, , rest] of of('filtered')) {
    expect(['acme', 'northwind']).toContain(organization);
    expect(rest).toMatch(/^criteria: .*ticket\.(summary|tickettype_id)/);
  }
  expect(of('filtered').length).toBeGreaterThanOrEqual(2);
  expect(of('failed').map(([, , organization, , rest]) => [organization, rest])).toEqual([
    ['-', 'unmapped client 14'],
  ]);

  const accepted = sorted(of('accepted').map(([, id]) => id));
  expect(sorted(of('run').map(([, id]) => id))).toEqual(accepted);
  for (const [, , organization, , rest] of of('run')) {
    expect(['acme', 'northwind', 'globex']).toContain(organization);
    expect(rest).toMatch(/^[0-9a-f]{8} completed in .* on northwind-halo \(trigger override: mapping\)$/);
  }
  const notes = of('note').map(([, id, , , rest]) => [id, rest]);
  expect(sorted(notes.map(([id]) => id))).toEqual(accepted);
  expect(notes[0]?.[1]).toMatch(/^haloflow triage: It reads like an outage; its priority was raised to 1\.$/);

  const count = (what: string): number => of(what).length;
  expect(stdout).toMatch(new RegExp(`^tickets +${tickets.length} in \\d+ s$`, 'm'));
  expect(stdout).toContain(
    `${tickets.length}: ${count('accepted')} accepted, ${count('filtered')} filtered, ${count('failed')} failed`,
  );
  expect(stdout).toMatch(
    new RegExp(`^runs +${accepted.length}: ${accepted.length} completed, 0 failed$`, 'm'),
  );
  expect(stdout).toMatch(new RegExp(`^notes +${accepted.length}\n$`, 'm'));
  expect(serversOf(demoIn(home))).toEqual(NONE);

  // What it left can be looked at, and is gone with the next one.
  const inside = { home: demoIn(home) };
  const { document } = await runJson(['events', 'list'], inside);
  expect(document['events']).toHaveLength(tickets.length);
  const again = await runJson(['demo', '--for', '1'], { home });
  expect(again).toMatchObject({ code: 0, document: { ok: true, tickets: 1, notes: 1 } });
  expect((await runJson(['events', 'list'], inside)).document['events']).toHaveLength(1);
  expect(serversOf(demoIn(home))).toEqual(NONE);
}, 120_000);

test('Ctrl-C ends it with a summary, and stops what it started', async () => {
  const home = freshHome();
  const demo = start(['demo', '--every', '1'], { home });
  try {
    await demo.says('  note ');
    expect(serversOf(demoIn(home)).postgres).not.toBeNull();
    demo.signal('SIGINT');
    const { code, stdout } = await demo.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tickets +\d+ in \d+ s$/m);
    expect(stdout).toMatch(/^runs +\d+: \d+ completed, 0 failed$/m);
    expect(serversOf(demoIn(home))).toEqual(NONE);
  } finally {
    await demo.end();
  }
}, 90_000);

test('Ctrl-C while it starts stops it, too', async () => {
  const home = freshHome();
  const demo = start(['demo', '--json'], { home });
  try {
    while (serversOf(demoIn(home)).temporal === null) await new Promise((resolve) => setTimeout(resolve, 20));
    demo.signal('SIGTERM');
    const { code, stdout } = await demo.ended;
    expect(code).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { type: 'Interrupted' } });
    expect(serversOf(demoIn(home))).toEqual(NONE);
  } finally {
    await demo.end();
  }
}, 90_000);

test('leaves a DATABASE_URL, and everything else that is set up here, alone', async () => {
  const database = await createTestDatabase();
  const home = freshHome();
  try {
    const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:9', HALOFLOW_API_PORT: '1' };
    const { code, document } = await runJson(['demo', '--for', '1'], { home, env });
    expect({ code, ok: document.ok }).toEqual({ code: 0, ok: true });
    expect((await database.store.pool.query('select * from organizations')).rows).toEqual([]);
    expect(existsSync(path.join(home, 'postgres'))).toBe(false);
  } finally {
    await database.drop();
  }
}, 90_000);

test('what a killed one left running is stopped by the next', async () => {
  const home = freshHome();
  const killed = start(['demo'], { home });
  await killed.says('Ctrl-C ends it.');
  const orphans = serversOf(demoIn(home));
  killed.signal('SIGKILL');
  await killed.ended;
  expect(await runJson(['demo', '--for', '1'], { home })).toMatchObject({ code: 0, document: { ok: true } });
  expect(orphans.postgres).not.toBeNull();
  expect(serversOf(demoIn(home))).toEqual(NONE);
}, 90_000);

test.each<[string[], number, RegExp]>([
  [['--for', 'ever'], 1, /positive whole number/],
  [['--every', '0'], 1, /positive whole number/],
  [['--fast'], 2, /unknown option/],
])('%j is refused', async (options, exit, message) => {
  const { code, document } = await runJson(['demo', ...options], { home: freshHome() });
  expect(code).toBe(exit);
  expect(document.error.message).toMatch(message);
});
