/**
 * A process that uses the Temporal server of HALOFLOW_HOME: prints one JSON line when it has it, and closes it when its
 * standard input ends. `--watch` and `--ui` as the options of openTemporal.
 */
import { openTemporal } from '../../engine/server.ts';

const server = await openTemporal({ ui: process.argv.includes('--ui') });
if (process.argv.includes('--watch')) server.watch();
process.stdout.write(`${JSON.stringify({ address: server.address, uiUrl: server.uiUrl })}\n`);
process.stdin.resume();
process.stdin.once('end', () => void server.close());
