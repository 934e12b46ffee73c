// A process of `haloflow start` for its worker: started by cli/workers/child.ts, and by nobody else.
import { loadCompiled, loadSource } from './load.js';

const load = process.argv[3] === 'compiled' ? loadCompiled : loadSource;
load('cli/workers/program').catch((error) => {
  process.stderr.write(`${(error && error.stack) || error}\n`, () => process.exit(1));
});
