/** Triggers as the documents that the API and `--json` show: what is known without asking Halo or Temporal. */
import { and, asc, count, eq, gt, sql } from 'drizzle-orm';
import { moment } from '../../moments.ts';
import type { Configuration } from '../../organizations/types.ts';
import { events } from '../../store/schema/events.ts';
import { haloWebhooks, triggers } from '../../store/schema/triggers.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { subtree } from '../../store/subtree.ts';
import type { Reach } from '../../store/subtree.ts';
import { triggerTypes } from '../catalogue/index.ts';
import { organizationsIn } from '../../organizations/runFor.ts';
import { connectionOf, triggerColumns } from '../registry.ts';
import type { CronParameters, EventStatus, Trigger } from '../types.ts';
import { haloWebhookUrl, webhookUrl } from '../webhooks/urls.ts';
import { haloCaller, refusalsOf } from '../webhooks/refusals.ts';
import type { RefusalDocument } from '../webhooks/refusals.ts';
import { feedDocument, feedsOfTrigger } from './feeds.ts';
import type { FeedDocument } from './feeds.ts';
import { nextTimes } from './nextTimes.ts';

export interface ListedTrigger extends Pick<
  Trigger,
  'id' | 'type' | 'organization' | 'workflow' | 'enabled'
> {
  readonly lastEvent: { readonly id: number; readonly at: string; readonly status: EventStatus } | null;
  readonly feeds: readonly Pick<FeedDocument, 'connection' | 'kind' | 'state'>[];
}

/** Halo's own webhook on the connection of a trigger that listens to it. */
export interface HaloWebhookDocument {
  readonly webhook: string | null;
  readonly events: readonly number[];
  readonly checkedAt: string | null;
  readonly receivedAt: string | null;
  readonly repairs: number;
  readonly error: string | null;
}

export interface TriggerDocument extends Omit<Trigger, 'enabledAt' | 'sealedSecret'> {
  /** When it was created or last enabled. */
  readonly enabledAt: string;
  /** Whether calls may use it; disabled, what Halo says of it waits. Null without one. */
  readonly connectionEnabled: boolean | null;
  /** Those that it runs for as the tree and the tags are now, disabled ones too. */
  readonly runsFor: readonly { readonly organization: string; readonly enabled: boolean }[];
  readonly feeds: readonly FeedDocument[];
  /** Of a schedule. */
  readonly nextTimes: readonly string[];
  /** Null where it does not listen to it. */
  readonly haloWebhook: HaloWebhookDocument | null;
  /** Its own or that of Halo's webhook, when it was asked for; it holds the secret. */
  readonly url: string | null;
  readonly events: Readonly<Record<EventStatus, number>>;
  /** Refused deliveries to that URL with the right secret, the newest kind first. */
  readonly refused: readonly RefusalDocument[];
}

