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
    countsOf(pool, 'runs', 'running'),
    countsOf(pool, 'events', 'pending'),
    pool.query<{ connection: string; kind: string; errors: number; lag: number | null }>(
      `select connection, kind, errors, extract(epoch from now() - succeeded_at)::float8 as lag from feeds
         where every_seconds is not null`,
    ),
    pool.query<{ host: string; count: number }>(
      'select host, count(*)::int as count from budget_waits group by host',
    ),
  ]);
  forgetStored();
  for (const { status, count } of byRun) runs.set({ status }, count);
  for (const { status, count } of byEvent) events.set({ status }, count);
  for (const { connection, kind, ...feed } of feeds.rows) {
    errors.set({ connection, kind }, feed.errors);
    if (feed.lag !== null) lag.set({ connection, kind }, feed.lag);
  }
  for (const { host, count } of waits.rows) waiting.set({ host }, count);
}

/** Tables with more rows are estimated instead of counted. */
const MOST_COUNTED = 50_000;

interface Counted {
  readonly status: string;
  readonly count: number;
}

/**
 * Rows by status. Of a large table by the statistics of PostgreSQL, so that it costs the same at a million rows; the rows
 * that are still `open` are counted in any case, for which there is an index, up to the same number.
 */
async function countsOf(pool: Store['pool'], table: 'runs' | 'events', open: string): Promise<Counted[]> {
  const { rows: sizes } = await pool.query<{ isLarge: boolean }>(
    `select count(*) > ${MOST_COUNTED} as "isLarge" from (select from ${table} limit ${MOST_COUNTED + 1}) few`,
  );
  if (sizes[0]?.isLarge !== true) {
    const { rows } = await pool.query<Counted>(
      `select status, count(*)::int as count from ${table} group by status`,
    );
    return rows;
  }
  const { rows } = await pool.query<Counted>(
    `select status, (c.reltuples * freq)::float8 as count
        from pg_class c join pg_stats s on s.schemaname = c.relnamespace::regnamespace::text and s.tablename = c.relname,
          unnest(s.most_common_vals::text::text[], s.most_common_freqs) as common(status, freq)
        where c.oid = '${table}'::regclass and s.attname = 'status' and c.reltuples > 0 and status <> '${open}'
      union all
      select '${open}', count(*) from (select from ${table} where status = '${open}' limit ${MOST_COUNTED}) still`,
  );
  return rows.map(({ status, count }) => ({ status, count: Math.round(count) }));
}

/** What was true once is not told as if it were still. */
export function forgetStored(): void {
  for (const gauge of [runs, events, lag, errors, waiting]) gauge.reset();
}
