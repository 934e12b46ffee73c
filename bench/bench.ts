/**
 * `npm run bench` measures everything, `npm run bench -- calls fairness` what is named. Each prints ratios against a
 * baseline of the same run; none fails by time. `--seconds 3 --rounds 4` is for `calls`: the length of a round, and how
 * many there are of each side.
 */
import { parseArgs } from 'node:util';
import { benchCalls } from './calls.ts';
import { benchFairness } from './fairness.ts';
import { withStack } from './stack.ts';
import type { BenchStack } from './stack.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
});

const benches: Readonly<Record<string, (stack: BenchStack) => Promise<void>>> = {
  calls: (stack) => benchCalls(stack, { seconds: Number(values.seconds), rounds: Number(values.rounds) }),
  fairness: benchFairness,
};

const names = positionals.length > 0 ? positionals : Object.keys(benches);
for (const name of names) {
  const bench = benches[name];
  if (!bench) throw new Error(`there is no benchmark ${name}: there are ${Object.keys(benches).join(', ')}`);
  console.log(`\n== ${name}`);
  await withStack(bench);
}
