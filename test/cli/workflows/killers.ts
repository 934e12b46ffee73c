/** Runs that workers die of, and one that is at Halo for a while. */
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
