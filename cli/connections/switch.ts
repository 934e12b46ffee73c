/** What `haloflow connections enable` and `haloflow connections disable` do. */
import type { ConnectionView } from '../../organizations/connections.ts';
import { withApi } from '../api.ts';
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
    const hint =
      before.origin === 'file'
        ? '\nIt was of a configuration file: the next apply of one that names it brings back what that says.'
        : '';
    return {
      ok: true,
      json: { ok: true, connection, changed: true },
      text: `${id} is ${state}.${hint}`,
    };
  });
}
