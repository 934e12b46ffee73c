/** The campaign's Halo, in a process of its own that can be frozen. Says its tenants. */
import { startSandbox } from '../../../sandbox/sandbox.ts';

const { tenants } = await startSandbox();
process.stdout.write(`${JSON.stringify(tenants)}\n`);
