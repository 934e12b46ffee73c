import { randomUUID } from 'node:crypto';
import { renderPayload } from './payload.ts';
import type { Occurred } from './payload.ts';
import { haloDate } from './rest/dates.ts';
import type { EventRecords } from './rest/resource.ts';
import { CHANGED, type Database, type Row } from './rest/table.ts';

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;
const TIMEOUT_MS = 10_000;
const BODY_KEPT = 2_000;

/** Whether the sandbox may call a webhook's address: it never leaves the machine. */
function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

interface Delivery {
  readonly webhook: Row;
  readonly notification: Row;
  readonly occurred: Occurred;
  readonly body: string;
}

/** Calls webhooks and keeps a record of each call. One try each: Halo documents no repetition. */
export class Deliveries {
  private readonly stop = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  /** Starts a call for every active webhook that a notification binds to the event. */
  fire(db: Database, event: number, records: EventRecords): void {
    for (const notification of db.table('notifications').all()) {
      const webhook = db.table('webhooks').get(notification['webhook_id']);
      if (notification['eventno'] !== event || webhook?.['active'] !== true) continue;
      const occurred = { id: randomUUID(), event, records };
      const body = renderPayload(db, webhook, notification, occurred);
      const call = this.deliver(db, { webhook, notification, occurred, body });
      this.underWay.add(call);
      void call.finally(() => this.underWay.delete(call));
    }
  }

  /** Cancels what is under way. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.underWay);
  }

  private async deliver(db: Database, { webhook, notification, occurred, body }: Delivery): Promise<void> {
    const started = performance.now();
    const url = String(webhook['url']);
    const headers = { 'content-type': String(webhook['content_type']), ...basicAuth(webhook) };
    const timestamp = haloDate(Date.now());
    const outcome = isLoopback(url)
      ? await this.post(url, body, headers)
      : { status: 0, body: 'the sandbox calls loopback addresses only' };
    const table = db.table('webhookevents');
    table.put({
      id: occurred.id,
      webhook_id: webhook['id'],
      notification_id: notification['id'],
      timestamp,
      status: outcome.status >= 200 && outcome.status < 300 ? 1 : 2,
      duration: Math.round(performance.now() - started) / 1000,
      requestheaders: JSON.stringify(headers),
      requestbody: body,
      responsestatus: outcome.status,
      responsebody: outcome.body,
      entity_id: Object.values(occurred.records)[0]?.['id'],
      error: outcome.status < 200 || outcome.status >= 300,
      [CHANGED]: Date.now(),
    });
    const stored = db.table('webhooks').get(webhook['id']);
    if (stored) db.table('webhooks').put({ ...stored, last_status: outcome.status });
  }

  private async post(url: string, body: string, headers: Record<string, string>) {
    try {
      const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      return { status: response.status, body: (await response.text()).slice(0, BODY_KEPT) };
    } catch (error) {
      return { status: 0, body: error instanceof Error ? error.message : String(error) };
    }
  }
}

function basicAuth(webhook: Row): Record<string, string> {
  if (webhook['authentication_type'] !== 1) return {};
  const pair = `${String(webhook['basic_username'])}:${String(webhook['basic_password'])}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
