/** The write ledger: who may send, what a later try finds, and what an end leaves behind. */
import { randomUUID } from 'node:crypto';
import { endCall, endWrite } from '../../calls/endings.ts';
import type { EndedCall, EndedWrite } from '../../calls/endings.ts';
import { adopt, claimedIds, forget, markSent, readOnce, readWrite, rivals } from '../../calls/ledger.ts';
import type { SentMark, Write } from '../../calls/ledger.ts';
import { hasUnsettledCreate, isOwnCreate, isOwnStamp, lastOwnWrite } from '../../calls/ownWrites.ts';
import { proveStamp, refuteStamp, stampsAt } from '../../calls/proofs.ts';
import { beginCall, callsOfRun, registerRun } from '../../calls/record.ts';
import { HaloOutcomeUnknownError } from '../../errors.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = database.store;
});
afterAll(() => database.drop());

async function newCall() {
  const run = randomUUID();
  await registerRun(store, {
    id: run,
    workflowId: `o/acme/cli/x/${run}`,
    workflow: 'x',
    owner: 'northwind',
    organization: 'acme',
    overrides: {},
    startedBy: 'test',
  });
  return { run, key: `o/acme/${run}/1`, attempt: 1, action: 'tickets.create', extra: [] as string[] };
}

const host = `${randomUUID()}:443`;

const write = (call: string, more: Partial<Write> = {}): Write => ({
  call,
  index: 0,
  connection: 'northwind-halo',
  host,
  action: 'tickets.create',
  resource: '/Tickets',
  effect: 'create',
  stamp: null,
  once: null,
  digest: randomUUID(),
  marks: [],
  application: 'app',
  ticket: null,
  takesTurns: false,
  ...more,
});

const sent = (
  call: string,
  attempt = 1,
  more: Partial<SentMark> & { of?: Partial<Write> } = {},
): SentMark => {
  const { of = {}, ...others } = more;
  return {
    write: write(call, of),
    attempt,
    attempts: 1,
    because: 'own default',
    instead: null,
    timeoutMs: 60_000,
    ...others,
  };
};

const ended = (key: string, more: Partial<EndedCall> = {}): EndedCall => ({
  key,
  attempt: 1,
  organization: 'acme',
  connection: 'northwind-halo',
  because: 'own default',
  attempts: 1,
  status: 'ok',
  error: null,
  durationMs: 12.4,
  ...more,
});

const over = (call: string, end: EndedWrite['end'], more: Partial<EndedWrite> = {}): EndedWrite => ({
  call,
  index: 0,
  attempt: 1,
  end,
  ...more,
});

async function begun(call: Awaited<ReturnType<typeof newCall>>, attempt = 1) {
  return (await beginCall(store, { ...call, attempt })).writes;
}

describe('a write', () => {
  it('is known to have been sent by a try that comes after a crash, and until when it may be under way', async () => {
    const call = await newCall();
    await begun(call);
    const before = performance.now();
    expect(await markSent(store, sent(call.key))).toBe('sent');
    const [found] = await begun(call, 2);
    expect(found).toMatchObject({ index: 0, attempt: 1, state: 'sent', connection: 'northwind-halo' });
    expect((found?.deadInMs ?? 0) + performance.now() - before).toBeGreaterThan(59_000);
    expect(found?.deadInMs).toBeLessThanOrEqual(60_000);
    expect(await callsOfRun(store, call.run)).toMatchObject([{ attempts: 1, connection: 'northwind-halo' }]);
  });

  it.each([{ id: 7, details: 'null \0 byte' }, null, [1, 2]])(
    'gives its result to a try that comes after a lost completion (%j)',
    async (result) => {
      const call = await newCall();
      await begun(call);
      await markSent(store, sent(call.key));
      await endCall(store, ended(call.key), over(call.key, 'confirmed', { result }));
      expect(await begun(call, 2)).toMatchObject([{ state: 'confirmed', result }]);
    },
  );

  it('may be sent again after a failure that says it did not happen', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key));
    await endCall(
      store,
      ended(call.key, { status: 'waiting', error: { type: 'HaloRateLimitError', message: '429' } }),
      over(call.key, 'undone'),
    );
    expect(await begun(call, 2)).toEqual([]);
  });

  it('whose connection was seen to break is dead at once', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key));
    await endCall(store, ended(call.key, { status: 'waiting' }), over(call.key, 'lost'));
    const [found] = await begun(call, 2);
    expect(found?.state).toBe('sent');
    expect(found?.deadInMs).toBeLessThanOrEqual(0);
  });

  it('that was given up holds up nothing', async () => {
    const call = await newCall();
    await begun(call);
    const own = `${randomUUID()}:443`;
    await markSent(store, sent(call.key, 1, { of: { host: own } }));
    expect(await hasUnsettledCreate(store, own)).toBe(true);
    await endWrite(store, over(call.key, 'unknown'));
    expect(await hasUnsettledCreate(store, own)).toBe(false);
    expect(await begun(call, 2)).toMatchObject([{ state: 'unknown' }]);
  });

  it('of an array has a row for each element', async () => {
    const call = await newCall();
    await begun(call);
    for (const index of [0, 1]) await markSent(store, sent(call.key, 1, { of: { index } }));
    await endWrite(store, over(call.key, 'confirmed', { haloId: '1', result: { id: 1 } }));
    expect(await begun(call, 2)).toMatchObject([
      { index: 0, state: 'confirmed', result: { id: 1 } },
      { index: 1, state: 'sent' },
    ]);
  });
});

