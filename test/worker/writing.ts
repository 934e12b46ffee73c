/** What the tests of writes share: a haloflow whose requests time out soon, writes that fail, what became of them. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { apiRequests, plentyOfRequests } from './helpers.ts';
import type { Answer } from './helpers.ts';
import type { ProbeInput } from './workflows/probes.ts';

export const MSP = { organization: 'northwind' };

export interface Writing {
  /** Does this to the next request of that method below `/api`; default POST. */
  readonly fail: (path: string, fault: Fault, method?: string) => Promise<void>;
  /** How many requests to write arrived there. */
  readonly posts: (path: string) => Promise<number>;
  /** Of the records there. */
  readonly ids: (route: string, where: Record<string, string | number>) => Promise<unknown[]>;
}

/** Starts one for all tests of the file, and hands it over; each test begins without faults. */
export function writing(started: (haloflow: TestHaloflow) => void): Writing {
  let haloflow: TestHaloflow;
  beforeAll(async () => {
    haloflow = await startHaloflow({ requestTimeoutMs: 1500 });
    await plentyOfRequests(haloflow);
    started(haloflow);
  });
  afterAll(async () => {
    await haloflow.close();
  });
  beforeEach(async () => {
    await haloflow.northwind.clearFaults();
    await haloflow.northwind.clearRequests();
  });
  return {
    fail: (path, fault, method = 'POST') =>
      haloflow.northwind.fault({ ...fault, match: { method, path: `/api/${path}` } }),
    posts: async (path) =>
      (await apiRequests(haloflow.northwind)).filter(
        (request) => request.method === 'POST' && request.path === `/api/${path}`,
      ).length,
    ids: async (route, where) => (await haloflow.northwind.records(route, where)).map(({ id }) => id),
  };
}

export const ticket = (summary: string, more: object = {}): ProbeInput => ({
  action: 'tickets.create',
  input: { summary, client_id: 12, ...more },
});
export const note = (text: string, more: object = {}): ProbeInput => ({
  action: 'actions.create',
  input: { ticket_id: 1001, outcome: 'Internal Note', note: text, hiddenfromuser: true, ...more },
});
export const user = (name: string, more: object = {}): ProbeInput => ({
  action: 'users.create',
  input: { name, client_id: 12, ...more },
});

export const idOf = ({ output }: Answer): unknown => (output as { id?: unknown } | undefined)?.id;
