/** Notes in a plan about schedules that an earlier version of haloflow created. */
import { eachWithin } from '../../triggers/client.ts';
import { readTriggers } from '../../triggers/registry.ts';
import { countUnread, rereads, rereadText } from '../../triggers/schedules.ts';
import type { Starter } from '../../triggers/start.ts';
import type { Control } from './types.ts';

const ANSWER_WITHIN_MS = 10_000;

/**
 * One sentence for each schedule whose times will change; `unasked`: Temporal is needed for that and does not answer.
 */
export async function rereadEffects({
  store,
  starter,
  taskQueue,
}: Pick<Control, 'store' | 'starter' | 'taskQueue'>): Promise<{
  readonly effects: readonly string[];
  readonly unasked: boolean;
}> {
  const triggers = await readTriggers(store);
  if ((await countUnread(store, triggers)) === 0) return { effects: [], unasked: false };
  const temporal = await starter().catch((): Starter | null => null);
  if (temporal === null) return { effects: [], unasked: true };
  const prefix = taskQueue.replace(/runs$/, '');
  const client = eachWithin(temporal.client, ANSWER_WITHIN_MS);
  const found = await rereads({ store, client, queues: { prefix, feeds: `${prefix}feeds` } }, triggers);
  return { effects: found.map(rereadText), unasked: false };
}
