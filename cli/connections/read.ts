/** What `haloflow connections list|show|remove` do. */
import type { ConnectionView } from '../../organizations/connections.ts';
import { withApi } from '../api.ts';
import type { Api } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { everyRow } from '../paging.ts';
import { agreed } from '../prompt.ts';
import { table } from '../table.ts';
import { connectionLines } from './page.ts';

const pathOf = (id: string): string => `/connections/${encodeURIComponent(id)}`;

export const everyConnection = (api: Api, organization?: string): Promise<ConnectionView[]> =>
  everyRow<ConnectionView>(api, 'connections', { organization });

export async function listed({ org }: { readonly org?: string }): Promise<Outcome> {
  return await withApi(async (api) => {
    const connections = await everyConnection(api, org);
    const rows = connections.map((connection) => [
      connection.id,
      connection.organization,
      connection.default ? 'yes' : 'no',
      connection.enabled ? 'yes' : 'no',
      connection.resourceServer,
      connection.tenant ?? '-',
      connection.onPremise ? 'yes' : 'no',
    ]);
    return {
      ok: true,
      json: { ok: true, connections },
      text:
        rows.length === 0
          ? 'No connections: haloflow connections add makes one.'
          : table(
              ['id', 'organization', 'default', 'enabled', 'resource server', 'tenant', 'on-premise'],
              rows,
            ),
    };
  });
}

export async function shown(id: string): Promise<Outcome> {
  return await withApi(async (api) => {
    const { connection } = await api.call<{ connection: ConnectionView }>({ path: pathOf(id) });
    return { ok: true, json: { ok: true, connection }, text: connectionLines(connection).join('\n') };
  });
}

export interface RemoveOptions {
  readonly withMappings?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function removed(
  id: string,
  { withMappings = false, yes = false, json = false }: RemoveOptions,
): Promise<Outcome> {
  return await withApi(async (api) => {
    const { connection: before } = await api.call<{ connection: ConnectionView }>({ path: pathOf(id) });
    const question = `Delete connection ${id} of ${before.organization} to ${before.resourceServer}?`;
    if (!(await agreed(question, { yes, json }))) {
      return {
        ok: true,
        json: { ok: true, connection: before, removed: false },
        text: 'Nothing was deleted.',
      };
    }
    const { connection } = await api.call<{ connection: ConnectionView }>({
      method: 'DELETE',
      path: pathOf(id),
      query: { withMappings },
    });
    return {
      ok: true,
      json: { ok: true, connection, removed: true },
      text: `Connection ${connection.id} is deleted.`,
    };
  });
}
