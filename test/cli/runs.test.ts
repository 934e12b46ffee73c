/** `haloflow runs`: lists of runs. */
import path from 'node:path';
import { runs } from '../../store/schema/runs.ts';
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

const haloflow = (...args: string[]): ReturnType<typeof run> => run(args, { home, env: api.env });
const json = (...args: string[]): ReturnType<typeof runJson> => runJson(args, { home, env: api.env });
const idsOf = (document: Document): string[] =>
  (document['runs'] as { id: string }[]).map(({ id }) => id.slice(0, 2));

const id = (start: string): string => `${start}000000-0000-4000-8000-000000000000`;
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

beforeAll(async () => {
  database = await createTestDatabase();
  api = await served(database.store);
  const common = { owner: 'umbrella', overrides: {}, input: [{ event: {} }] };
  await database.store.db.insert(runs).values([
    {
      ...common,
      id: id('1a'),
      workflow: 'triageNewTicket',
      workflowId: 'o/tyrell/t/triage/tickets/4711',
      organization: 'tyrell',
      trigger: 'triage',
      startedBy: 'trigger',
      event: 1,
      status: 'completed',
      startedAt: minutesAgo(30),
      closedAt: minutesAgo(29),
    },
    {
      ...common,
      id: id('1b'),
      workflow: 'triageNewTicket',
      workflowId: 'o/tyrell/t/triage/tickets/4712',
      organization: 'tyrell',
      trigger: 'triage',
      startedBy: 'trigger',
      event: 2,
      status: 'failed',
      startedAt: minutesAgo(20),
      closedAt: minutesAgo(20),
      errorType: 'HaloServerError',
      errorMessage: 'GET /Tickets/4712 answered 500',
    },
    {
      ...common,
      id: id('2c'),
      workflow: 'listAgents',
      workflowId: 'o/umbrella/smoke/listAgents/2c',
      organization: 'umbrella',
      startedBy: 'smoke',
      startedAt: minutesAgo(10),
    },
  ]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
  directory.remove();
});

test('the list shows the newest first, with how they ended', async () => {
  const { code, stdout } = await haloflow('runs', 'list');
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual([
    'id',
    'started',
    'workflow',
    'organization',
    'trigger',
    'status',
    'took',
    'error',
  ]);
  expect(lines.slice(1).map(([first, , ...rest]) => [first, ...rest])).toEqual([
    ['2c000000', 'listAgents', 'umbrella', '- (smoke)', 'running', '10 min', '-'],
    ['1b000000', 'triageNewTicket', 'tyrell', 'triage', 'failed', '0 ms', 'HaloServerError'],
    ['1a000000', 'triageNewTicket', 'tyrell', 'triage', 'completed', '60 s', '-'],
  ]);
});

test.each<[string[], string[]]>([
  [
    ['--org', 'tyrell'],
    ['1b', '1a'],
  ],
  [['--workflow', 'listAgents'], ['2c']],
  [['--trigger', 'triage', '--status', 'completed'], ['1a']],
  [['--status', 'cancelled'], []],
  [['--before', '1b'], ['1a']],
])('list %j shows %j', async (options, ids) => {
  const { code, document } = await json('runs', 'list', ...options);
  expect({ code, ok: document.ok, ids: idsOf(document) }).toEqual({ code: 0, ok: true, ids });
});

test('the list comes in pages', async () => {
  const { stdout } = await haloflow('runs', 'list', '--limit', '2');
  expect(stdout.split('\n').at(-2)).toBe('There are more: --before 1b000000 shows older ones');
  const { document } = await json('runs', 'list', '--limit', '1', '--before', '1b000000');
  expect({ ids: idsOf(document), more: document['more'] }).toEqual({ ids: ['1a'], more: false });
});

test.each<[string[], RegExp]>([
  [['--trigger', 'triaage'], /unknown trigger triaage/],
  [['--org', 'nobody'], /unknown organization nobody/],
  [['--status', 'done'], /Allowed choices/],
  [['--before', '1'], /several runs have an id that begins with 1: .*1[ab]000000-0000 or 1[ab]000000-0000/],
  [['--before', 'ffff'], /there is no run ffff: .*runs list/],
  [['--before', 'x%'], /there is no run x%/],
])('list %j is refused', async (options, message) => {
  const { code, document } = await json('runs', 'list', ...options);
  expect(code).toBe(1);
  expect(document).toMatchObject({ ok: false, runs: [], error: { message: expect.stringMatching(message) } });
});
