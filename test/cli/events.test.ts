/** `haloflow events`: which events there were, and what became of them. */
import path from 'node:path';
import { events } from '../../store/schema/events.ts';
import { connections, organizations } from '../../store/schema/configuration.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson } from './command.ts';
import type { Document } from './command.ts';
import { served } from './served.ts';
import type { Served } from './served.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let api: Served;
let store: Store;

const haloflow = (...args: string[]): ReturnType<typeof run> => run(args, { home, env: api.env });
const json = (...args: string[]): ReturnType<typeof runJson> => runJson(args, { home, env: api.env });
const idsOf = (document: Document): unknown[] => (document['events'] as { id: number }[]).map(({ id }) => id);

beforeAll(async () => {
  database = await createTestDatabase();
  api = await served(database.store);
  store = database.store;
  await store.db.insert(organizations).values([
    { slug: 'umbrella', name: 'Umbrella', origin: 'manual' },
    { slug: 'tyrell', name: 'Tyrell', parent: 'umbrella', origin: 'manual' },
  ]);
  await store.db.insert(connections).values({
    id: 'umbrella-halo',
    organization: 'umbrella',
    isDefault: true,
    resourceServer: 'https://umbrella.halopsa.test',
    clientId: 'id',
    sealedSecret: 'sealed',
    origin: 'manual',
  });
  const about = { trigger: 'triage', source: 'poll', connection: 'umbrella-halo', kind: 'tickets' } as const;
  await store.db.insert(events).values([
    { ...about, key: 'tickets/4711', record: 4711, status: 'accepted', organization: 'tyrell' },
    {
      ...about,
      key: 'tickets/4712',
      record: 4712,
      status: 'filtered',
      organization: 'tyrell',
      reason: 'criteria: ticket.tickettype_id in [1, 4]',
    },
    { ...about, key: 'tickets/4713', record: 4713, status: 'failed', reason: 'unmapped client 77' },
    { ...about, key: 'tickets/4714', record: 4714, attempts: 3, reason: 'HaloServerError: 500' },
    {
      trigger: 'nightly',
      key: 'cron/2026-11-25T02:00:00Z',
      source: 'cron',
      status: 'accepted',
      organization: 'umbrella',
    },
    {
      trigger: 'deleted-since',
      key: 'manual/1',
      source: 'manual',
      status: 'failed',
      reason: 'trigger deleted',
    },
  ]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
  directory.remove();
});

test('are listed newest first, each with what became of it', async () => {
  const { code, stdout } = await haloflow('events', 'list');
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(lines[0]?.slice(0, 6)).toEqual(['id', 'time', 'trigger', 'key', 'organization', 'status']);
  const shown = lines.slice(1).map(([id, , trigger, key, ...rest]) => [id, trigger, key, ...rest]);
  expect(shown).toEqual([
    ['6', 'deleted-since', 'manual/1', '-', 'failed', 'trigger deleted'],
    [
      '5',
      'nightly',
      'cron/2026-11-25T02:00:00Z',
      'umbrella',
      'accepted',
      expect.stringMatching(/^run [0-9a-f]{8}$/),
    ],
    ['4', 'triage', 'tickets/4714', '-', 'pending', 'tried 3 times: HaloServerError: 500'],
    ['3', 'triage', 'tickets/4713', '-', 'failed', 'unmapped client 77'],
    ['2', 'triage', 'tickets/4712', 'tyrell', 'filtered', 'criteria: ticket.tickettype_id in [1, 4]'],
    ['1', 'triage', 'tickets/4711', 'tyrell', 'accepted', expect.stringMatching(/^run [0-9a-f]{8}$/)],
  ]);
});

test.each<[string[], number[]]>([
  [
    ['--trigger', 'triage'],
    [4, 3, 2, 1],
  ],
  [['--trigger', 'deleted-since'], [6]],
  [['--trigger', 'halo/umbrella-halo'], []],
  [
    ['--status', 'failed'],
    [6, 3],
  ],
  [['--status', 'pending'], [4]],
  [
    ['--org', 'tyrell'],
    [2, 1],
  ],
  [['--org', 'tyrell', '--status', 'accepted', '--trigger', 'triage'], [1]],
  [
    ['--org', 'umbrella', '--trigger', 'triage'],
    [2, 1],
  ],
  [
    ['--before', '3'],
    [2, 1],
  ],
])('%j shows %j', async (options, ids) => {
  const { code, document } = await json('events', 'list', ...options);
  expect({ code, ok: document.ok, ids: idsOf(document) }).toEqual({ code: 0, ok: true, ids });
});

test('come in pages, and the last line says how to see the next', async () => {
  const { code, stdout } = await haloflow('events', 'list', '--limit', '2');
  expect({ code, end: stdout.split('\n').at(-2) }).toEqual({
    code: 0,
    end: 'There are more: --before 5 shows older ones',
  });
  const first = await json('events', 'list', '--limit', '2');
  expect({ ids: idsOf(first.document), more: first.document['more'] }).toEqual({ ids: [6, 5], more: true });
  const last = await json('events', 'list', '--limit', '4', '--before', '5');
  expect({ ids: idsOf(last.document), more: last.document['more'] }).toEqual({
    ids: [4, 3, 2, 1],
    more: false,
  });
});

test('with --json each has its run, its reason and its times', async () => {
  const { document } = await json('events', 'list', '--trigger', 'triage', '--before', '3');
  expect(document['events']).toMatchObject([
    {
      id: 2,
      run: null,
      reason: 'criteria: ticket.tickettype_id in [1, 4]',
      organization: 'tyrell',
      record: 4712,
    },
    {
      id: 1,
      run: expect.stringMatching(/^[0-9a-f-]{36}$/),
      reason: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  ]);
});

test('none are a sentence, not an empty table', async () => {
  expect(await haloflow('events', 'list', '--before', '1')).toMatchObject({
    code: 0,
    stdout: 'No events.\n',
  });
});

test.each<[string[], RegExp]>([
  [['--trigger', 'triaeg'], /unknown trigger triaeg/],
  [['--trigger', 'halo/umbrela-halo'], /unknown trigger halo\/umbrela-halo/],
  [['--org', 'tyrel'], /unknown organization tyrel\. Did you mean "tyrell"\?/],
  [['--status', 'done'], /Allowed choices are pending, accepted, filtered, failed/],
  [['--limit', '-1'], /positive whole number/],
])('%j is refused', async (options, message) => {
  const { code, document } = await json('events', 'list', ...options);
  expect(code).toBe(1);
  expect(document).toEqual({
    ok: false,
    events: [],
    more: false,
    error: { type: expect.any(String), message: expect.stringMatching(message) },
  });
});
