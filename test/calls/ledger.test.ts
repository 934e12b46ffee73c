/** The write ledger: who may send, what a later attempt finds, and what an end leaves behind. */
import { randomUUID } from 'node:crypto';
import { endCall, endWrite } from '../../calls/endings.ts';
import { markSent, readWrite } from '../../calls/ledger.ts';
import { hasUnsettledCreate } from '../../calls/ownWrites.ts';
import { callsOfRun } from '../../calls/record.ts';
import { HaloOutcomeUnknownError } from '../../errors.ts';
import { ended, over, sent, useLedger } from './writes.ts';

const ledger = useLedger();
const { newCall, begun } = ledger;

describe('a write', () => {
  it('is known to have been sent by a try that comes after a crash, and until when it may be under way', async () => {
    const call = await newCall();
    await begun(call);
    const before = performance.now();
    expect(await markSent(ledger.store, sent(call.key))).toBe('sent');
    const [found] = await begun(call, 2);
    expect(found).toMatchObject({ index: 0, attempt: 1, state: 'sent', connection: 'northwind-halo' });
    expect((found?.deadInMs ?? 0) + performance.now() - before).toBeGreaterThan(59_000);
    expect(found?.deadInMs).toBeLessThanOrEqual(60_000);
    expect(await callsOfRun(ledger.store, call.run)).toMatchObject([
      { attempts: 1, connection: 'northwind-halo' },
    ]);
  });

  it.each([{ id: 7, details: 'null \0 byte' }, null, [1, 2]])(
    'gives its result to a try that comes after a lost completion (%j)',
    async (result) => {
      const call = await newCall();
      await begun(call);
      await markSent(ledger.store, sent(call.key));
      await endCall(ledger.store, ended(call.key), over(call.key, 'confirmed', { result }));
      expect(await begun(call, 2)).toMatchObject([{ state: 'confirmed', result }]);
    },
  );

  it('may be sent again after a failure that says it did not happen', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key));
    await endCall(
      ledger.store,
      ended(call.key, { status: 'waiting', error: { type: 'HaloRateLimitError', message: '429' } }),
      over(call.key, 'undone'),
    );
    expect(await begun(call, 2)).toEqual([]);
  });

  it('whose connection was seen to break is dead at once', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key));
    await endCall(ledger.store, ended(call.key, { status: 'waiting' }), over(call.key, 'lost'));
    const [found] = await begun(call, 2);
    expect(found?.state).toBe('sent');
    expect(found?.deadInMs).toBeLessThanOrEqual(0);
  });

  it('that was given up holds up nothing', async () => {
    const call = await newCall();
    await begun(call);
    const own = `${randomUUID()}:443`;
    await markSent(ledger.store, sent(call.key, 1, { of: { host: own } }));
    expect(await hasUnsettledCreate(ledger.store, own)).toBe(true);
    await endWrite(ledger.store, over(call.key, 'unknown'));
    expect(await hasUnsettledCreate(ledger.store, own)).toBe(false);
    expect(await begun(call, 2)).toMatchObject([{ state: 'unknown' }]);
  });

  it('of an array has a row for each element', async () => {
    const call = await newCall();
    await begun(call);
    for (const index of [0, 1]) await markSent(ledger.store, sent(call.key, 1, { of: { index } }));
    await endWrite(ledger.store, over(call.key, 'confirmed', { haloId: '1', result: { id: 1 } }));
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
    await expect(markSent(ledger.store, sent(key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
    await expect(markSent(ledger.store, sent(key, 1))).rejects.toThrow(
      /another try of this call has taken over/,
    );
    await markSent(ledger.store, sent(key, 2));
    await expect(markSent(ledger.store, sent(key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
  });

  it('keeps the later one from sending when it had sent before, whatever that one saw when it began', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key, 1));
    expect(await begun(call, 2)).toMatchObject([{ state: 'sent' }]);
    await expect(markSent(ledger.store, sent(call.key, 2))).rejects.toMatchObject({ retryable: true });
  });

  it('never sends beside the later one, in whichever order they meet', async () => {
    const calls = await Promise.all(Array.from({ length: 40 }, newCall));
    const senders = await Promise.all(
      calls.map(async (call) => {
        await begun(call);
        const later = begun(call, 2).then(async (writes) => {
          if (writes.length > 0) throw new Error('sent before');
          await markSent(ledger.store, sent(call.key, 2));
        });
        const tries = await Promise.allSettled([markSent(ledger.store, sent(call.key, 1)), later]);
        return tries.filter(({ status }) => status === 'fulfilled').length;
      }),
    );
    expect(senders).toEqual(senders.map(() => 1));
  });

  it('is stood for by the later one when that has found out that it has not written, and by only one', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key, 1));
    const before = await readWrite(ledger.store, call.key, 0);
    await begun(call, 2);
    expect(await markSent(ledger.store, sent(call.key, 2, { instead: 1 }))).toBe('sent');
    await expect(markSent(ledger.store, sent(call.key, 1))).rejects.toThrow(HaloOutcomeUnknownError);
    const after = await readWrite(ledger.store, call.key, 0);
    expect(after).toMatchObject({ attempt: 2, state: 'sent', sentAt: before?.sentAt });
  });

  it('may send again what it marked itself, since the answer of a commit can get lost', async () => {
    const call = await newCall();
    await begun(call);
    await markSent(ledger.store, sent(call.key));
    await markSent(ledger.store, sent(call.key));
    expect(await begun(call)).toMatchObject([{ state: 'sent', attempt: 1 }]);
  });

  it("does not take the later one's mark back when it ends late", async () => {
    const call = await superseded();
    await markSent(ledger.store, sent(call.key, 2));
    await endCall(ledger.store, ended(call.key, { status: 'waiting' }), over(call.key, 'undone'));
    expect(await begun(call, 3)).toMatchObject([{ state: 'sent', attempt: 2 }]);
  });

  it('changes nothing in the record of the later one, even when both end together', async () => {
    const call = await superseded();
    await markSent(ledger.store, sent(call.key, 2));
    const failed = { status: 'failed', error: { type: 'HaloServerError', message: '503' } } as const;
    await Promise.all([
      endCall(
        ledger.store,
        ended(call.key, { attempt: 2 }),
        over(call.key, 'confirmed', { attempt: 2, result: { id: 7 } }),
      ),
      endCall(ledger.store, ended(call.key, failed), over(call.key, 'confirmed', { result: { id: 8 } })),
    ]);
    await endCall(ledger.store, ended(call.key, failed));
    expect(await callsOfRun(ledger.store, call.run)).toMatchObject([
      { status: 'ok', errorType: null, attempt: 2 },
    ]);
    expect(await begun(call, 3)).toMatchObject([{ result: { id: 7 } }]);
  });
});
