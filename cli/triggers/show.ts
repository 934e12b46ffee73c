import { ConfigurationError } from '../../errors.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import type { HaloWebhookDocument, TriggerDocument } from '../../triggers/show/triggers.ts';
import type { RefusalDocument } from '../../triggers/webhooks/refusals.ts';
import type { RunFor } from '../../triggers/types.ts';
import { hasUrl } from '../../triggers/webhooks/urls.ts';
import { withApi } from '../api.ts';
import { facts, pretty } from '../facts.ts';
import type { Outcome } from '../outcome.ts';
import { feedPage } from './feedPage.ts';

export interface ShowOptions {
  /** The URL that others or Halo call, which holds its secret. */
  readonly url?: boolean;
}

/** What `haloflow triggers show` does. */
export async function shown(id: string, { url }: ShowOptions): Promise<Outcome> {
  const { trigger } = await withApi((api) =>
    api.call<{ trigger: TriggerDocument }>({ path: `/triggers/${encodeURIComponent(id)}`, query: { url } }),
  );
  const json = { ok: true, trigger };
  if (!url) return { ok: true, json, text: page(trigger, new Date()) };
  if (trigger.url !== undefined && trigger.url !== null) return { ok: true, json, text: trigger.url };
  throw new ConfigurationError(
    triggerTypes[trigger.type].source === 'halo'
      ? `trigger ${id} has no URL yet: Halo's webhook is set up while haloflow start runs`
      : `trigger ${id} has no URL: ${trigger.type} triggers are not called`,
  );
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

function connectionText({ connection, connectionEnabled }: TriggerDocument): string {
  if (connection === null) return '-';
  return connectionEnabled === false
    ? `${connection} (paused: calls on it fail, what Halo says waits; \`haloflow connections enable ${connection}\`)`
    : connection;
}

function haloWebhookText({ webhook, checkedAt, receivedAt, repairs, error }: HaloWebhookDocument): string {
  const state = webhook === null ? 'there is none in Halo' : `set up in Halo, repaired ${repairs} times`;
  const looked = `last look ${checkedAt ?? '-'}, last delivery ${receivedAt ?? '-'}`;
  return [state, looked, ...(error === null ? [] : [error])].join('\n');
}

function refusalText({ status, reason, count, lastAt }: RefusalDocument): string {
  return `${status}, ${count === 1 ? 'once' : `${count} times`}, last ${lastAt}: ${reason}`;
}

function page(trigger: TriggerDocument, now: Date): string {
  const { feeds, events, nextTimes, haloWebhook, url, refused } = trigger;
  const runsFor = trigger.runsFor.map(({ organization, enabled }) =>
    enabled ? organization : `${organization} (disabled)`,
  );
  const main = facts([
    ['trigger', trigger.id],
    ['type', `${trigger.type}: ${triggerTypes[trigger.type].title}`],
    ['owner', trigger.organization],
    ['connection', connectionText(trigger)],
    ['workflow', trigger.workflow],
    ['enabled', trigger.enabled ? `yes, since ${trigger.enabledAt}` : 'no'],
    ['run as', trigger.runAs],
    ['run for', `${chosen(trigger.runFor)}; now: ${runsFor.join(', ') || 'nobody'}`],
    ['overrides', pretty(trigger.overrides)],
    ['criteria', trigger.criteria === null ? 'none' : pretty(trigger.criteria)],
    ['parameters', pretty(trigger.parameters)],
    ['variables', pretty(trigger.variables)],
    ...(nextTimes.length > 0 ? [['next times', nextTimes.join('\n')] as const] : []),
    ...(haloWebhook ? [['halo webhook', haloWebhookText(haloWebhook)] as const] : []),
    ...(hasUrl(trigger.type) || haloWebhook
      ? [['url', url ?? 'add --url to see it: it holds the secret'] as const]
      : []),
    [
      'events',
      `${events.accepted} accepted, ${events.filtered} filtered, ${events.failed} failed, ${events.pending} pending`,
    ],
    ...(refused.length > 0 ? [['refused', refused.map(refusalText).join('\n')] as const] : []),
  ]);
  return [main, ...feeds.map((feed) => feedPage(feed, now))].join('\n\n');
}
