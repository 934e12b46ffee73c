/** What goes wrong at Halo or in a flow: as an author's catch sees it, in the record, and how often Halo was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Info } from '@temporalio/activity';
import type { WorkflowFailedError } from '@temporalio/client';
import { log } from '../../worker/log.ts';
import { unknownAction } from '../../worker/unknownAction.ts';
import { forgetBudgets } from '../support/forgetBudgets.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { Override } from '../../sdk/index.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { apiRequests, callsOf, probe } from './helpers.ts';
import type { ProbeInput } from './workflows/probes.ts';

let haloflow: TestHaloflow;
const MSP = { organization: 'northwind' };

beforeAll(async () => {
  haloflow = await startHaloflow();
});
afterAll(async () => {
  await haloflow.close();
});
beforeEach(async () => {
  await haloflow.northwind.clearFaults();
  await haloflow.northwind.clearRequests();
  await forgetBudgets(haloflow.store);
});

/** A second connection of the MSP to the same Halo, with something else about it. */
async function connection(id: string, changes: Readonly<Record<string, unknown>>): Promise<Override> {
  await haloflow.reconfigure(
    `insert into connections
      select (jsonb_populate_record(c, $2::jsonb || jsonb_build_object('id', $1::text, 'is_default', false))).*
      from connections c where id = 'northwind-halo'`,
    [id, JSON.stringify(changes)],
  );
  return { use: 'connection', connection: id };
}

const read = { action: 'agents.list', options: { fields: ['id'], attempts: 2 } } as const;
const note = (text: string): ProbeInput => ({
  action: 'actions.create',
  input: { ticket_id: 1001, outcome: 'Internal Note', note: text, hiddenfromuser: true },
});
/** How often a note with this text was sent, and how many there are. */
async function notes(text: string): Promise<{ sent: number; kept: number }> {
  const sent = (await apiRequests(haloflow.northwind)).filter(
    ({ method, body }) => method === 'POST' && JSON.stringify(body).includes(text),
  );
  const kept = await haloflow.northwind.records('Actions', { ticket_id: 1001 });
  return { sent: sent.length, kept: kept.filter((action) => action['note'] === text).length };
}

describe('a connection', () => {
  test('with a wrong secret is named, once, with the remedy', async () => {
    const globexs = await haloflow.store.pool.query<{ sealed_secret: string }>(
      `select sealed_secret from connections where id = 'globex-halo'`,
    );
    const using = await connection('wrong-secret', { sealed_secret: globexs.rows[0]?.sealed_secret });
    const { failure, calls } = await probe(haloflow, { ...read, using });
    expect(failure?.type).toBe('HaloAuthenticationError');
    expect(failure?.message).toMatch(/check clientSecret of connection wrong-secret/);
    expect((await haloflow.northwind.requests()).map(({ path }) => path)).toEqual(['/auth/token']);
    expect(calls).toMatchObject([{ connection: 'wrong-secret', status: 'failed', attempts: 1 }]);
  });

  test.each([401, 500])(
    'with a wrong tenant is named with the remedy, where Halo answers %d',
    async (status) => {
      await haloflow.northwind.settings({ unknownTenantStatus: status });
      const using = await connection(`wrong-tenant-${status}`, { tenant: 'nowhere' });
      const { failure } = await probe(haloflow, { ...read, options: { attempts: 1 }, using });
      expect(failure?.message).toMatch(new RegExp(`connection wrong-tenant-${status}`));
      expect(failure?.message).toMatch(/tenant/);
      expect(await apiRequests(haloflow.northwind)).toEqual([]);
    },
  );

  test('to a host where nothing listens is tried again, then named', async () => {
    const nowhere = { resource_server: 'http://127.0.0.1:9', auth_server: 'http://127.0.0.1:9/auth' };
    const using = await connection('nobody-home', nowhere);
    const { failure, calls } = await probe(haloflow, { ...read, using });
    expect(failure?.type).toBe('HaloConnectionError');
    expect(failure?.message).toMatch(/nothing listens there.*connection nobody-home.*\(after 2 attempts\)$/s);
    expect(calls).toMatchObject([{ status: 'failed', attempts: 2 }]);
  });

  test('to a web site that is not Halo is named', async () => {
    const site = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html>Welcome</html>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const server = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    try {
      for (const [id, auth_server] of [
        ['web-site', null],
        ['web-site-auth', `${server}/auth`],
      ] as const) {
        const using = await connection(id, { resource_server: server, auth_server });
        const { failure } = await probe(haloflow, { ...read, options: { attempts: 1 }, using });
        expect(failure?.message).toContain(`connection ${id}`);
        expect(failure?.message).toMatch(/resourceServer|authServer/);
      }
    } finally {
      site.close();
    }
  });

  test('whose application lacks a scope is told which', async () => {
    const using = await connection('tickets-only', { scope: 'read:tickets' });
    const { failure } = await probe(haloflow, { ...read, using });
    expect(failure?.type).toBe('HaloPermissionError');
    expect(failure?.message).toMatch(
      /answered 403 \(connection tickets-only\).*it needs .* in scope of connection tickets-only/s,
    );
    expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  });

  test('whose token expires in mid-run gets one new one, and the call succeeds', async () => {
    await probe(haloflow, read);
    await haloflow.northwind.clearRequests();
    await haloflow.northwind.fault({ kind: 'expire-tokens', match: { path: '/api/Agent' } });
    const { output, calls } = await probe(haloflow, read);
    expect(output).toHaveLength(14);
    expect((await haloflow.northwind.requests()).map(({ path, status }) => `${path} ${status}`)).toEqual([
      '/api/Agent 401',
      '/auth/token 200',
      '/api/Agent 200',
    ]);
    expect(calls).toMatchObject([{ status: 'ok', attempts: 1 }]);
  });
});

