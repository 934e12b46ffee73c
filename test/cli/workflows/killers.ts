/** Runs that workers die of or wait for, and some that are at Halo, or nowhere, for a while. */
import { sleep, workflowInfo } from '@temporalio/workflow';
import { halo } from 'haloflow/sdk';

/** Until the memory of the thread that it runs in is used up. */
export async function allocates(): Promise<number> {
  const kept: number[][] = [[0]];
  // Twice as much each time: there is too much before anybody could say that it takes too long.
  while (kept.length < 40) kept.push((kept.at(-1) ?? []).concat(kept.at(-1) ?? []));
  return await Promise.resolve(kept.length);
}

/** How many agents there are, or what the call failed with. */
export async function counts(): Promise<number> {
  return (await halo.agents.list()).length;
}

/** Never gives control back: at once, once it has waited, or from then on where that is replayed, as after an edit. */
export async function loops(when: 'at once' | 'later' | 'replayed'): Promise<never> {
  if (when === 'replayed' && workflowInfo().unsafe.isReplaying) for (;;);
  if (when !== 'at once') await sleep(1);
  for (;;);
}
