/** What `haloflow mappings ignore` and `unignore` do. */
import { withApi } from './api.ts';
import { pathOn } from './mappings.ts';
import type { On } from './mappings.ts';
import type { Outcome } from './outcome.ts';

export async function ignored(
  client: number,
  { connection, reason }: On & { readonly reason?: string },
): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<object>({
      method: 'PUT',
      path: pathOn({ connection }, 'mappings', 'ignored', client),
      body: reason === undefined ? {} : { reason },
    });
    return { ok: true, json: { ok: true, ...done }, text: `Client ${client} of ${connection} is ignored.` };
  });
}

export async function unignored(client: number, { connection }: On): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<object>({
      method: 'DELETE',
      path: pathOn({ connection }, 'mappings', 'ignored', client),
    });
    return {
      ok: true,
      json: { ok: true, ...done },
      text: `Client ${client} of ${connection} is to be mapped again.`,
    };
  });
}
