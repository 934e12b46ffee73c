/** What writes claim: records, stamps, business keys and turns to create. */
import { randomUUID } from 'node:crypto';
import { endWrite } from '../../calls/endings.ts';
import type { EndedWrite } from '../../calls/endings.ts';
import { adopt, claimedIds, forget, markSent, readOnce, rivals } from '../../calls/ledger.ts';
import { isOwnCreate, isOwnStamp, lastOwnWrite } from '../../calls/ownWrites.ts';
import { proveStamp, refuteStamp, stampsAt } from '../../calls/proofs.ts';
import { openStore } from '../../store/store.ts';
import { host, over, sent, useLedger, write } from './writes.ts';

const ledger = useLedger();
const { newCall, begun } = ledger;

describe('a record', () => {
  it('belongs to one write only', async () => {
    const [first, second] = [await newCall(), await newCall()];
    for (const call of [first, second]) {
      await begun(call);
      await markSent(ledger.store, sent(call.key));
    }
    const found = { haloId: '4711', ticket: 4711, result: { id: 4711 } };
    const both = await Promise.all(
      [first, second].map(({ key }) => adopt(ledger.store, { call: key, index: 0, attempt: 1 }, found)),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await claimedIds(ledger.store, { host, resource: '/Projects' }, ['4711', '4712'])).toEqual(
      new Set(['4711']),
    );
    expect(await isOwnCreate(ledger.store, host, '/Opportunities', 4711)).toBe(true);
    expect(await isOwnCreate(ledger.store, host, '/Tickets', 4712)).toBe(false);
    expect(await isOwnCreate(ledger.store, 'other:443', '/Tickets', 4711)).toBe(false);
    expect(await lastOwnWrite(ledger.store, host, 4711)).toBeInstanceOf(Date);
    expect(await lastOwnWrite(ledger.store, host, 4712)).toBeNull();
  });

  it('whose number Halo hands out again, as after a restore, is confirmed all the same', async () => {
    const calls = [await newCall(), await newCall(), await newCall()];
    for (const call of calls) {
      await begun(call);
      await markSent(ledger.store, sent(call.key));
    }
    const ids = calls.map(({ key }) => over(key, 'confirmed', { haloId: '99', result: { id: 99 } }));
    await endWrite(ledger.store, ids[0] as EndedWrite);
    await Promise.all(ids.slice(1).map((one) => endWrite(ledger.store, one)));
    for (const call of calls) expect(await begun(call, 2)).toMatchObject([{ state: 'confirmed' }]);
  });

  it('is known by its stamp while its write is not settled', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key, 1, { of: { stamp: 'haloflow:abc' } }));
    expect(await isOwnStamp(ledger.store, 'haloflow:abc')).toBe(true);
    expect(await isOwnStamp(ledger.store, 'haloflow:abd')).toBe(false);
    expect(await isOwnStamp(ledger.store, null)).toBe(false);
  });
});

test('creates of others are rivals until they are settled', async () => {
  const own = `${randomUUID()}:443`;
  const [first, second] = [await newCall(), await newCall()];
  const of = { host: own, marks: ['summary=abc'] };
  const before = performance.now();
  for (const call of [first, second]) {
    await begun(call);
    await markSent(ledger.store, sent(call.key, 1, { of }));
  }
  const [rival, ...more] = await rivals(ledger.store, write(first.key, of));
  expect(more).toEqual([]);
  expect(rival?.marks).toEqual(of.marks);
  expect((rival?.liveForMs ?? 0) + performance.now() - before).toBeGreaterThan(59_000);
  await endWrite(ledger.store, over(second.key, 'lost'));
  expect(await rivals(ledger.store, write(first.key, of))).toEqual([{ marks: of.marks, liveForMs: 0 }]);
  await endWrite(ledger.store, over(second.key, 'confirmed'));
  expect(await rivals(ledger.store, write(first.key, of))).toEqual([]);
});

describe('whether Halo keeps stamps', () => {
  it('is what was seen last, whoever has seen it', async () => {
    const other = await openStore({ url: ledger.url, embedded: true });
    const place = { host: `${randomUUID()}:443`, resource: '/Tickets' };
    expect(await stampsAt(ledger.store, place)).toBe('unknown');
    await refuteStamp(ledger.store, place);
    expect(await stampsAt(ledger.store, place)).toBe('dropped');
    await proveStamp(ledger.store, place);
    expect(await stampsAt(other, place)).toBe('kept');
    await refuteStamp(other, place);
    expect(await stampsAt(ledger.store, place)).toBe('dropped');
    await other.close();
  });
});

describe('a business key', () => {
  it('is held by one write on a connection, until that has certainly not happened', async () => {
    const [first, second] = [await newCall(), await newCall()];
    const of = { once: 'alert-1' };
    for (const call of [first, second]) await begun(call);
    expect(await markSent(ledger.store, sent(first.key, 1, { of }))).toBe('sent');
    expect(await markSent(ledger.store, sent(second.key, 1, { of }))).toBe('taken');
    expect(await markSent(ledger.store, sent(second.key, 1, { of: { ...of, connection: 'other' } }))).toBe(
      'sent',
    );
    expect(await readOnce(ledger.store, 'northwind-halo', 'alert-1')).toMatchObject({
      call: first.key,
      action: 'tickets.create',
    });
    expect(await forget(ledger.store, { call: first.key, index: 0, attempt: 1 })).toBe(true);
    expect(await readOnce(ledger.store, 'northwind-halo', 'alert-1')).toBeNull();
  });
});

describe('creates that take turns', () => {
  const takesTurns = { takesTurns: true };

  it('are sent one at a time on a host', async () => {
    const calls = await Promise.all(Array.from({ length: 8 }, newCall));
    const own = { ...takesTurns, host: `${randomUUID()}:443` };
    for (const call of calls) await begun(call);
    const marks = await Promise.all(
      calls.map(({ key }) => markSent(ledger.store, sent(key, 1, { of: own }))),
    );
    expect(marks.filter((mark) => mark === 'sent')).toHaveLength(1);
    const holder = calls[marks.indexOf('sent')];
    const next = calls.find((call) => call !== holder);
    await endWrite(ledger.store, over(holder?.key ?? '', 'confirmed'));
    expect(await markSent(ledger.store, sent(next?.key ?? '', 1, { of: own }))).toBe('sent');
  });

  it('go on when the holder died, once its request is over', async () => {
    const [dead, next] = [await newCall(), await newCall()];
    const own = { ...takesTurns, host: `${randomUUID()}:443` };
    for (const call of [dead, next]) await begun(call);
    await markSent(ledger.store, sent(dead.key, 1, { of: own, timeoutMs: 300_000 }));
    expect(await markSent(ledger.store, sent(next.key, 1, { of: own }))).toBe('wait');
    await ledger.store.pool.query(
      `update create_leases set until = until - interval '302 s' where host = $1`,
      [own.host],
    );
    expect(await markSent(ledger.store, sent(next.key, 1, { of: own }))).toBe('sent');
  });
});
