/** Commands that work on their own machine alone. */
import { ConfigurationError } from '../errors.ts';

/**
 * Refuses to answer for this machine whoever means another one.
 *
 * @param command `smoke`
 * @throws ConfigurationError while HALOFLOW_URL is set.
 */
export function demandHere(command: string): void {
  const url = process.env['HALOFLOW_URL'];
  if (!url) return;
  throw new ConfigurationError(
    `haloflow ${command} works on its own machine, and HALOFLOW_URL is ${url}: run it there, or unset HALOFLOW_URL ` +
      'to mean the haloflow of this machine',
  );
}
