import { triggerTypes } from '../../triggers/catalogue/index.ts';
import type { RunFor } from '../../triggers/types.ts';
import { hasUrl } from '../../triggers/webhooks/urls.ts';
import { facts, pretty } from '../facts.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { moment } from '../when.ts';
import { feedDocument, feedPage } from './feedPage.ts';
import { haloWebhookDocument, haloWebhookText } from './haloWebhook.ts';
import { readTrigger } from './read.ts';
import type { ReadTrigger } from './read.ts';

export interface ShowOptions {
  /** The URL that others or Halo call, which holds its secret. */
  readonly url?: boolean;
}

/** What `haloflow triggers show` does. */
export async function shown(id: string, options: ShowOptions): Promise<Outcome> {
  return await withStore(async (store) => {
    const read = await readTrigger(store, id, options);
    return { ok: true, json: { ok: true, trigger: document(read) }, text: page(read, new Date()) };
  });
}

function document({ trigger, runsFor, feeds, nextTimes, haloWebhook, ...rest }: ReadTrigger): object {
  const { enabledAt, sealedSecret: _, ...row } = trigger;
  return {
    ...row,
    ...rest,
    enabledAt: moment(enabledAt),
    runsFor: runsFor.map(({ slug, enabled }) => ({ organization: slug, enabled })),
    feeds: feeds.map(feedDocument),
    haloWebhook: haloWebhookDocument(haloWebhook),
    nextTimes: nextTimes.map(moment),
  };
}

function chosen({ owner, organizations, tags, allClients }: RunFor): string {
  const parts = [
    ...(owner ? ['owner'] : []),
    ...(allClients ? ['all clients'] : []),
    ...organizations,
    ...tags.map((tag) => `tag ${tag}`),
  ];
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}

function page({ trigger, connection, feeds, events, ...read }: ReadTrigger, now: Date): string {
  const runsFor = read.runsFor.map(({ slug, enabled }) => (enabled ? slug : `${slug} (disabled)`));
  const main = facts([
    ['trigger', trigger.id],
    ['type', `${trigger.type}: ${triggerTypes[trigger.type].title}`],
    ['owner', trigger.organization],
    ['connection', connection ?? '-'],
    ['workflow', trigger.workflow],
    ['enabled', trigger.enabled ? `yes, since ${moment(trigger.enabledAt)}` : 'no'],
    ['run as', trigger.runAs],
    ['run for', `${chosen(trigger.runFor)}; now: ${runsFor.join(', ') || 'nobody'}`],
    ['overrides', pretty(trigger.overrides)],
    ['criteria', trigger.criteria === null ? 'none' : pretty(trigger.criteria)],
    ['parameters', pretty(trigger.parameters)],
    ['variables', pretty(trigger.variables)],
    ...(read.nextTimes.length > 0 ? [['next times', read.nextTimes.map(moment).join('\n')] as const] : []),
    ...(read.haloWebhook ? [['halo webhook', haloWebhookText(read.haloWebhook)] as const] : []),
    ...(hasUrl(trigger.type) || read.haloWebhook
      ? [['url', read.url ?? 'add --url to see it: it holds the secret'] as const]
      : []),
    [
      'events',
      `${events.accepted} accepted, ${events.filtered} filtered, ${events.failed} failed, ${events.pending} pending`,
    ],
  ]);
  return [main, ...feeds.map((feed) => feedPage(feed, now))].join('\n\n');
}
