import { withApi } from '../api.ts';
import type { Outcome } from '../outcome.ts';

/** What `haloflow triggers enable` and `haloflow triggers disable` do. */
export async function switched(id: string, enabled: boolean): Promise<Outcome> {
  const path = `/triggers/${encodeURIComponent(id)}/${enabled ? 'enable' : 'disable'}`;
  const { changed } = await withApi((api) => api.call<{ changed: boolean }>({ method: 'POST', path }));
  const state = enabled ? 'enabled' : 'disabled';
  return {
    ok: true,
    json: { ok: true, trigger: { id, enabled }, changed },
    text: changed ? `${id} is ${state}.` : `${id} was ${state} already.`,
  };
}
