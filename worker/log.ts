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
 * no level counts as `warn` until {@link checkLogLevel} refuses it, where the command can show that.
 */
export const log = pino(
  {
    name: 'haloflow',
    level: logLevels.includes(wanted) ? wanted : 'warn',
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '(hidden)' },
  },
  pino.destination({ dest: 2, sync: true }),
);

/** Throws ConfigurationError when HALOFLOW_LOG_LEVEL is no level. */
export function checkLogLevel(): void {
  if (logLevels.includes(wanted)) return;
  throw new ConfigurationError(
    `HALOFLOW_LOG_LEVEL is "${wanted}", which is not a level: set it to one of ${logLevels.join(', ')}, or unset it for warn`,
  );
}
