import { request } from 'undici';
import type { Fault } from '../../sandbox/http/faults.ts';
import type { LimitReport } from '../../sandbox/http/limiter.ts';
import type { LoggedRequest } from '../../sandbox/http/requestLog.ts';
import type { Settings } from '../../sandbox/settings.ts';

export type { Fault, Settings };

type SandboxRecord = Record<string, unknown>;

export interface Late {
  readonly newId?: number;
  readonly now?: Date;
}

/** What a test does to one tenant of the sandbox behind the back of its clients. */
export interface Control {
  /** Data, settings, faults, request log and request count as at the start. */
  reset(): Promise<void>;
  /** Keeps the data as it is now under a name, which all tenants share. */
  backUp(name: string): Promise<void>;
  /** The data is what that backup holds, of this tenant or of another. */
  restore(name: string): Promise<void>;
  /** What was asked of `/api` and `/auth`, oldest first; `since` in milliseconds since 1970. */
  requests(since?: number): Promise<LoggedRequest[]>;
  clearRequests(): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** The faults that have not hit as often as they shall. */
  faults(): Promise<Fault[]>;
  clearFaults(): Promise<void>;
  settings(changes: Partial<Settings>): Promise<Settings>;
  /** How many requests arrived, and the most in any window of that many seconds (default: the limit's). */
  limits(perSeconds?: number): Promise<LimitReport>;
  /** All records of a resource, by its route (`Tickets`); `where` names properties that must be equal. */
  records(resource: string, where?: Record<string, string | number | boolean>): Promise<SandboxRecord[]>;
  /**
   * Creates, or with an id changes, a record as a person at Halo's screen would; `late` says which id it gets and when
   * it was begun, as a record whose creation took long.
   */
  add(resource: string, record: SandboxRecord, late?: Late): Promise<SandboxRecord>;
  /** The same for many records at once; `now` is when. */
  addAll(resource: string, records: readonly SandboxRecord[], now?: Date): Promise<SandboxRecord[]>;
}

/** The control surface of a tenant. Every call throws when the sandbox refuses it. */
export function control(tenant: { readonly controlUrl: string }): Control {
  const call = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> => {
    const reply = await request(`${tenant.controlUrl}/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await reply.body.text();
    if (reply.statusCode >= 300)
      throw new Error(`${method} /_control/${path} answered ${reply.statusCode}: ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    reset: async () => void (await call('POST', 'reset')),
    backUp: async (name) => void (await call('POST', `backups/${name}`)),
    restore: async (name) => void (await call('POST', `restore/${name}`)),
    requests: (since = 0) => call('GET', `requests?since=${since}`),
    clearRequests: async () => void (await call('DELETE', 'requests')),
    fault: async (fault) => void (await call('POST', 'faults', fault)),
    faults: () => call('GET', 'faults'),
    clearFaults: async () => void (await call('DELETE', 'faults')),
    settings: (changes) => call('POST', 'settings', changes),
    limits: (perSeconds) =>
      call('GET', perSeconds === undefined ? 'limits' : `limits?perSeconds=${perSeconds}`),
    records: (resource, where = {}) => {
      const query = new URLSearchParams(
        Object.entries(where).map(([name, value]): [string, string] => [name, String(value)]),
      );
      return call('GET', `records/${resource}?${query.toString()}`);
    },
    add: (resource, record, { newId, now } = {}) => {
      const query = new URLSearchParams();
      if (newId !== undefined) query.set('newId', String(newId));
      if (now !== undefined) query.set('now', now.toISOString());
      return call('POST', `records/${resource}?${query.toString()}`, record);
    },
    addAll: (resource, records, now) =>
      call('POST', `records/${resource}${now === undefined ? '' : `?now=${now.toISOString()}`}`, records),
  };
}
