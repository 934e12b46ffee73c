/** Calls and their writes, for tests of the ledger. */
import { randomUUID } from 'node:crypto';
import type { EndedCall, EndedWrite } from '../../calls/endings.ts';
import type { SentMark, Write } from '../../calls/ledger.ts';
import { beginCall, registerRun } from '../../calls/record.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

interface NewCall {
  readonly run: string;
  readonly key: string;
  readonly attempt: number;
  readonly action: string;
  readonly extra: string[];
}

interface Ledger {
  /** Of the test file, once its tests run. */
  readonly store: Store;
  readonly url: string;
  readonly newCall: () => Promise<NewCall>;
  /** Begins an attempt of a call, and returns the writes that the attempts before it left. */
  readonly begun: (
    call: NewCall,
    attempt?: number,
  ) => Promise<Awaited<ReturnType<typeof beginCall>>['writes']>;
}

/** A database for the tests of a file. */
export function useLedger(): Ledger {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  return {
    get store() {
      return database.store;
    },
    get url() {
      return database.url;
    },
    async newCall() {
      const run = randomUUID();
      await registerRun(database.store, {
        id: run,
        workflowId: `o/acme/cli/x/${run}`,
        workflow: 'x',
        owner: 'northwind',
        organization: 'acme',
        overrides: {},
        startedBy: 'test',
      });
      return { run, key: `o/acme/${run}/1`, attempt: 1, action: 'tickets.create', extra: [] };
    },
    async begun(call, attempt = 1) {
      return (await beginCall(database.store, { ...call, attempt })).writes;
    },
  };
}

export const host = `${randomUUID()}:443`;

export const write = (call: string, more: Partial<Write> = {}): Write => ({
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

export const sent = (
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

export const ended = (key: string, more: Partial<EndedCall> = {}): EndedCall => ({
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

export const over = (call: string, end: EndedWrite['end'], more: Partial<EndedWrite> = {}): EndedWrite => ({
  call,
  index: 0,
  attempt: 1,
  end,
  ...more,
});
