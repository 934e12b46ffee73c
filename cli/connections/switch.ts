/** What `haloflow connections enable` and `haloflow connections disable` do. */
import type { ConnectionView } from '../../organizations/connections.ts';
import { withApi } from '../api.ts';
import { comesBack } from '../origin.ts';
import type { Outcome } from '../outcome.ts';

export async function switched(id: string, enabled: boolean): Promise<Outcome> {
  const path = `/connections/${encodeURIComponent(id)}`;
  return await withApi(async (api) => {
    const { connection: before } = await api.call<{ connection: ConnectionView }>({ path });
    const state = enabled ? 'enabled' : 'disabled';
    if (before.enabled === enabled) {
      return {
        ok: true,
        json: { ok: true, connection: before, changed: false },
        text: `${id} was ${state} already.`,
      };
    }
    const { connection } = await api.call<{ connection: ConnectionView }>({
      method: 'PATCH',
      path,
      body: { enabled },
    });
    return {
      ok: true,
      json: { ok: true, connection, changed: true },
      text: [`${id} is ${state}.`, ...comesBack(before)].join('\n'),
    };
  });
}
