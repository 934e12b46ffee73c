/** Metrics of what is in the database, the same from every process on it. */
import { Gauge } from 'prom-client';
import { registry } from '../calls/metrics.ts';
import type { Store } from '../store/store.ts';

const registers = [registry];
const runs = new Gauge({
  name: 'haloflow_runs',
  help: 'Runs by how they ended; running for those that have not',
  labelNames: ['status'] as const,
  registers,
});
const events = new Gauge({
  name: 'haloflow_events',
  help: 'Events by what became of them',
  labelNames: ['status'] as const,
  registers,
});
const lag = new Gauge({
  name: 'haloflow_feed_lag_seconds',
  help: 'Time since the last poll of the feed that succeeded',
  labelNames: ['connection', 'kind'] as const,
  registers,
});
const errors = new Gauge({
  name: 'haloflow_feed_errors',
  help: 'Errors of the feed in a row',
  labelNames: ['connection', 'kind'] as const,
  registers,
});
const waiting = new Gauge({
  name: 'haloflow_budget_waiting',
  help: 'Requests that wait for the rate budget of a host',
  labelNames: ['host'] as const,
  registers,
});

/** Brings them up to date. */
export async function readStored({ pool }: Pick<Store, 'pool'>): Promise<void> {
  const [byRun, byEvent, feeds, waits] = await Promise.all([
    pool.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from runs group by status',
    ),
    pool.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from events group by status',
    ),
    pool.query<{ connection: string; kind: string; errors: number; lag: number | null }>(
      `select connection, kind, errors, extract(epoch from now() - succeeded_at)::float8 as lag from feeds
         where every_seconds is not null`,
    ),
    pool.query<{ host: string; count: number }>(
      'select host, count(*)::int as count from budget_waits group by host',
    ),
  ]);
  forgetStored();
  for (const { status, count } of byRun.rows) runs.set({ status }, count);
  for (const { status, count } of byEvent.rows) events.set({ status }, count);
  for (const { connection, kind, ...feed } of feeds.rows) {
    errors.set({ connection, kind }, feed.errors);
    if (feed.lag !== null) lag.set({ connection, kind }, feed.lag);
  }
  for (const { host, count } of waits.rows) waiting.set({ host }, count);
}

/** What was true once is not told as if it were still. */
export function forgetStored(): void {
  for (const gauge of [runs, events, lag, errors, waiting]) gauge.reset();
}
