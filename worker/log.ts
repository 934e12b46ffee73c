import { pino } from 'pino';
import { ConfigurationError } from '../errors.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const wanted = process.env['HALOFLOW_LOG_LEVEL'] ?? 'warn';

/** Properties that are never logged, at any depth: a safety net below the rule that nothing logs secrets. */
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
 * Structured logs on standard error; `HALOFLOW_LOG_LEVEL` (trace … fatal) sets the level, default `warn`. An
 * invalid level counts as `warn` until {@link checkLogLevel} refuses it, when the command can show the error.
 */
export const log = pino(
  {
    name: 'haloflow',
    level: logLevels.includes(wanted) ? wanted : 'warn',
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '(hidden)' },
  },
  pino.destination({ dest: 2, sync: true }),
);

/** Throws ConfigurationError if HALOFLOW_LOG_LEVEL is not a level. */
export function checkLogLevel(): void {
  if (logLevels.includes(wanted)) return;
  throw new ConfigurationError(
    `HALOFLOW_LOG_LEVEL is "${wanted}", which is not a level: set it to one of ${logLevels.join(', ')}, or unset it for warn`,
  );
}
