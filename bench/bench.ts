/**
 * `npm run bench` measures everything, `npm run bench -- calls burst` what is named. Each prints ratios against a
 * baseline of the same run; none fails by time. `--seconds 3 --rounds 4` is for `calls` and `api`: the length of a round,
 * and, for `calls`, how many there are of each side.
 */
import { parseArgs } from 'node:util';
import { benchApi } from './api.ts';
import { benchBurst } from './burst.ts';
import { benchCalls } from './calls.ts';
import { benchFairness } from './fairness.ts';
import { benchMappings } from './mappings.ts';
import { benchMetrics } from './metrics.ts';
import { benchNeighbours } from './neighbours.ts';
import { benchPolls } from './polls.ts';
import { withStack } from './stack.ts';
import { benchTriggers } from './triggers.ts';
import { Interrupted } from '../cli/interrupt.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
});
const lengths = { seconds: Number(values.seconds), rounds: Number(values.rounds) };

const benches: Readonly<Record<string, () => Promise<void>>> = {
  calls: () => withStack({ triggers: false }, (stack) => benchCalls(stack, lengths)),
  fairness: () => withStack({ triggers: false }, benchFairness),
  triggers: benchTriggers,
  polls: () => withStack({ triggers: true }, benchPolls),
  mappings: benchMappings,
  burst: () => withStack({ triggers: true }, benchBurst),
  api: () => benchApi(lengths),
  metrics: benchMetrics,
  neighbours: benchNeighbours,
};

const names = positionals.length > 0 ? positionals : Object.keys(benches);
try {
  for (const name of names) {
    const bench = benches[name];
    if (!bench)
      throw new Error(`there is no benchmark ${name}: there are ${Object.keys(benches).join(', ')}`);
    console.log(`\n== ${name}`);
    await bench();
  }
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exit(error.exitCode);
}
