// A process of `haloflow start` for its worker: started by cli/workers/child.ts, and by nobody else.
import { register } from 'tsx/esm/api';

register();
import('./workers/program.ts').catch((error) => {
  process.stderr.write(`${(error && error.stack) || error}\n`, () => process.exit(1));
});
