/** Everything of one trigger that is known without asking Halo or Temporal. */
import { count, eq } from 'drizzle-orm';
import { apiAddress } from '../../home/apiAddress.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Organization } from '../../organizations/types.ts';
import { events } from '../../store/schema/events.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import { organizationsIn } from '../../triggers/dispatch/runFor.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { CronParameters, EventStatus, Trigger } from '../../triggers/types.ts';
import { webhookUrl } from '../../triggers/webhooks/urls.ts';
import { feedsOfTrigger } from './feeds.ts';
import type { TriggerFeed } from './feeds.ts';
import { findTrigger } from './find.ts';
import { haloUrlOf, haloWebhookOf } from './haloWebhook.ts';
import type { HaloWebhookRow } from './haloWebhook.ts';
import { nextTimes } from './nextTimes.ts';

export interface ReadTrigger {
  readonly trigger: Trigger;
  readonly connection: string | null;
  /** Those that it runs for as the tree and the tags are now, disabled ones too. */
  readonly runsFor: readonly Organization[];
  readonly feeds: readonly TriggerFeed[];
  /** Of a schedule. */
  readonly nextTimes: readonly Date[];
  /** Of Halo's webhook, where the trigger listens to it. */
  readonly haloWebhook: HaloWebhookRow | null;
  /** Its own or that of Halo's webhook, when it was asked for; it holds the secret. */
  readonly url: string | null;
  readonly events: Readonly<Record<EventStatus, number>>;
}

/** Throws ConfigurationError for a trigger that there is not. */
export async function readTrigger(
  store: Store,
  id: string,
  { url: wantsUrl = false }: { readonly url?: boolean },
): Promise<ReadTrigger> {
  const trigger = await findTrigger(store, id);
  const configuration = await readConfiguration(store);
  const connection = connectionOf(configuration, trigger);
  const haloWebhook = await haloWebhookOf(store, trigger, connection);
  const isScheduled = triggerTypes[trigger.type].source === 'schedule' && trigger.enabled;
  return {
    trigger,
    connection,
    runsFor: organizationsIn(configuration, trigger),
    feeds: await feedsOfTrigger(store, configuration, trigger),
    nextTimes: isScheduled ? nextTimes(trigger.parameters as unknown as CronParameters, new Date()) : [],
    haloWebhook,
    url: wantsUrl ? await urlOf(store, trigger, haloWebhook) : null,
    events: await eventCounts(store, id),
  };
}

async function urlOf(
  store: Store,
  { id, sealedSecret }: Trigger,
  haloWebhook: HaloWebhookRow | null,
): Promise<string | null> {
  if (haloWebhook !== null) return await haloUrlOf(store, haloWebhook);
  if (sealedSecret === null) return null;
  const { publicUrl } = await apiAddress();
  return webhookUrl(publicUrl, id, await unseal(store.key, sealedSecret));
}

async function eventCounts(store: Store, trigger: string): Promise<ReadTrigger['events']> {
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
