/** Triggers, events and runs as an operator has them: `haloflow start` runs, Halo is a sandbox elsewhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { untilFound, untilTrue } from '../support/polling.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { run, runJson, start } from './command.ts';
import type { Document, Ended, Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const cwd = path.join(directory.path, 'work');

let sandbox: Sandbox;
let halo: Control;
let stack: Running;
let env: NodeJS.ProcessEnv;
let own: ReturnType<typeof ownConfiguration>;

const haloflow = (args: string[], input = ''): Promise<Ended> => run(args, { home, cwd, env, input });
const json = (...args: string[]): ReturnType<typeof runJson> => runJson(args, { home, cwd, env });

/** The rows of a document's list. */
const listIn = (document: Document, name: string): Record<string, unknown>[] =>
  document[name] as Record<string, unknown>[];

const triggers = {
  triage: {
    organization: 'umbrella',
    type: 'new-ticket-record',
    workflow: 'triageNewTicket',
    runFor: { owner: true, allClients: true },
    overrides: { halo: { use: 'mapping' } },
    criteria: {
      all: [
        { field: 'ticket.tickettype_id', in: [1, 4] },
        { not: { field: 'ticket.summary', startsWith: 'Auto:' } },
      ],
    },
    parameters: { everySeconds: 10, webhook: true },
    enabled: false,
  },
  'by-hand': {
    organization: 'umbrella',
    type: 'always-pass',
    workflow: 'listAgents',
    runAs: 'owner',
  },
  alerts: { organization: 'umbrella', type: 'webhook', workflow: 'listAgents', runAs: 'owner' },
};