describe('a read', () => {
  test.each<[string, Fault]>([
    ['500', { kind: 'status', status: 500 }],
    ['an empty reply', { kind: 'empty' }],
    ['truncated JSON', { kind: 'truncate' }],
    ['no reply', { kind: 'drop-before' }],
  ])('answered with %s is tried again', async (_, fault) => {
    await haloflow.northwind.fault({ ...fault, match: { path: '/api/Agent' } });
    const { output, calls } = await probe(haloflow, read);
    expect(output).toHaveLength(14);
    expect(calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(2);
  });

  test('that goes on failing fails after its attempts, and says how many', async () => {
    await haloflow.northwind.fault({ kind: 'status', status: 500, body: 'Database busy', times: 9 });
    const { failure, calls } = await probe(haloflow, read);
    expect(failure).toEqual({
      type: 'HaloServerError',
      message: expect.stringMatching(
        /^GET \/Agent answered 500 \(connection northwind-halo\).*\(after 2 attempts\)$/s,
      ) as string,
    });
    expect(calls).toMatchObject([{ status: 'failed', attempts: 2, error_type: 'HaloServerError' }]);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(2);
  });

  test('answered with a web page fails at once: this is no Halo', async () => {
    await haloflow.northwind.fault({ kind: 'html', times: 9 });
    const { failure } = await probe(haloflow, read);
    expect(failure?.type).toBe('HaloServerError');
    expect(failure?.message).toMatch(/HTML page.*resourceServer of connection northwind-halo/s);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  });

  test('of a record that is not there fails at once', async () => {
    const { failure } = await probe(haloflow, { action: 'tickets.get', input: { id: 999_999 } });
    expect(failure?.type).toBe('HaloNotFoundError');
    expect(failure?.message).toMatch(/GET \/Tickets\/999999 answered 404 \(connection northwind-halo\)/);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  });

  test('with an error inside a 200 is an error', async () => {
    const { failure } = await probe(haloflow, {
      action: 'reports.preview',
      input: { sql: 'select nothing from nowhere' },
    });
    expect(failure?.type).toBe('HaloValidationError');
    expect(failure?.message).toMatch(/connection northwind-halo.*the report failed/s);
    expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  });
});

describe('a write', () => {
  test.each<[string, Fault, number]>([
    ['the reply is truncated', { kind: 'truncate' }, 1],
    ['the connection drops before Halo has done it', { kind: 'drop-before' }, 2],
    ['the connection drops after Halo has done it', { kind: 'drop-after' }, 1],
    ['Halo answers 500', { kind: 'status', status: 500 }, 2],
  ])('is sent again only when it has not happened: %s', async (text, fault, sent) => {
    await haloflow.northwind.fault({ ...fault, match: { method: 'POST', path: '/api/Actions' } });
    const { output, calls } = await probe(haloflow, note(text));
    expect(output).toMatchObject({ note: text });
    expect(calls).toMatchObject([{ status: 'ok', attempts: sent, error_type: null }]);
    expect(await notes(text)).toEqual({ sent, kept: 1 });
  });

  test('of which nobody can say what became of it is sent once, and the author is told', async () => {
    await haloflow.northwind.fault({
      kind: 'drop-after',
      match: { method: 'POST', path: '/api/ClientContract' },
    });
    const { failure, calls } = await probe(haloflow, {
      action: 'contracts.create',
      input: { client_id: 12 },
    });
    expect(failure?.type).toBe('HaloOutcomeUnknownError');
    expect(failure?.message).toMatch(
      /POST \/ClientContract may or may not have happened \(connection northwind-halo\)/,
    );
    expect(calls).toMatchObject([{ status: 'failed', attempts: 1, error_type: 'HaloOutcomeUnknownError' }]);
  });

  test('that certainly did not reach Halo is sent again', async () => {
    await haloflow.northwind.fault({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '1' },
      match: { method: 'POST', path: '/api/Actions' },
    });
    const { output, calls } = await probe(haloflow, note('after a 429'));
    expect(output).toMatchObject({ note: 'after a 429' });
    expect(calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
    expect(await notes('after a 429')).toEqual({ sent: 2, kept: 1 });
  });

  test('that Halo refuses fails at once with its reason', async () => {
    await haloflow.northwind.fault({
      kind: 'status',
      status: 400,
      body: JSON.stringify({ error: 'Bad Request', error_description: 'Please choose an outcome' }),
      match: { method: 'POST' },
    });
    const { failure } = await probe(haloflow, note('refused'));
    expect(failure?.type).toBe('HaloValidationError');
    expect(failure?.message).toMatch(/answered 400 \(connection northwind-halo\): Please choose an outcome/);
    expect((await notes('refused')).sent).toBe(1);
  });
});

describe('what Postgres refuses', () => {
  /** Lets one of the named statements fail, each time. */
  function refuse(name: string, message: string): { mockRestore: () => void } {
    const { pool } = haloflow.store;
    const plain = pool as { query: (statement: unknown, ...rest: unknown[]) => Promise<never> };
    const query = plain.query.bind(pool);
    const spy = import.meta.jest.spyOn(plain, 'query');
    return spy.mockImplementation((statement, ...rest) =>
      (statement as { readonly name?: string }).name === name
        ? Promise.reject(new Error(message))
        : query(statement, ...rest),
    );
  }

  test('spends a try, also before Halo is reached', async () => {
    const refused = refuse('budget_take', 'deadlock detected');
    const { failure, calls } = await probe(haloflow, read);
    refused.mockRestore();
    expect(failure).toMatchObject({ type: 'Error', message: 'deadlock detected' });
    expect(calls).toMatchObject([{ status: 'failed', attempts: 2, error_type: 'Error' }]);
    expect(await apiRequests(haloflow.northwind)).toEqual([]);
  });

  test('at the end of a call does not change its verdict', async () => {
    const refused = refuse('end_calls', 'no space left on device');
    const logged = import.meta.jest.spyOn(log, 'error').mockImplementation(() => undefined);
    const { failure } = await probe(haloflow, { action: 'tickets.get', input: { id: 999_999 } });
    expect(failure?.type).toBe('HaloNotFoundError');
    expect(logged).toHaveBeenCalledTimes(1);
    refused.mockRestore();
    logged.mockRestore();
    expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  });
});

test('a 429 is waited for as long as it says', async () => {
  await haloflow.northwind.fault({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '2' },
    match: { path: '/api/Agent' },
  });
  const { output, calls } = await probe(haloflow, read);
  expect(output).toHaveLength(14);
  expect(calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
  const [refused, answered] = await apiRequests(haloflow.northwind);
  expect((answered?.time ?? 0) - (refused?.time ?? 0)).toBeGreaterThanOrEqual(2000);
});

describe('what an author got wrong', () => {
  test.each<[string, ProbeInput, RegExp]>([
    [
      'a property of the wrong type',
      { action: 'tickets.get', input: { id: 'seven' } },
      /^tickets\.get.*\bid\b/s,
    ],
    ['a misspelt filter', { action: 'tickets.list', input: { open_onyl: true } }, /open_onyl.*open_only/s],
    ['a missing property', { action: 'tickets.create', input: { details: 'x' } }, /summary/],
    [
      'an option that is none',
      { action: 'agents.list', options: { retries: 3 } as never },
      /unknown option retries/,
    ],
    [
      'a misspelt action',
      { action: 'tickets.lst' },
      /^tickets\.lst: there is no such action; .* tickets\.list, /,
    ],
    [
      'an action that nothing resembles',
      { action: 'zz' },
      /^zz: .*\(`haloflow actions` lists all of them\)$/,
    ],
    [
      'an option for another kind of action',
      { action: 'tickets.get', input: { id: 1 }, options: { all: true } },
      /option all is for lists only/,
    ],
    ['an option of the wrong type', { action: 'agents.list', options: { limit: 0 } }, /option limit must be/],
    [
      'a duration that is none',
      { action: 'agents.list', options: { startToCloseTimeout: 'soon' as never } },
      /agents\.list.*soon/s,
    ],
  ])('%s is a SchemaError, and Halo is not asked', async (_, input, message) => {
    const { failure } = await probe(haloflow, input);
    expect(failure?.type).toBe('SchemaError');
    expect(failure?.message).toMatch(message);
    expect(await haloflow.northwind.requests()).toEqual([]);
  });

  test('an input that Temporal would refuse does not block the run', async () => {
    expect(await haloflow.run('probeLargeInput', [2.5], MSP)).toEqual({
      failure: {
        type: 'SchemaError',
        message: "actions.create: the input of 2.5 MB is over Temporal's 2 MB: send less in one call",
      },
    });
    expect(await haloflow.northwind.requests()).toEqual([]);
  });

  test('an output that Temporal would refuse names what to do about it', async () => {
    const big = (body: unknown): Fault => ({
      kind: 'status',
      status: 200,
      body: JSON.stringify(body),
      match: { path: '/api/Tickets*' },
    });
    const row = { id: 7, summary: 'x', details: 'ä'.repeat(1_200_000) };
    await haloflow.northwind.fault(big({ record_count: 1, tickets: [row] }));
    const list = await probe(haloflow, { action: 'tickets.list' });
    expect(list.failure).toEqual({
      type: 'SchemaError',
      message: expect.stringMatching(/output of 2\.4 MB .* option fields, or .* limit/) as string,
    });
    await haloflow.northwind.fault(big(row));
    const get = await probe(haloflow, { action: 'tickets.get', input: { id: 7 } });
    expect(get.failure?.message).toMatch(/output of 2\.4 MB .* option fields$/);
    await haloflow.northwind.fault(big(row));
    const narrow = await probe(haloflow, {
      action: 'tickets.get',
      input: { id: 7 },
      options: { fields: ['id'] },
    });
    expect(narrow.output).toEqual({ id: 7 });
  });

  test('a write that Halo has done says so when its output cannot be handed over', async () => {
    await haloflow.northwind.fault({
      kind: 'status',
      status: 201,
      body: JSON.stringify({ id: 5, note: 'x'.repeat(2_500_000) }),
      match: { method: 'POST' },
    });
    const { failure } = await probe(haloflow, note('large'));
    expect(failure?.type).toBe('SchemaError');
    expect(failure?.message).toContain('do not send it again');
    expect((await notes('large')).sent).toBe(1);
  });

  test.each([
    ['error', 'TypeError', 'ticket.user is undefined'],
    ['text', 'Error', 'no such customer'],
    ['signal', 'RangeError', 'the signal was not understood'],
  ])('a bug (%s) fails the run with its name instead of blocking it', async (kind, type, message) => {
    const { handle } = await haloflow.start('probeBug', [kind], MSP);
    if (kind === 'signal') await handle.signal('go');
    await expect(handle.result()).rejects.toMatchObject({ cause: { type, message } });
    const { events = [] } = await handle.fetchHistory();
    expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
  });

  test('a failed call that nobody catches fails the run with its reason', async () => {
    const { handle, run } = await haloflow.start('probeBug', ['uncaught'], MSP);
    const error = await handle.result().then(
      () => null,
      (thrown: WorkflowFailedError) => thrown,
    );
    expect(error?.cause?.cause).toMatchObject({ type: 'HaloNotFoundError' });
    expect(await callsOf(haloflow, run)).toMatchObject([
      { status: 'failed', error_type: 'HaloNotFoundError' },
    ]);
  });
});

test('an action that this version does not have is asked for again for a minute, while workers are replaced', () => {
  const info = { activityType: 'tickets.merge', scheduledTimestampMs: 1_000_000 } as Info;
  const early = unknownAction(info, 1_059_000);
  expect(early).toMatchObject({ type: 'ConfigurationError', nonRetryable: false, nextRetryDelay: 5000 });
  const late = unknownAction(info, 1_060_000);
  expect(late).toMatchObject({ type: 'ConfigurationError', nonRetryable: true });
  expect(late.message).toBe(
    'unknown action tickets.merge: `haloflow actions` lists those that this version has',
  );
});
