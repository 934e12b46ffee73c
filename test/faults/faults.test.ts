/** A minute of the campaign that `npm run faults` runs at full size. */
import { runCampaign } from './campaign.ts';
import { SHORT } from './sizes.ts';

test('every ticket gets one run and one note, every create one record, whatever dies meanwhile', async () => {
  const counts = await runCampaign({
    seed: 'short',
    sizes: SHORT,
    onProgress: () => undefined,
  });
  expect(counts.filter(({ ok }) => !ok)).toEqual([]);
}, 240_000);
