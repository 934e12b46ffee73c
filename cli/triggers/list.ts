import { sql } from 'drizzle-orm';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Store } from '../../store/store.ts';
import { readTriggers } from '../../triggers/registry.ts';
import type { EventStatus } from '../../triggers/types.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, pageOf, withMore } from '../paging.ts';
import { table } from '../table.ts';
import { moment, relative } from '../when.ts';
import { feedsOfTrigger } from './feeds.ts';

export interface ListOptions {
  readonly limit?: number;
  readonly after?: string;
}

interface LastEvent {
  readonly id: number;
  readonly at: Date;
  readonly status: EventStatus;
}

/** One index look-up per trigger: there may be millions of events. */
async function lastEvents(store: Store): Promise<ReadonlyMap<string, LastEvent>> {
  const { rows } = await store.db.execute<{ trigger: string; id: string; at: Date; status: EventStatus }>(sql`
    select t.id as trigger, e.id, e.created_at as at, e.status from triggers t cross join lateral
      (select id, created_at, status from events where trigger = t.id order by id desc limit 1) e`);
  return new Map(
    rows.map(({ trigger, id, at, status }) => [trigger, { id: Number(id), at: new Date(at), status }]),
  );
}

/** What `haloflow triggers list` does. */
export async function listed({ limit = DEFAULT_LIMIT, after = '' }: ListOptions): Promise<Outcome> {
  return await withStore(async (store) => {
    const [configuration, triggers, last] = await Promise.all([
      readConfiguration(store),
      readTriggers(store),
      lastEvents(store),
    ]);
    const now = new Date();
    const page = pageOf(
      triggers.filter(({ id }) => id > after),
      limit,
    );
    const shown = await Promise.all(
      page.rows.map(async (trigger) => ({
        id: trigger.id,
        type: trigger.type,
        organization: trigger.organization,
        workflow: trigger.workflow,
        enabled: trigger.enabled,
        lastEvent: last.get(trigger.id) ?? null,
        feeds: (await feedsOfTrigger(store, configuration, trigger)).map(({ connection, kind, health }) => ({
          connection,
          kind,
          state: health,
        })),
      })),
    );
    const drawn = table(
      ['id', 'type', 'owner', 'workflow', 'enabled', 'last event', 'feed'],
      shown.map(({ id, type, organization, workflow, enabled, lastEvent, feeds: own }) => [
        id,
        type,
        organization,
        workflow,
        enabled ? 'yes' : 'no',
        lastEvent === null ? '-' : `${lastEvent.status} ${relative(lastEvent.at, now)}`,
        own.length === 0 ? '-' : own.map(({ kind, state }) => `${kind} ${state}`).join(', '),
      ]),
    );
    const json = shown.map(({ lastEvent, ...rest }) => ({
      ...rest,
      lastEvent: lastEvent && { ...lastEvent, at: moment(lastEvent.at) },
    }));
    return {
      ok: true,
      json: { ok: true, triggers: json, more: page.more },
      text: withMore(drawn, page, {
        nothing: 'There are no triggers: write some into haloflow.yaml (docs/triggers.md) and apply it.',
        next: `--after ${page.rows.at(-1)?.id}, or a larger --limit`,
      }),
    };
  });
}
