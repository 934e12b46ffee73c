import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { LogLevel, LogMetadata, Logger } from '@temporalio/worker';
import { checkLogLevel, log } from './log.ts';

const levels: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Receives what Temporal's SDK logs about each workflow task. */
type Trace = (message: string, meta: LogMetadata) => void;

let listener: Trace | undefined;
let gaveUp: string | null = null;

/** Calls `trace` with the SDK's messages of level TRACE, which are not logged, and with its errors. */
export function onTrace(trace: Trace): void {
  listener = trace;
}

/** Why a worker in this process has begun to shut itself down, from the SDK's log; null if none has. */
export function reasonOfEnd(): string | null {
  return gaveUp;
}

/**
 * Wraps the SDK's own logger, which holds messages for a tenth of a second to sort them: too long if the traced task kills
 * the process.
 */
const listening = (logger: Logger & Partial<Record<'flush' | 'close', () => void>>): typeof logger => ({
  flush: () => logger.flush?.(),
  close: () => logger.close?.(),
  trace: (message, meta = {}) => listener?.(message, meta),
  log: (level, message, meta) => logger.log(level, message, meta),
  debug: (message, meta) => logger.debug(message, meta),
  info: (message, meta) => logger.info(message, meta),
  warn: (message, meta) => logger.warn(message, meta),
  error(message, meta = {}) {
    listener?.(message, meta);
    if (message.endsWith('Initiating Worker shutdown.')) {
      gaveUp ??= (meta as { readonly error?: Partial<Error> }).error?.message ?? message;
    }
    logger.error(message, meta);
  },
});

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
  checkLogLevel();
  if (installed) return;
  installed = true;
  const runtime = Runtime.install({
    logger: temporalLogger,
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
  });
  Object.assign(runtime, { logger: listening(runtime.logger) });
}