describe('a try that was thought dead while a later one began', () => {
  async function superseded() {
    const call = await newCall();
    await begun(call);
    await begun(call, 2);
    return call;
  }

  it('may not send a write; the later one may', async () => {
    const { key } = await superseded();
    await expect(markSent(store, sent(key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
    await expect(markSent(store, sent(key, 1))).rejects.toThrow(/another try of this call has taken over/);
    await markSent(store, sent(key, 2));
    await expect(markSent(store, sent(key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
  });

  it('keeps the later one from sending when it had sent before, whatever that one saw when it began', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key, 1));
    expect(await begun(call, 2)).toMatchObject([{ state: 'sent' }]);
    await expect(markSent(store, sent(call.key, 2))).rejects.toMatchObject({ retryable: true });
  });

  it('never sends beside the later one, in whichever order they meet', async () => {
    const calls = await Promise.all(Array.from({ length: 40 }, newCall));
    const senders = await Promise.all(
      calls.map(async (call) => {
        await begun(call);
        const later = begun(call, 2).then(async (writes) => {
          if (writes.length > 0) throw new Error('sent before');
          await markSent(store, sent(call.key, 2));
        });
        const tries = await Promise.allSettled([markSent(store, sent(call.key, 1)), later]);
        return tries.filter(({ status }) => status === 'fulfilled').length;
      }),
    );
    expect(senders).toEqual(senders.map(() => 1));
  });

  it('is stood for by the later one when that has found out that it has not written, and by only one', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key, 1));
    const before = await readWrite(store, call.key, 0);
    await begun(call, 2);
    expect(await markSent(store, sent(call.key, 2, { instead: 1 }))).toBe('sent');
    await expect(markSent(store, sent(call.key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
    const after = await readWrite(store, call.key, 0);
    expect(after).toMatchObject({ attempt: 2, state: 'sent', sentAt: before?.sentAt });
  });

  it('may send again what it marked itself, since the answer of a commit can get lost', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key));
    await markSent(store, sent(call.key));
    expect(await begun(call)).toMatchObject([{ state: 'sent', attempt: 1 }]);
  });

  it("does not take the later one's mark back when it ends late", async () => {
    const call = await superseded();
    await markSent(store, sent(call.key, 2));
    await endCall(store, ended(call.key, { status: 'waiting' }), over(call.key, 'undone'));
    expect(await begun(call, 3)).toMatchObject([{ state: 'sent', attempt: 2 }]);
  });

  it('changes nothing in the record of the later one, even when both end together', async () => {
    const call = await superseded();
    await markSent(store, sent(call.key, 2));
    const failed = { status: 'failed', error: { type: 'HaloServerError', message: '503' } } as const;
    await Promise.all([
      endCall(
        store,
        ended(call.key, { attempt: 2 }),
        over(call.key, 'confirmed', { attempt: 2, result: { id: 7 } }),
      ),
      endCall(store, ended(call.key, failed), over(call.key, 'confirmed', { result: { id: 8 } })),
    ]);
    await endCall(store, ended(call.key, failed));
    expect(await callsOfRun(store, call.run)).toMatchObject([{ status: 'ok', errorType: null, attempt: 2 }]);
    expect(await begun(call, 3)).toMatchObject([{ result: { id: 7 } }]);
  });
});

