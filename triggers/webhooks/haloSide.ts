/** Halo's side of its webhooks: what is set up there, and how to change it. */
import { HaloServerError } from '../../errors.ts';
import type { HaloPort } from '../haloPort.ts';

/** Bound to a webhook, an event is delivered to it: Halo calls that a notification. */
interface Binding {
  readonly id: number;
  readonly event: number;
}

export interface HaloWebhook {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly active: boolean;
  /** Numbers of the events that are bound to it. */
  readonly events: readonly number[];
}

/** What a webhook of ours is to be. */
type WantedWebhook = Pick<HaloWebhook, 'name' | 'url'>;

/** All of it is asked for in the lane of feeds. Every function throws the classes of errors.ts. */
export interface HaloSide {
  webhooks(): Promise<HaloWebhook[]>;
  create(wanted: WantedWebhook): Promise<HaloWebhook>;
  /** Switches it on, at this URL. */
  repair(id: string, wanted: WantedWebhook): Promise<void>;
  remove(id: string): Promise<void>;
  bindings(webhook: string): Promise<Binding[]>;
  bind(webhook: string, event: number): Promise<void>;
  unbind(binding: number): Promise<void>;
  /** Numbers of events by their names, as this release of Halo has them. */
  eventNumbers(): Promise<ReadonlyMap<string, number>>;
}

type Fields = Readonly<Record<string, unknown>>;
type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Bytes. What is made of a reply takes many times as many, and a process that dies of it reads it again. A Halo hands out
 * all its notifications where it does not know how to choose among them.
 */
const LARGEST_REPLY = 2 * 1024 * 1024;
const LARGEST_NOTIFICATIONS = 4 * LARGEST_REPLY;
/** Webhooks, and names of events, that a Halo may have: what is made of them is kept while others are asked. */
const MOST_ROWS = 10_000;

/** Webhooks that are read at a time. */
const READERS = 10;

/** The list of event names; the numbers differ between releases. */
const EVENT_LOOKUP = 64;

export function haloSide(halo: HaloPort, connection: string, signal: AbortSignal): HaloSide {
  const ask = (method: Method, path: string, more: Fields = {}): Promise<unknown> =>
    halo.call({
      connection,
      action: 'halo.request',
      input: { method, path, ...more },
      maxReplyBytes: path === '/Notification' ? LARGEST_NOTIFICATIONS : LARGEST_REPLY,
      signal,
    });

  return {
    async webhooks() {
      const found = fewRowsIn(await ask('GET', '/Webhook'), 'GET /Webhook').map((row) => {
        // A list that shows less than the record itself would have us repair what is whole.
        const isWhole = 'url' in row && 'active' in row && Array.isArray(row['events']);
        return isWhole ? webhookOf(row) : text(row['id']);
      });
      const read: HaloWebhook[] = [];
      const rows = found.entries();
      const readOn = async (): Promise<void> => {
        for (const [index, row] of rows) {
          read[index] = typeof row === 'string' ? webhookOf(await ask('GET', `/Webhook/${row}`)) : row;
        }
      };
      await Promise.all(Array.from({ length: READERS }, readOn));
      return read;
    },
    async create({ name, url }) {
      const body = [{ name, url, type: 0, method: 0, content_type: 'application/json', active: true }];
      return webhookOf(await ask('POST', '/Webhook', { body }));
    },
    async repair(id, { name, url }) {
      await ask('POST', '/Webhook', { body: [{ id, name, url, active: true }], effect: 'update' });
    },
    async remove(id) {
      await ask('DELETE', `/Webhook/${id}`);
    },
    async bindings(webhook) {
      const found = rowsIn(await ask('GET', '/Notification', { query: { webhook_id: webhook } }));
      // The parameter is not documented, and what Halo does not know it ignores.
      return found
        .filter((row) => text(row['webhook_id']).toLowerCase() === webhook.toLowerCase())
        .map((row) => ({ id: Number(row['id']), event: Number(row['eventno']) }));
    },
    async bind(webhook, event) {
      const notification = { type: -2, delivery_method: 6, filter_type: 2, conditions: [] };
      const body = [{ webhook_id: webhook, eventno: String(event), ...notification }];
      await ask('POST', '/Notification', { body });
    },
    async unbind(binding) {
      await ask('DELETE', `/Notification/${binding}`);
    },
    async eventNumbers() {
      const query = { lookupid: EVENT_LOOKUP };
      const found = fewRowsIn(await ask('GET', '/Lookup', { query }), `GET /Lookup?lookupid=${EVENT_LOOKUP}`);
      return new Map(found.map((row) => [simplified(text(row['name'])), Number(row['id'])]));
    },
  };
}

/** A name as `eventNumbers` spells it: letters and digits only. */
export function simplified(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function webhookOf(value: unknown): HaloWebhook {
  const row = value as Fields;
  return {
    id: text(row['id']),
    name: text(row['name']),
    url: text(row['url']),
    active: row['active'] === true,
    events: rowsIn(row['events'] ?? []).map((event) =>
      Number(event['eventno'] ?? event['event_id'] ?? event['id']),
    ),
  };
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function fewRowsIn(value: unknown, what: string): Fields[] {
  const rows = rowsIn(value);
  if (rows.length <= MOST_ROWS) return rows;
  throw new HaloServerError(`${what} answered ${rows.length} rows, which are more than ${MOST_ROWS}`);
}

/** The rows of a list, bare or in an envelope. */
function rowsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value as Fields[];
  if (typeof value !== 'object' || value === null) return [];
  return (Object.values(value).find((each) => Array.isArray(each)) ?? []) as Fields[];
}
