/** What this process has done, counted for Prometheus; the API adds what is in the database when it is asked. */
import { Counter, Histogram, Registry } from 'prom-client';

/** Everything that is served at `/metrics`. */
export const registry = new Registry();

/** Runs that this process has started; no run twice. */
export const runsStarted = new Counter({
  name: 'haloflow_runs_started_total',
  help: 'Runs started, by workflow',
  labelNames: ['workflow'] as const,
  registers: [registry],
});

/** Ends of runs that this process has written down; no end twice. */
export const runsEnded = new Counter({
  name: 'haloflow_runs_ended_total',
  help: 'Runs that have ended, by workflow and how',
  labelNames: ['workflow', 'status'] as const,
  registers: [registry],
});

/** Seconds of one try of a call, by action and how it ended: `ok`, `failed` or `waiting`. */
export const actionSeconds = new Histogram({
  name: 'haloflow_action_duration_seconds',
  help: 'How long tries of calls took, from their start to their end',
  labelNames: ['action', 'outcome'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  registers: [registry],
});

/** HTTP requests to Halo, by host and status; `none`: no reply. */
export const haloRequests = new Counter({
  name: 'haloflow_halo_requests_total',
  help: 'Requests sent to Halo and answered, or given up',
  labelNames: ['host', 'status'] as const,
  registers: [registry],
});

/** Seconds that requests waited for their place in the rate budget. */
export const budgetWaitSeconds = new Histogram({
  name: 'haloflow_budget_wait_seconds',
  help: 'How long requests waited for the rate budget before they were let go or put off',
  labelNames: ['host', 'lane'] as const,
  buckets: [0.01, 0.1, 0.5, 1, 2, 5, 15, 60],
  registers: [registry],
});
