import { count, eq } from 'drizzle-orm';
import { apiAddress } from '../../home/apiAddress.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Configuration } from '../../organizations/types.ts';
import { events } from '../../store/schema/events.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import { organizationsIn } from '../../triggers/dispatch/runFor.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { CronParameters, EventStatus, RunFor, Trigger } from '../../triggers/types.ts';
import { facts, pretty } from '../facts.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { moment, relative, span } from '../when.ts';
import { feedDocument, feedsOfTrigger, readFeeds } from './feeds.ts';
import type { FeedDocument } from './feeds.ts';
import { findTrigger } from './find.ts';
import { nextTimes } from './nextTimes.ts';

export interface ShowOptions {
  /** The URL of a webhook trigger, which holds its secret. */
  readonly url?: boolean;
}

type EventCounts = Readonly<Record<EventStatus, number>>;

async function eventCounts(store: Store, trigger: string): Promise<EventCounts> {
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

async function urlOf(store: Store, { id, sealedSecret }: Trigger): Promise<string | null> {
  if (sealedSecret === null) return null;
  const { publicUrl } = await apiAddress();
  return `${publicUrl}/webhooks/${id}/${await unseal(store.key, sealedSecret)}`;
}

async function read(store: Store, id: string, options: ShowOptions, now: Date) {
  const trigger = await findTrigger(store, id);
  const [configuration, feeds, counts] = await Promise.all([
    readConfiguration(store),
    readFeeds(store),
    eventCounts(store, id),
  ]);
  const runs = organizationsIn(configuration, trigger);
  const { source } = triggerTypes[trigger.type];
  return {
    id: trigger.id,
    type: trigger.type,
    organization: trigger.organization,
    connection: connectionOf(configuration, trigger),
    workflow: trigger.workflow,
    runAs: trigger.runAs,
    runFor: trigger.runFor,
    runsFor: runs.map(({ slug, enabled }) => ({ organization: slug, enabled })),
    overrides: trigger.overrides,
    criteria: trigger.criteria,
    parameters: trigger.parameters,
    variables: trigger.variables,
    enabled: trigger.enabled,
    enabledAt: moment(trigger.enabledAt),
    feeds: feedsOfTrigger(configuration, trigger, feeds).map((feed) => feedDocument(feed, trigger, now)),
    nextTimes:
      source === 'schedule' && trigger.enabled
        ? nextTimes(trigger.parameters as unknown as CronParameters, now).map(moment)
        : [],
    url: options.url ? await urlOf(store, trigger) : null,
    events: counts,
  };
}

type Shown = Awaited<ReturnType<typeof read>>;

function chosen({ owner, organizations, tags, allClients }: RunFor): string {
  const parts = [
    ...(owner ? ['owner'] : []),
    ...(allClients ? ['all clients'] : []),
    ...organizations,
    ...tags.map((tag) => `tag ${tag}`),
  ];
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}

function feedFacts(feed: FeedDocument, now: Date): string {
  const when = (text: string | null): string =>
    text === null ? '-' : `${text} (${relative(new Date(text), now)})`;
  return facts([
    [`feed ${feed.kind}`, `${feed.state}, on ${feed.connection ?? 'no connection'}`],
    ['interval', feed.everySeconds === null ? '-' : `${feed.everySeconds} s`],
    ['last poll', when(feed.lastPoll)],
    ...(feed.errors > 0 ? [['last good poll', when(feed.lastSuccess)] as const] : []),
    ['next poll', when(feed.nextPoll)],
    ['cursor', feed.cursor ?? '-'],
    ['lag', feed.lagSeconds === null ? '-' : `${span(feed.lagSeconds * 1_000)} (newest: ${feed.newestAt})`],
    ['errors in a row', feed.error === null ? feed.errors : `${feed.errors}: ${feed.error}`],
  ]);
}

function render(trigger: Shown, now: Date): string {
  const { accepted, filtered, failed, pending } = trigger.events;
  const runsFor = trigger.runsFor.map(({ organization, enabled }) =>
    enabled ? organization : `${organization} (disabled)`,
  );
  const main = facts([
    ['trigger', trigger.id],
    ['type', `${trigger.type}: ${triggerTypes[trigger.type].title}`],
    ['owner', trigger.organization],
    ['connection', trigger.connection ?? '-'],
    ['workflow', trigger.workflow],
    ['enabled', trigger.enabled ? `yes, since ${trigger.enabledAt}` : 'no'],
    ['run as', trigger.runAs],
    ['run for', `${chosen(trigger.runFor)}; now: ${runsFor.join(', ') || 'nobody'}`],
    ['overrides', pretty(trigger.overrides)],
    ['criteria', trigger.criteria === null ? 'none' : pretty(trigger.criteria)],
    ['parameters', pretty(trigger.parameters)],
    ['variables', pretty(trigger.variables)],
    ...(trigger.nextTimes.length > 0 ? [['next times', trigger.nextTimes.join('\n')] as const] : []),
    ...(trigger.type === 'webhook'
      ? [['url', trigger.url ?? 'add --url to see it: it holds the secret'] as const]
      : []),
    ['events', `${accepted} accepted, ${filtered} filtered, ${failed} failed, ${pending} pending`],
  ]);
  return [main, ...trigger.feeds.map((feed) => feedFacts(feed, now))].join('\n\n');
}

/** What `haloflow triggers show` does. */
export async function shown(id: string, options: ShowOptions): Promise<Outcome> {
  return await withStore(async (store) => {
    const now = new Date();
    const trigger = await read(store, id, options, now);
    return { ok: true, json: { ok: true, trigger }, text: render(trigger, now) };
  });
}
