import { cursorOf } from '../../api/control/cursor.ts';
import type { ListedTrigger } from '../../triggers/show/triggers.ts';
import { withApi } from '../api.ts';
import type { Api } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, withMore } from '../paging.ts';
import type { Page } from '../paging.ts';
import { table } from '../table.ts';
import { relative } from '../when.ts';

export interface ListOptions {
  readonly limit?: number;
  readonly after?: string;
}

/** What `haloflow triggers list` does. */
export async function listed(options: ListOptions): Promise<Outcome> {
  const page = await withApi((api) => pageOf(api, options));
  const now = new Date();
  const drawn = table(
    ['id', 'type', 'owner', 'workflow', 'enabled', 'last event', 'feed'],
    page.rows.map(({ id, type, organization, workflow, enabled, lastEvent, feeds }) => [
      id,
      type,
      organization,
      workflow,
      enabled ? 'yes' : 'no',
      lastEvent === null ? '-' : `${lastEvent.status} ${relative(new Date(lastEvent.at), now)}`,
      feeds.length === 0 ? '-' : feeds.map(({ kind, state }) => `${kind} ${state}`).join(', '),
    ]),
  );
  return {
    ok: true,
    json: { ok: true, triggers: page.rows, more: page.more },
    text: withMore(drawn, page, {
      nothing: 'There are no triggers: write some into haloflow.yaml (docs/triggers.md) and apply it.',
      next: `--after ${page.rows.at(-1)?.id}, or a larger --limit`,
    }),
  };
}

async function pageOf(api: Api, { limit = DEFAULT_LIMIT, after }: ListOptions): Promise<Page<ListedTrigger>> {
  const { triggers, next } = await api.call<{ triggers: readonly ListedTrigger[]; next: string | null }>({
    path: '/triggers',
    query: { limit, cursor: after === undefined ? undefined : cursorOf(after) },
  });
  return { rows: triggers, more: next !== null };
}
