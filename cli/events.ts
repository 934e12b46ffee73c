import { listEvents } from '../triggers/dispatch/list.ts';
import type { EventRow, EventStatus } from '../triggers/types.ts';
import { withStore } from './openStore.ts';
import { checkOrganizationName } from './organizationName.ts';
import type { Outcome } from './outcome.ts';
import { DEFAULT_LIMIT, pageOf, withMore } from './paging.ts';
import { shortId } from './runs/shortId.ts';
import { table } from './table.ts';
import { checkTriggerName } from './triggers/find.ts';
import { moment } from './when.ts';

export interface EventsOptions {
  readonly trigger?: string;
  readonly status?: EventStatus;
  readonly org?: string;
  readonly limit?: number;
  /** An event's id: only those before it. */
  readonly before?: number;
}

/** Without the payload, which is the run's input and may be large. */
export const eventDocument = (event: EventRow): object => ({
  id: event.id,
  trigger: event.trigger,
  key: event.key,
  source: event.source,
  status: event.status,
  reason: event.reason,
  connection: event.connection,
  record: event.record,
  organization: event.organization,
  outcome: event.outcome,
  run: event.status === 'accepted' ? event.run : null,
  workflowId: event.workflowId,
  attempts: event.attempts,
  createdAt: moment(event.createdAt),
  decidedAt: event.decidedAt && moment(event.decidedAt),
  dueAt: event.status === 'pending' ? moment(event.dueAt) : null,
  repeats: event.repeats,
  firedBy: event.firedBy,
});

/** What became of it: its run, or why there is none. */
function consequence({ status, reason, run, attempts }: EventRow): string {
  if (status === 'accepted') return `run ${shortId(run)}`;
  if (status === 'pending' && attempts > 1) return `tried ${attempts} times${reason ? `: ${reason}` : ''}`;
  return reason ?? '-';
}

/** What `haloflow events list` does. */
export async function listed(options: EventsOptions): Promise<Outcome> {
  const { trigger, status, org, limit = DEFAULT_LIMIT, before } = options;
  return await withStore(async (store) => {
    if (trigger !== undefined) await checkTriggerName(store, trigger);
    if (org !== undefined) await checkOrganizationName(store, org);
    const found = await listEvents(store, { trigger, status, organization: org, before, limit: limit + 1 });
    const page = pageOf(found, limit);
    const drawn = table(
      ['id', 'time', 'trigger', 'key', 'organization', 'status', ''],
      page.rows.map((event) => [
        event.id,
        moment(event.createdAt),
        event.trigger,
        event.key,
        event.organization ?? '-',
        event.status,
        consequence(event),
      ]),
    );
    return {
      ok: true,
      json: { ok: true, events: page.rows.map(eventDocument), more: page.more },
      text: withMore(drawn, page, {
        nothing: 'No events.',
        next: `--before ${page.rows.at(-1)?.id} shows older ones`,
      }),
    };
  });
}
