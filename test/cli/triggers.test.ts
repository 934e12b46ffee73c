/** `haloflow triggers`: what it says of triggers and their feeds, where nothing runs. */
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { demoFile } from '../../cli/demo.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { applyDemo } from '../../configuration/apply/apply.ts';
import { DEMO_TENANTS } from '../../sandbox/demo.ts';
import { events } from '../../store/schema/events.ts';
import { feeds, haloWebhooks, triggers } from '../../store/schema/triggers.ts';
import { seal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { workflowNames } from '../../worker/workflowNames.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson } from './command.ts';
import { served } from './served.ts';
import type { Served } from './served.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let api: Served;
let store: Store;

const haloflow = (...args: string[]): ReturnType<typeof run> => run(args, { home, env: api.env });
const json = (...args: string[]): ReturnType<typeof runJson> => runJson(args, { home, env: api.env });

const secondsAgo = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

const common = {
  organization: 'northwind',
  workflow: 'triageNewTicket',
  runAs: 'client',
  runFor: { owner: true, organizations: [], tags: ['gold'], allClients: false },
  overrides: { halo: { use: 'mapping' } },
  criteria: { field: 'ticket.tickettype_id', in: [1, 4] },
  variables: { urgentPriority: 1 },
  enabled: true,
  origin: 'manual',
} as const;
const polling = {
  everySeconds: 60,
  deliver: 'each',
  webhook: false,
  includeOwn: false,
  projects: false,
  opportunities: false,
};

/** As two feeds are a moment after a poll, however long the tests have taken until now. */
async function freshFeeds(): Promise<void> {
  await store.db.delete(feeds);
  await store.db.insert(feeds).values([
    {
      connection: 'northwind-halo',
      kind: 'tickets',
      mark: 4713,
      everySeconds: 60,
      polledAt: secondsAgo(20),
      succeededAt: secondsAgo(20),
      nextPollAt: secondsAgo(-40),
      newestAt: secondsAgo(300),
    },
    {
      connection: 'globex-halo',
      kind: 'tickets',
      mark: 88,
      everySeconds: 60,
      polledAt: secondsAgo(20),
      succeededAt: secondsAgo(7_500),
      nextPollAt: secondsAgo(-100),
      newestAt: secondsAgo(90_000),
      errors: 3,
      error: 'HaloServerError: GET /Tickets answered 503',
    },
  ]);
}

beforeAll(async () => {
  database = await createTestDatabase();
  api = await served(database.store);
  store = database.store;
  const tenants = DEMO_TENANTS.map((tenant) => ({
    ...tenant,
    baseUrl: 'http://127.0.0.1:9',
    authUrl: 'http://127.0.0.1:9/auth',
    controlUrl: 'http://127.0.0.1:9/_control',
  }));
  await applyDemo(store, { file: 'demo', ...demoFile(tenants), normaliseServer, workflowNames });
  await store.db.insert(triggers).values([
    { ...common, id: 'triage-new-tickets', type: 'new-ticket-record', parameters: polling },
    {
      ...common,
      id: 'projects-too',
      type: 'new-ticket-record',
      connection: 'globex-halo',
      organization: 'globex',
      parameters: { ...polling, projects: true },
    },
    {
      ...common,
      id: 'nightly',
      type: 'cron',
      workflow: 'openTicketsReport',
      criteria: null,
      parameters: {
        expression: '30 2 * * *',
        everySeconds: null,
        timeZone: 'Europe/Berlin',
        jitterSeconds: 0,
        overlap: 'skip',
        catchUpSeconds: 600,
      },
    },
  ]);
  await store.db.insert(events).values([
    { trigger: 'triage-new-tickets', key: 'tickets/4711', source: 'poll', status: 'accepted' },
    { trigger: 'triage-new-tickets', key: 'tickets/4712', source: 'poll', status: 'filtered' },
    { trigger: 'triage-new-tickets', key: 'tickets/4713', source: 'poll', status: 'failed' },
  ]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
  directory.remove();
});

beforeEach(freshFeeds);

describe('list', () => {
  test('shows every trigger, its last event and how its feeds are doing', async () => {
    const { code, stdout } = await haloflow('triggers', 'list');
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines).toEqual([
      ['id', 'type', 'owner', 'workflow', 'enabled', 'last event', 'feed'],
      ['nightly', 'cron', 'northwind', 'openTicketsReport', 'yes', '-', '-'],
      [
        'projects-too',
        'new-ticket-record',
        'globex',
        'triageNewTicket',
        'yes',
        '-',
        'tickets 3 errors in a row, projects not polled yet',
      ],
      [
        'triage-new-tickets',
        'new-ticket-record',
        'northwind',
        'triageNewTicket',
        'yes',
        expect.stringMatching(/^failed \d+(\.\d)? m?s ago$/),
        'tickets ok',
      ],
    ]);
  });

  test('comes in pages', async () => {
    const { stdout } = await haloflow('triggers', 'list', '--limit', '1');
    expect(stdout).toMatch(/\nnightly .*\n\nThere are more: --after nightly, or a larger --limit\n$/);
    const { document } = await json('triggers', 'list', '--after', 'projects-too');
    expect(document).toMatchObject({ ok: true, triggers: [{ id: 'triage-new-tickets' }], more: false });
  });
});

describe('show', () => {
  test('says all of a trigger, for whom it runs now, and the state of its feed', async () => {
    const { code, document } = await json('triggers', 'show', 'triage-new-tickets');
    expect(code).toBe(0);
    expect(document['trigger']).toMatchObject({
      id: 'triage-new-tickets',
      type: 'new-ticket-record',
      organization: 'northwind',
      connection: 'northwind-halo',
      workflow: 'triageNewTicket',
      runAs: 'client',
      runsFor: [
        { organization: 'northwind', enabled: true },
        { organization: 'acme', enabled: true },
      ],
      criteria: { field: 'ticket.tickettype_id', in: [1, 4] },
      variables: { urgentPriority: 1 },
      enabled: true,
      events: { accepted: 1, filtered: 1, failed: 1, pending: 0 },
      feeds: [
        {
          connection: 'northwind-halo',
          kind: 'tickets',
          state: 'ok',
          everySeconds: 60,
          cursor: 4713,
          errors: 0,
          error: null,
          nextPoll: expect.stringMatching(/Z$/),
        },
      ],
    });
    const [feed] = (document['trigger'] as { feeds: { lagSeconds: number }[] }).feeds;
    expect(feed?.lagSeconds).toBeGreaterThanOrEqual(300);
    expect(feed?.lagSeconds).toBeLessThan(330);
  });

  test('reads as a page', async () => {
    const { stdout } = await haloflow('triggers', 'show', 'triage-new-tickets');
    expect(stdout).toMatch(/^trigger +triage-new-tickets$/m);
    expect(stdout).toMatch(/^run for +owner, tag gold; now: northwind, acme$/m);
    expect(stdout).toMatch(/^events +1 accepted, 1 filtered, 1 failed, 0 pending$/m);
    expect(stdout).toMatch(/^interval +60 s$/m);
    expect(stdout).toMatch(/^last poll +\S+Z \([2-5]\d s ago\)$/m);
    expect(stdout).toMatch(/^next poll +\S+Z \(in [1-3]?\d s\)$/m);
    expect(stdout).toMatch(/^cursor +4713$/m);
    expect(stdout).toMatch(/^lag +5 min$/m);
    expect(stdout).toMatch(/^errors in a row +0$/m);
  });

  test('says since when a feed fails, and why', async () => {
    const { stdout } = await haloflow('triggers', 'show', 'projects-too');
    expect(stdout).toMatch(/^feed tickets +3 errors in a row, on globex-halo$/m);
    expect(stdout).toMatch(/^last good poll +\S+Z \(2 h 5 min ago\)$/m);
    expect(stdout).toMatch(/^errors in a row +3: HaloServerError: GET \/Tickets answered 503$/m);
    expect(stdout).toMatch(/^feed projects +not polled yet, on globex-halo$/m);
  });

  test("says how Halo's webhook is doing, and where Halo delivers when it is asked", async () => {
    await store.db.insert(triggers).values({
      ...common,
      id: 'changes',
      type: 'halo-event',
      criteria: null,
      parameters: { events: ['Ticket Closed'], includeOwn: false },
    });
    expect((await haloflow('triggers', 'show', 'changes')).stdout).not.toMatch(/^(halo webhook|url) /m);
    const before = await haloflow('triggers', 'show', 'changes', '--url');
    expect([before.stdout, before.stderr]).toEqual([
      '',
      "ConfigurationError: trigger changes has no URL yet: Halo's webhook is set up while haloflow start runs\n",
    ]);
    await store.db.insert(haloWebhooks).values({
      connection: 'northwind-halo',
      sealedSecret: await seal(store.key, 'the-secret'),
      error: 'HaloPermissionError: POST /Webhook answered 403',
    });
    const { stdout } = await haloflow('triggers', 'show', 'changes');
    expect(stdout).toMatch(/^halo webhook +there is none in Halo\n.*\n +HaloPermissionError: POST .* 403$/m);
    expect(stdout).toMatch(/^url +add --url to see it: it holds the secret$/m);
    expect(stdout).toMatch(/^connection +northwind-halo$/m);
    await haloflow('connections', 'disable', 'northwind-halo');
    expect((await haloflow('triggers', 'show', 'changes')).stdout).toMatch(
      /^connection +northwind-halo \(paused: .*haloflow connections enable northwind-halo/m,
    );
    await haloflow('connections', 'enable', 'northwind-halo');
    const { document } = await json('triggers', 'show', 'changes', '--url');
    const { url } = document['trigger'] as { readonly url: string };
    expect((await haloflow('triggers', 'show', 'changes', '--url')).stdout).toBe(`${url}\n`);
    expect(document['trigger']).toMatchObject({
      url: expect.stringMatching(/\/halo\/northwind-halo\/the-secret$/),
      haloWebhook: { webhook: null, error: expect.stringContaining('403') },
    });
    await store.db.delete(triggers).where(eq(triggers.id, 'changes'));
    expect((await json('triggers', 'show', 'triage-new-tickets')).document['trigger']).toMatchObject({
      haloWebhook: null,
    });
  });

  test('says when a schedule fires next', async () => {
    const { document } = await json('triggers', 'show', 'nightly');
    const { nextTimes } = document['trigger'] as { nextTimes: string[] };
    expect(nextTimes).toHaveLength(3);
    const berlin = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
    for (const time of nextTimes) expect(berlin.format(new Date(time))).toBe('02:30');
  });
});

describe('enable and disable', () => {
  test('switch a trigger, and say when it was so already', async () => {
    expect(await haloflow('triggers', 'disable', 'nightly')).toMatchObject({
      code: 0,
      stdout: 'nightly is disabled.\n',
    });
    expect((await json('triggers', 'show', 'nightly')).document['trigger']).toMatchObject({
      enabled: false,
      nextTimes: [],
    });
    expect(await haloflow('triggers', 'disable', 'nightly')).toMatchObject({
      code: 0,
      stdout: 'nightly was disabled already.\n',
    });
    expect((await json('triggers', 'enable', 'nightly')).document).toEqual({
      ok: true,
      trigger: { id: 'nightly', enabled: true },
      changed: true,
    });
  });

  test('a feed that nobody needs is off', async () => {
    await haloflow('triggers', 'disable', 'triage-new-tickets');
    expect((await haloflow('triggers', 'list')).stdout).toMatch(/^triage-new-tickets .* no .* tickets off$/m);
    await haloflow('triggers', 'enable', 'triage-new-tickets');
  });
});

test.each([
  ['show'],
  ['enable'],
  ['disable'],
  ['test'],
  ['fire'],
  ['rewind', '--to', '4711', '--yes'],
  ['backfill', '--since', '2026-01-01', '--yes'],
])('%s of a trigger that there is not names the one that was meant', async (verb, ...options) => {
  const { code, document } = await json('triggers', verb, 'triage-new-ticket', ...options);
  expect(code).toBe(1);
  expect(document.ok).toBe(false);
  expect(document.error).toEqual({
    type: 'NotFoundError',
    message: expect.stringMatching(
      /^unknown trigger triage-new-ticket\. Did you mean "triage-new-tickets"\? .*triggers list/,
    ),
  });
});

test.each<[string[], number, RegExp]>([
  [['rewind', 'nightly'], 1, /required option '--to <place>' not specified/],
  [['rewind', 'nightly', '--to', 'yesterday'], 1, /a ticket's id, or a date or time/],
  [['rewind', 'nightly', '--to', '0'], 1, /a ticket's id, or a date or time/],
  [['rewind', 'nightly', '--to', '2026-13-45'], 1, /a date or a time, as 2026-11-25/],
  [['rewind', 'nightly', '--to', '2999-01-01'], 1, /it has not come yet/],
  [['backfill', 'nightly'], 1, /required option '--since <time>' not specified/],
  [['fire', 'nightly', '--record', '{oops'], 2, /it is not JSON/],
  [['fire', 'nightly', '--record', '@nowhere.json'], 1, /nowhere\.json/],
  [['fire', 'nightly', '--ticket', 'x'], 1, /positive whole number/],
  [['fire', 'nightly', '--organization', 'acme'], 2, /unknown option/],
  [['shwo', 'nightly'], 2, /unknown command/],
])('%j is refused with %d', async (args, exit, message) => {
  const { code, stdout, stderr } = await haloflow('triggers', ...args);
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(stderr).toMatch(message);
});
