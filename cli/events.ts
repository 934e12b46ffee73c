import type { EventDocument } from '../triggers/show/events.ts';
import type { EventStatus } from '../triggers/types.ts';
import { cursorOf } from '../api/control/cursor.ts';
import { withApi } from './api.ts';
import type { Api } from './api.ts';
import type { Outcome } from './outcome.ts';
import { DEFAULT_LIMIT, withMore } from './paging.ts';
import type { Page } from './paging.ts';
import { shortId } from './runs/shortId.ts';
import { table } from './table.ts';

export interface EventsOptions {
  readonly trigger?: string;
  readonly workflow?: string;
  readonly status?: EventStatus;
  readonly org?: string;
  readonly ticket?: number;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit?: number;
  /** An event's id: only those before it. */
  readonly before?: number;
}

/** What became of it: its run, or why there is none. */
function consequence({ status, reason, run, attempts }: EventDocument): string {
  if (run !== null) return `run ${shortId(run)}`;
  if (status === 'pending' && attempts > 1) return `tried ${attempts} times${reason ? `: ${reason}` : ''}`;
  return reason ?? '-';
}

/** What `haloflow events list` does. */
export async function listed(options: EventsOptions): Promise<Outcome> {
  const page = await withApi((api) => pageOf(api, options));
  const drawn = table(
    ['id', 'time', 'trigger', 'key', 'organization', 'status', ''],
    page.rows.map((event) => [
      event.id,
      event.createdAt,
      event.trigger,
      event.key,
      event.organization ?? '-',
      event.status,
      consequence(event),
    ]),
  );
  return {
    ok: true,
    json: { ok: true, events: page.rows, more: page.more },
    text: withMore(drawn, page, {
      nothing: 'No events.',
      next: `--before ${page.rows.at(-1)?.id} shows older ones`,
    }),
  };
}

async function pageOf(api: Api, options: EventsOptions): Promise<Page<EventDocument>> {
  const { org, trigger, workflow, status, ticket, since, until, limit = DEFAULT_LIMIT, before } = options;
  const { events, next } = await api.call<{ events: readonly EventDocument[]; next: string | null }>({
    path: '/events',
    query: {
      organization: org,
      trigger,
      workflow,
      status,
      ticket,
      since: since?.toISOString(),
      until: until?.toISOString(),
      limit,
      cursor: before === undefined ? undefined : cursorOf(before),
    },
  });
  return { rows: events, more: next !== null };
}