describe('a record', () => {
  it('belongs to one write only', async () => {
    const [first, second] = [await newCall(), await newCall()];
    for (const call of [first, second]) {
      await begun(call);
      await markSent(store, sent(call.key));
    }
    const found = { haloId: '4711', ticket: 4711, result: { id: 4711 } };
    const both = await Promise.all(
      [first, second].map(({ key }) => adopt(store, { call: key, index: 0, attempt: 1 }, found)),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await claimedIds(store, { host, resource: '/Projects' }, ['4711', '4712'])).toEqual(
      new Set(['4711']),
    );
    expect(await isOwnCreate(store, host, '/Opportunities', 4711)).toBe(true);
    expect(await isOwnCreate(store, host, '/Tickets', 4712)).toBe(false);
    expect(await isOwnCreate(store, 'other:443', '/Tickets', 4711)).toBe(false);
    expect(await lastOwnWrite(store, host, 4711)).toBeInstanceOf(Date);
    expect(await lastOwnWrite(store, host, 4712)).toBeNull();
  });

  it('whose number Halo hands out again, as after a restore, is confirmed all the same', async () => {
    const calls = [await newCall(), await newCall(), await newCall()];
    for (const call of calls) {
      await begun(call);
      await markSent(store, sent(call.key));
    }
    const ids = calls.map(({ key }) => over(key, 'confirmed', { haloId: '99', result: { id: 99 } }));
    await endWrite(store, ids[0] as EndedWrite);
    await Promise.all(ids.slice(1).map((one) => endWrite(store, one)));
    for (const call of calls) expect(await begun(call, 2)).toMatchObject([{ state: 'confirmed' }]);
  });

  it('is known by its stamp while its write is not settled', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(store, sent(call.key, 1, { of: { stamp: 'haloflow:abc' } }));
    expect(await isOwnStamp(store, 'haloflow:abc')).toBe(true);
    expect(await isOwnStamp(store, 'haloflow:abd')).toBe(false);
    expect(await isOwnStamp(store, null)).toBe(false);
  });
});

test('creates of others are rivals until they are settled', async () => {
  const own = `${randomUUID()}:443`;
  const [first, second] = [await newCall(), await newCall()];
  const of = { host: own, marks: ['summary=abc'] };
  const before = performance.now();
  for (const call of [first, second]) {
    await begun(call);
    await markSent(store, sent(call.key, 1, { of }));
  }
  const [rival, ...more] = await rivals(store, write(first.key, of));
  expect(more).toEqual([]);
  expect(rival?.marks).toEqual(of.marks);
  expect((rival?.liveForMs ?? 0) + performance.now() - before).toBeGreaterThan(59_000);
  await endWrite(store, over(second.key, 'lost'));
  expect(await rivals(store, write(first.key, of))).toEqual([{ marks: of.marks, liveForMs: 0 }]);
  await endWrite(store, over(second.key, 'confirmed'));
  expect(await rivals(store, write(first.key, of))).toEqual([]);
});

describe('whether Halo keeps stamps', () => {
  it('is what was seen last, whoever has seen it', async () => {
    const other = await openStore({ url: database.url, embedded: true });
    const place = { host: `${randomUUID()}:443`, resource: '/Tickets' };
    expect(await stampsAt(store, place)).toBe('unknown');
    await refuteStamp(store, place);
    expect(await stampsAt(store, place)).toBe('dropped');
    await proveStamp(store, place);
    expect(await stampsAt(other, place)).toBe('kept');
    await refuteStamp(other, place);
    expect(await stampsAt(store, place)).toBe('dropped');
    await other.close();
  });
});

describe('a business key', () => {
  it('is held by one write on a connection, until that has certainly not happened', async () => {
    const [first, second] = [await newCall(), await newCall()];
    const of = { once: 'alert-1' };
    for (const call of [first, second]) await begun(call);
    expect(await markSent(store, sent(first.key, 1, { of }))).toBe('sent');
    expect(await markSent(store, sent(second.key, 1, { of }))).toBe('taken');
    expect(await markSent(store, sent(second.key, 1, { of: { ...of, connection: 'other' } }))).toBe('sent');
    expect(await readOnce(store, 'northwind-halo', 'alert-1')).toMatchObject({
      call: first.key,
      action: 'tickets.create',
    });
    expect(await forget(store, { call: first.key, index: 0, attempt: 1 })).toBe(true);
    expect(await readOnce(store, 'northwind-halo', 'alert-1')).toBeNull();
  });
});

describe('creates that take turns', () => {
  const takesTurns = { takesTurns: true };

  it('are sent one at a time on a host', async () => {
    const calls = await Promise.all(Array.from({ length: 8 }, newCall));
    const own = { ...takesTurns, host: `${randomUUID()}:443` };
    for (const call of calls) await begun(call);
    const marks = await Promise.all(calls.map(({ key }) => markSent(store, sent(key, 1, { of: own }))));
    expect(marks.filter((mark) => mark === 'sent')).toHaveLength(1);
    const holder = calls[marks.indexOf('sent')];
    const next = calls.find((call) => call !== holder);
    await endWrite(store, over(holder?.key ?? '', 'confirmed'));
    expect(await markSent(store, sent(next?.key ?? '', 1, { of: own }))).toBe('sent');
  });

  it('go on when the holder died, once its request is over', async () => {
    const [dead, next] = [await newCall(), await newCall()];
    const own = { ...takesTurns, host: `${randomUUID()}:443` };
    for (const call of [dead, next]) await begun(call);
    await markSent(store, sent(dead.key, 1, { of: own, timeoutMs: 300_000 }));
    expect(await markSent(store, sent(next.key, 1, { of: own }))).toBe('wait');
    await store.pool.query(`update create_leases set until = until - interval '302 s' where host = $1`, [
      own.host,
    ]);
    expect(await markSent(store, sent(next.key, 1, { of: own }))).toBe('sent');
  });
});
