/** What `haloflow options` does. */
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

interface Options {
  readonly options: readonly { readonly id: number; readonly name: string }[];
  readonly fetchedAt: string;
  readonly ageSeconds: number;
  readonly problem: string | null;
}

const MINUTE = 60;

export async function listed(
  kind: string,
  { connection, refresh = false }: { readonly connection: string; readonly refresh?: boolean },
): Promise<Outcome> {
  return await withApi(async (api) => {
    const found = await api.call<Options>({
      path: `/connections/${encodeURIComponent(connection)}/options/${encodeURIComponent(kind)}`,
      query: { refresh },
    });
    const { options, ageSeconds, problem } = found;
    const rows = options.map(({ id, name }) => [id, name]);
    const age = ageSeconds < MINUTE ? 'less than a minute' : `${Math.floor(ageSeconds / MINUTE)} minutes`;
    return {
      ok: true,
      json: { ok: true, ...found },
      text: rows.length === 0 ? `No ${kind}.` : table(['id', 'name'], rows),
      ...(problem === null ? {} : { complaint: `${problem}\nThis is what Halo listed ${age} ago.` }),
    };
  });
}
