/** What `haloflow mappings ignore` and `unignore` do. */
import { withApi } from './api.ts';
import type { IdOrName } from './json.ts';
import { pathOn } from './mappings.ts';
import type { On } from './mappings.ts';
import type { Outcome } from './outcome.ts';

export async function ignored(
  client: IdOrName,
  { connection, reason }: On & { readonly reason?: string },
): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ client: number }>({
      method: 'PUT',
      path: pathOn({ connection }, 'mappings', 'ignored', inPath(client)),
      body: reason === undefined ? {} : { reason },
    });
    return {
      ok: true,
      json: { ok: true, ...done },
      text: `Client ${done.client} of ${connection} is ignored.`,
    };
  });
}

export async function unignored(client: IdOrName, { connection }: On): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ client: number }>({
      method: 'DELETE',
      path: pathOn({ connection }, 'mappings', 'ignored', inPath(client)),
    });
    return {
      ok: true,
      json: { ok: true, ...done },
      text: `Client ${done.client} of ${connection} is to be mapped again.`,
    };
  });
}

const inPath = (client: IdOrName): number | string =>
  typeof client === 'number' ? client : `name:${client.name}`;
