/** What `haloflow audit` does. */
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';
import { moment } from './when.ts';

export interface AuditOptions {
  readonly org?: string;
  readonly actor?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly organization: string | null;
}

export async function listed({ org, actor, limit, cursor }: AuditOptions): Promise<Outcome> {
  return await withApi(async (api) => {
    const page = await api.call<{ entries: readonly Entry[]; next: string | null }>({
      path: '/audit',
      query: { organization: org, actor, limit, cursor },
    });
    const rows = page.entries.map((entry) => [
      moment(new Date(entry.at)),
      entry.actor,
      entry.action,
      entry.object,
      entry.organization ?? '-',
    ]);
    const drawn =
      rows.length === 0 ? 'No entries.' : table(['time', 'actor', 'action', 'object', 'organization'], rows);
    const more = page.next === null ? '' : `\n\nThere are more: --cursor ${page.next} shows older ones`;
    return { ok: true, json: { ok: true, ...page }, text: drawn + more };
  });
}
