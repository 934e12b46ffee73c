/** The campaign's Halo, in a process of its own. Says its tenants; ends with the campaign, however that ends. */
import { startSandbox } from '../../../sandbox/sandbox.ts';

const { tenants } = await startSandbox();
process.stdout.write(`${JSON.stringify(tenants)}\n`);
process.stdin.once('end', () => process.exit()).resume();