async function apply(file: object): Promise<void> {
  writeFileSync(path.join(cwd, 'haloflow.yaml'), toYaml(file));
  const { code, stderr } = await haloflow(['apply']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const ticket = async (client: number, summary: string, type = 1): Promise<number> => {
  const record = await halo.add('Tickets', { client_id: client, summary, tickettype_id: type });
  return Number(record['id']);
};

beforeAll(async () => {
  mkdirSync(cwd);
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  halo = control(tenant);
  env = { [SECRET]: tenant.clientSecret };
  own = ownConfiguration(tenant);
  stack = start(['start', '--json'], { home, cwd });
  await stack.says('\n');
  await apply({ ...own, triggers });
}, 90_000);

afterAll(async () => {
  await stack.end();
  await sandbox.close();
  const left = serversOf(home);
  directory.remove();
  expect(left).toEqual(NONE);
});

describe('triggers test', () => {
  test('shows what would happen to the last five tickets, and does none of it', async () => {
    const outage = await ticket(12, 'Internet is down');
    const automatic = await ticket(12, 'Auto: backup completed');
    const nobody = await ticket(14, 'Mail is down');
    await halo.clearRequests();
    const { code, document } = await json('triggers', 'test', 'triage');
    expect(code).toBe(0);
    const tickets = listIn(document, 'tickets');
    expect(tickets).toHaveLength(5);
    expect(tickets.slice(0, 3)).toMatchObject([
      { id: nobody, status: 'failed', reason: 'unmapped client 14', organization: null, workflowId: null },
      {
        id: automatic,
        summary: 'Auto: backup completed',
        status: 'filtered',
        about: 'tyrell',
        workflowId: null,
        predicates: [
          { passes: true, found: 1 },
          { predicate: expect.stringContaining('Auto:'), found: 'Auto: backup completed' },
        ],
      },
      {
        id: outage,
        status: 'accepted',
        reason: null,
        organization: 'tyrell',
        workflowId: `o/tyrell/t/triage/tickets/${outage}`,
      },
    ]);
    expect(
      (await halo.requests()).filter(({ method, path: to }) => method !== 'GET' && !to.includes('auth')),
    ).toEqual([]);
    expect((await json('events', 'list', '--trigger', 'triage')).document['events']).toEqual([]);
    expect((await json('runs', 'list')).document['runs']).toEqual([]);
  });

  test('reads as a page', async () => {
    const { stdout } = await haloflow(['triggers', 'test', 'triage', '--limit', '3']);
    expect(stdout).toMatch(/^triage is disabled: this is what it would do enabled\.\n/);
    expect(stdout).toMatch(/^would be +failed: unmapped client 14$/m);
    expect(stdout).toMatch(/^passes +ticket\.tickettype_id in \[1, 4\], found 1$/m);
    expect(stdout).toMatch(/^workflow id +o\/tyrell\/t\/triage\/tickets\/\d+$/m);
    expect(stdout).toMatch(/\n1 of 3 would run triageNewTicket\. Nothing was started\.\n$/);
  });

  test('is for triggers that read records', async () => {
    expect((await json('triggers', 'test', 'alerts')).document.error.message).toMatch(
      /alerts is of type webhook, which reads no records of Halo/,
    );
  });
});

describe('triggers fire', () => {
  test('starts it by hand, marked so, and with --wait prints the result', async () => {
    const { code, document } = await json('triggers', 'fire', 'by-hand', '--wait');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      ok: true,
      trigger: 'by-hand',
      event: { status: 'accepted', key: expect.stringMatching(/^manual\//) },
      runs: [{ organization: 'umbrella', result: { agents: 14 }, error: null }],
      error: null,
    });
    const [started] = listIn(document, 'runs');
    const { document: events } = await json('events', 'list', '--trigger', 'by-hand');
    expect(events['events']).toMatchObject([{ source: 'manual', run: started?.['run'] }]);
  });

  test('takes a record from standard input, and prints ids', async () => {
    const { code, stdout } = await haloflow(
      ['triggers', 'fire', 'by-hand', '--record', '-'],
      '{"why": "test"}',
    );
    expect(code).toBe(0);
    const [, id] = /^run +([0-9a-f-]{36})$/m.exec(stdout) ?? [];
    expect(stdout).toMatch(/^event \d+\n/);
    expect(stdout).toMatch(/^workflow id +o\/umbrella\/t\/by-hand\/manual\//m);
    const { document } = await json('runs', 'show', id ?? '');
    expect(document['run']).toMatchObject({ input: [{ event: { why: 'test' } }] });
  });

  test.each<[string[], RegExp]>([
    [['triage', '--ticket', '1001'], /^Nothing was started: event \d+ is filtered: trigger disabled\n$/],
    [['by-hand', '--record', '[1]'], /takes an event as a JSON object/],
    [['by-hand', '--org', 'nobody'], /there is no organization nobody: .*haloflow organizations add/],
    [['triage', '--ticket', '7', '--record', '{}'], /--record and --ticket exclude each other/],
    [['triage'], /needs the id of a ticket/],
  ])('%j starts nothing, and says why', async (args, message) => {
    const { code, stdout, stderr } = await haloflow(['triggers', 'fire', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('an always-pass trigger', () => {
  test('has a URL, too, whose body is the record', async () => {
    const shown = await haloflow(['triggers', 'show', 'by-hand']);
    expect(shown.stdout).toMatch(/^url +add --url to see it: it holds the secret$/m);
    const { document } = await json('triggers', 'show', 'by-hand', '--url');
    const { url } = document['trigger'] as { url: string };
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'order-17' },
      body: '{"order": 17}',
    });
    const answer = (await reply.json()) as { runs: { id: string }[] };
    expect({ status: reply.status, runs: answer.runs.length }).toEqual({ status: 202, runs: 1 });
    const { document: run } = await json('runs', 'show', answer.runs[0]?.id ?? '');
    expect(run['run']).toMatchObject({
      workflowId: expect.stringMatching(/by-hand\/webhook\/order-17$/),
      input: [{ event: { order: 17 } }],
      firedBy: null,
    });
  });
});

describe('a webhook trigger', () => {
  test('shows its URL only when it is asked for, and that URL works', async () => {
    const shown = await haloflow(['triggers', 'show', 'alerts']);
    expect(shown.stdout).toMatch(/^url +add --url to see it: it holds the secret$/m);
    expect(shown.stdout).not.toContain('http://');
    const { document } = await json('triggers', 'show', 'alerts', '--url');
    const { url } = document['trigger'] as { url: string };
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"host": "mail"}',
    });
    expect({ status: reply.status, body: await reply.json() }).toMatchObject({ status: 202, body: {} });
    const [event] = listIn((await json('events', 'list', '--trigger', 'alerts')).document, 'events');
    expect(event).toMatchObject({ source: 'webhook', status: 'accepted', organization: 'umbrella' });
  });
});

describe('with the trigger on', () => {
  let first: number;

  const decided = async (key: string): Promise<Record<string, unknown> | undefined> => {
    const events = listIn((await json('events', 'list', '--trigger', 'triage')).document, 'events');
    return events.find((event) => event['key'] === key && event['status'] !== 'pending');
  };
  const runsOf = async (): Promise<Record<string, unknown>[]> =>
    listIn((await json('runs', 'list', '--trigger', 'triage')).document, 'runs');

  test('new tickets become events and runs', async () => {
    expect((await haloflow(['triggers', 'enable', 'triage'])).stdout).toBe('triage is enabled.\n');
    await untilTrue(async () => (await haloflow(['triggers', 'list'])).stdout.includes('tickets ok'));
    first = await ticket(12, 'Phones are down');
    const filtered = await ticket(12, 'New chair', 2);
    const unmapped = await ticket(14, 'Nobody can print');
    expect(await untilFound(() => decided(`tickets/${first}`))).toMatchObject({
      status: 'accepted',
      organization: 'tyrell',
    });
    expect(await untilFound(() => decided(`tickets/${filtered}`))).toMatchObject({
      status: 'filtered',
      reason: 'criteria: ticket.tickettype_id in [1, 4]',
    });
    expect(await untilFound(() => decided(`tickets/${unmapped}`))).toMatchObject({
      status: 'failed',
      reason: 'unmapped client 14',
    });
    const { document } = await json('triggers', 'show', 'triage');
    expect(document['trigger']).toMatchObject({ feeds: [{ state: 'ok', everySeconds: 10, errors: 0 }] });
  });

  test('runs show prints what each action did, with whose credentials, and the result', async () => {
    const [started] = await runsOf();
    const id = String(started?.['id']);
    const shown = await untilFound(async () => {
      const { document } = await json('runs', 'show', id.slice(0, 8));
      return (document['run'] as { status: string }).status === 'completed' ? document : undefined;
    });
    expect(shown['run']).toMatchObject({
      id,
      eventKey: `tickets/${first}`,
      result: { ticket: first, outage: true },
    });
    const because = 'trigger override: mapping';
    const call = { organization: 'tyrell', connection: 'umbrella-halo', because, attempts: 1, status: 'ok' };
    expect(shown['calls']).toMatchObject([
      { ...call, action: 'tickets.get', result: { id: first } },
      { ...call, action: 'tickets.update' },
      { ...call, action: 'actions.create', durationMs: expect.any(Number) },
    ]);
    const { stdout } = await haloflow(['runs', 'show', `o/tyrell/t/triage/tickets/${first}`]);
    expect(stdout).toMatch(/^organization +tyrell \(owner umbrella\)$/m);
    expect(stdout).toMatch(
      /^tickets\.get +tyrell +umbrella-halo +trigger override: mapping +1 +.* ok +\{"id":/m,
    );
    expect(stdout).toMatch(/\nResult\n\n\{\n {2}"ticket": \d+/);
  });

  test('rewind says how many, and does nothing unasked', async () => {
    const plan = await json('triggers', 'rewind', 'triage', '--to', String(first), '--plan');
    expect(plan).toMatchObject({
      code: 0,
      document: { ok: true, records: 3, ran: 1, refused: 2, unknown: 0, wanted: 2, fired: 0, done: false },
    });
    const unasked = await haloflow(['triggers', 'rewind', 'triage', '--to', String(first)]);
    expect(unasked.code).toBe(1);
    expect(unasked.stdout).toMatch(/^3 records: 0 new, 1 already ran, 2 filtered or failed, 0 waiting\./);
    expect(unasked.stderr).toMatch(/nothing was done: add --yes/);
    expect(await runsOf()).toHaveLength(1);
  });

  test('after a mapping was added, rewind runs what had failed, and nothing twice', async () => {
    const mapped = { ...own.mappings['umbrella-halo'], soylent: { client: 14 } };
    const enabled = { ...triggers, triage: { ...triggers.triage, enabled: true } };
    await apply({ ...own, mappings: { 'umbrella-halo': mapped }, triggers: enabled });
    const rewound = await json('triggers', 'rewind', 'triage', '--to', String(first), '--yes');
    expect(rewound).toMatchObject({ code: 0, document: { done: true, fired: 2 } });
    const runs = await untilFound(async () => {
      const found = await runsOf();
      return found.length === 2 ? found : undefined;
    });
    expect(runs.map((each) => each['organization'])).toEqual(['soylent', 'tyrell']);

    const again = await json('triggers', 'rewind', 'triage', '--to', String(first), '--again', '--yes');
    expect(again.document).toMatchObject({ ran: 2, fired: 3 });
    await untilTrue(async () => (await runsOf()).length === 4);
  });

  test('backfill takes older tickets, so many', async () => {
    const options = ['triage', '--since', '2020-01-01', '--limit', '4'];
    const plan = await haloflow(['triggers', 'backfill', ...options, '--plan']);
    expect(plan.stdout).toMatch(/^4 records: 4 new, .*\n4 would be looked at\.\n$/);
    const { document } = await json('triggers', 'backfill', ...options, '--yes');
    expect(document).toMatchObject({ ok: true, records: 4, fired: 4, done: true });
  });

  test('a disabled trigger says that going back leads nowhere', async () => {
    await haloflow(['triggers', 'disable', 'triage']);
    const { stdout } = await haloflow(['triggers', 'rewind', 'triage', '--to', String(first), '--plan']);
    expect(stdout).toMatch(/triage is disabled: each would be filtered\. Enable it first\.$/m);
    await haloflow(['triggers', 'enable', 'triage']);
  });

  test('a record of no client can be fired for an organization, which it says', async () => {
    const record = ['triage', '--record', JSON.stringify({ summary: 'x', tickettype_id: 1 })];
    const { stderr } = await haloflow(['triggers', 'fire', ...record]);
    expect(stderr).toMatch(/unmapped client none \(--org says for whom\)$/m);
  });
});

describe('runs', () => {
  test('rerun repeats one under a new id that points to the first', async () => {
    const [first] = listIn((await json('runs', 'list', '--trigger', 'by-hand')).document, 'runs');
    const id = String(first?.['id']);
    const { code, document } = await json('runs', 'rerun', id.slice(0, 8), '--wait');
    expect({ code, document }).toMatchObject({ code: 0, document: { rerunOf: id, result: { agents: 14 } } });
    expect(document['run']).not.toBe(id);
    const shown = await haloflow(['runs', 'show', id]);
    expect(shown.stdout).toContain(`repeated by   ${String(document['run']).slice(0, 8)}`);
    const repeat = await haloflow(['runs', 'show', String(document['run'])]);
    expect(repeat.stdout).toMatch(new RegExp(`^repeats +run ${id.slice(0, 8)}$`, 'm'));
  });

  test('cancel stops one under way, and refuses one that has ended', async () => {
    await halo.fault({ times: 5, kind: 'delay', delayMs: 20_000 });
    const fired = await json('triggers', 'fire', 'by-hand');
    const id = String(listIn(fired.document, 'runs')[0]?.['run']);
    const { code, document } = await json('runs', 'cancel', id.slice(0, 8));
    await halo.clearFaults();
    expect({ code, run: document['run'] }).toMatchObject({ code: 0, run: { id, status: 'cancelled' } });
    const again = await json('runs', 'cancel', id);
    expect(again.code).toBe(1);
    expect(again.document.error.message).toMatch(/has ended already \(cancelled\)/);
  });

  test.each(['show', 'cancel', 'rerun'])('%s of one that there is not is refused', async (verb) => {
    const { code, document } = await json('runs', verb, 'ffffffff');
    expect(code).toBe(1);
    expect(document.error).toEqual({
      type: 'NotFoundError',
      message: expect.stringMatching(/^there is no run ffffffff: .*runs list/),
    });
  });
});

test('without haloflow start, fire runs it to its end itself', async () => {
  await stack.end();
  const { code, document } = await json('triggers', 'fire', 'by-hand');
  expect({ code, document }).toMatchObject({ code: 0, document: { runs: [{ result: { agents: 14 } }] } });
  expect(serversOf(home)).toEqual(NONE);
});
