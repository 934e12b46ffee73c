/**
 * `npm run faults`: the campaign at full size. `-- --seed TEXT` repeats one. It prints what was counted and exits 0 only
 * when every count is as it has to be.
 */
import { parseArgs } from 'node:util';
import { table } from '../../cli/table.ts';
import { runCampaign } from './campaign.ts';
import { FULL } from './sizes.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const began = performance.now();
const elapsed = (): string => `${Math.round((performance.now() - began) / 1_000)} s`;
const counts = await runCampaign({
  seed: values.seed,
  sizes: FULL,
  settleSeconds: 180,
  onProgress: (line) => console.error(`${elapsed().padStart(6)}  ${line}`),
});
console.log(
  table(
    ['', 'what', 'wanted', 'seen'],
    counts.map(({ what, wanted, seen, ok }) => [ok ? 'ok' : 'FAILED', what, wanted, String(seen)]),
  ),
);
const failed = counts.filter(({ ok }) => !ok).length;
console.log(
  `${failed === 0 ? 'all as it has to be' : `${failed} counts are wrong`} (seed ${values.seed}, ${elapsed()})`,
);
process.exit(failed === 0 ? 0 : 1);
