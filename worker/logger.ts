import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { LogLevel } from '@temporalio/worker';
import { pino } from 'pino';
import { ConfigurationError } from '../errors.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const wanted = process.env['HALOFLOW_LOG_LEVEL'] ?? 'warn';

/** Properties that are never logged, wherever somebody puts them: a net below the rule that nothing logs secrets. */
const SECRET_NAMES = [
  'authorization',
  'clientSecret',
  'client_secret',
  'password',
  'secret',
  'token',
  'access_token',
];

/**
 * Structured logs on standard error; `HALOFLOW_LOG_LEVEL` (trace … fatal) sets how much, default `warn`. What is
 * no level counts as `warn` until {@link installRuntime} refuses it, where the command can show that.
 */
export const log = pino(
  {
    name: 'haloflow',
    level: logLevels.includes(wanted) ? wanted : 'warn',
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '(hidden)' },
  },
  pino.destination({ dest: 2, sync: true }),
);

const levels: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Temporal's logs go the same way as ours. Failures of runs and calls are recorded where operators look for them; "No
 * workflows registered" and "No activities registered" is how it puts that each of our workers polls one queue only.
 */
export const temporalLogger = new DefaultLogger('INFO', ({ level, message, meta }) => {
  const expected =
    message === 'Activity failed' || message === 'Workflow failed' || /^No \w+ registered/.test(message);
  log[expected ? 'debug' : levels[level]]({ ...meta }, message);
});

let installed = false;

/**
 * Sets up Temporal's native runtime once per process; signals are left to the command.
 *
 * @throws ConfigurationError when HALOFLOW_LOG_LEVEL is no level.
 */
export function installRuntime(): void {
  if (!logLevels.includes(wanted)) {
    throw new ConfigurationError(
      `HALOFLOW_LOG_LEVEL is "${wanted}", which is no level: set it to one of ${logLevels.join(', ')}, or unset it for warn`,
    );
  }
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
