import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { LogLevel } from '@temporalio/worker';
import { pino } from 'pino';

/** Structured logs on standard error; `HALOFLOW_LOG_LEVEL` (trace … fatal) sets how much, default `warn`. */
export const log = pino(
  { name: 'haloflow', level: process.env['HALOFLOW_LOG_LEVEL'] ?? 'warn' },
  pino.destination({ dest: 2, sync: true }),
);

const levels: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Temporal's logs go the same way as ours. Failures of runs and calls are recorded where operators look for them. */
export const temporalLogger = new DefaultLogger('INFO', ({ level, message, meta }) => {
  const expected =
    message === 'Activity failed' || message === 'Workflow failed' || message.startsWith('No ');
  log[expected ? 'debug' : levels[level]]({ ...meta }, message);
});

let installed = false;

/** Sets up Temporal's native runtime once per process; signals are left to the command. */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: temporalLogger,
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
  });
}
