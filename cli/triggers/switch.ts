import { setEnabled } from '../../triggers/registry.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { findTrigger } from './find.ts';

/** What `haloflow triggers enable` and `haloflow triggers disable` do. */
export async function switched(id: string, enabled: boolean): Promise<Outcome> {
  return await withStore(async (store) => {
    await findTrigger(store, id);
    const changed = await setEnabled(store, id, enabled);
    const state = enabled ? 'enabled' : 'disabled';
    return {
      ok: true,
      json: { ok: true, trigger: { id, enabled }, changed },
      text: changed ? `${id} is ${state}.` : `${id} was ${state} already.`,
    };
  });
}