/** Triggers in the order of their ids. */
export async function listTriggers(
  store: Pick<Store, 'db'>,
  query: {
    /** Whose triggers may be seen, by owner; default: everybody's. */
    readonly reach?: Reach | undefined;
    /** This owner and those below it. */
    readonly organization?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Trigger[]> {
  const { reach, organization, after, limit } = query;
  const rows = await store.db
    .select(triggerColumns)
    .from(triggers)
    .where(
      and(
        reach?.(triggers.organization),
        organization === undefined ? undefined : sql`${triggers.organization} in (${subtree(organization)})`,
        after === undefined ? undefined : gt(triggers.id, after),
      ),
    )
    .orderBy(asc(triggers.id))
    .limit(limit);
  // Only configuration/ writes these rows, in the shapes of types.ts.
  return rows as unknown as Trigger[];
}

/** The trigger with this id; null: there is none whose owner may be seen. */
export async function findTrigger(
  store: Pick<Store, 'db'>,
  id: string,
  reach: Reach | undefined,
): Promise<Trigger | null> {
  const [row] = await store.db
    .select(triggerColumns)
    .from(triggers)
    .where(and(eq(triggers.id, id), reach?.(triggers.organization)));
  return (row as unknown as Trigger | undefined) ?? null;
}

/** Each with its last event and how its feeds are doing. */
export async function listedTriggers(
  store: Store,
  configuration: Configuration,
  listed: readonly Trigger[],
): Promise<ListedTrigger[]> {
  const last = await lastEvents(
    store,
    listed.map(({ id }) => id),
  );
  return await Promise.all(
    listed.map(async (trigger) => ({
      id: trigger.id,
      type: trigger.type,
      organization: trigger.organization,
      workflow: trigger.workflow,
      enabled: trigger.enabled,
      feeds: (await feedsOfTrigger(store, configuration, trigger)).map(({ connection, kind, health }) => ({
        connection,
        kind,
        state: health,
      })),
      lastEvent: last.get(trigger.id) ?? null,
    })),
  );
}

/** One index look-up per trigger: there may be millions of events. */
async function lastEvents(
  { pool }: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<ListedTrigger['lastEvent']>>> {
  const { rows } = await pool.query<{ trigger: string; id: string; at: Date; status: EventStatus }>(
    `select t.id as trigger, e.id, e.created_at as at, e.status from unnest($1::text[]) as t(id) cross join lateral
      (select id, created_at, status from events where trigger = t.id order by id desc limit 1) e`,
    [ids],
  );
  return new Map(
    rows.map(({ trigger, id, at, status }) => [trigger, { id: Number(id), at: moment(at), status }]),
  );
}

/** Everything of one; with `publicUrl`, what URLs start with, its secret URL too. */
export async function triggerDocument(
  store: Store,
  configuration: Configuration,
  trigger: Trigger,
  { publicUrl }: { readonly publicUrl: string | undefined },
): Promise<TriggerDocument> {
  const connection = connectionOf(configuration, trigger);
  const haloWebhook = await haloWebhookOf(store, trigger, connection);
  const isScheduled = triggerTypes[trigger.type].source === 'schedule' && trigger.enabled;
  const times = isScheduled ? nextTimes(trigger.parameters as unknown as CronParameters, new Date()) : [];
  const { enabledAt, sealedSecret: _, ...row } = trigger;
  return {
    ...row,
    connection,
    connectionEnabled: configuration.connections.find(({ id }) => id === connection)?.enabled ?? null,
    url: publicUrl === undefined ? null : await urlOf(store, { trigger, haloWebhook, publicUrl }),
    events: await eventCounts(store, trigger.id),
    enabledAt: moment(enabledAt),
    runsFor: organizationsIn(configuration, trigger).map(({ slug, enabled }) => ({
      organization: slug,
      enabled,
    })),
    feeds: (await feedsOfTrigger(store, configuration, trigger)).map(feedDocument),
    haloWebhook: haloWebhook && haloWebhookDocument(haloWebhook),
    nextTimes: times.map(moment),
    refused: await refusalsOf(store, haloWebhook ? haloCaller(haloWebhook.connection) : trigger.id),
  };
}

/** A webhook as its row has it; null columns before `haloflow start` has looked after it. */
type HaloWebhookRow = typeof haloWebhooks.$inferSelect;

/** Null for a trigger that hears nothing of Halo's webhook, and before `haloflow start` has made a row. */
async function haloWebhookOf(
  store: Store,
  { type, parameters }: Trigger,
  connection: string | null,
): Promise<HaloWebhookRow | null> {
  if (connection === null || (type !== 'halo-event' && parameters['webhook'] !== true)) return null;
  const [row] = await store.db.select().from(haloWebhooks).where(eq(haloWebhooks.connection, connection));
  return row ?? null;
}

function haloWebhookDocument(row: HaloWebhookRow): HaloWebhookDocument {
  const { webhook, events: bound, checkedAt, receivedAt, repairs, error } = row;
  return {
    webhook,
    events: bound,
    checkedAt: checkedAt && moment(checkedAt),
    receivedAt: receivedAt && moment(receivedAt),
    repairs,
    error,
  };
}

async function urlOf(
  store: Store,
  parts: {
    readonly trigger: Trigger;
    readonly haloWebhook: HaloWebhookRow | null;
    readonly publicUrl: string;
  },
): Promise<string | null> {
  const { trigger, haloWebhook, publicUrl } = parts;
  if (haloWebhook !== null) {
    const secret = await unseal(store.key, haloWebhook.sealedSecret);
    return haloWebhookUrl(publicUrl, haloWebhook.connection, secret);
  }
  if (trigger.sealedSecret === null) return null;
  return webhookUrl(publicUrl, trigger.id, await unseal(store.key, trigger.sealedSecret));
}

async function eventCounts(store: Store, trigger: string): Promise<TriggerDocument['events']> {
  const rows = await store.db
    .select({ status: events.status, count: count() })
    .from(events)
    .where(eq(events.trigger, trigger))
    .groupBy(events.status);
  const of = (status: EventStatus): number => rows.find((row) => row.status === status)?.count ?? 0;
  return {
    accepted: of('accepted'),
    filtered: of('filtered'),
    failed: of('failed'),
    pending: of('pending'),
  };
}
