/** What would happen to one occurrence for one trigger: pure, and the same for `triggers test` as for a dispatch. */
import { findOrganization, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import { evaluateCriteria } from '../criteria/evaluate.ts';
import type { CriteriaOutcome } from '../criteria/evaluate.ts';
import type { EventRow, Trigger } from '../types.ts';
import { holds, organizationsIn } from '../../organizations/runFor.ts';
import { clientOf, isAboutAClient } from './subject.ts';

/** Something that a trigger looks at. */
export interface Occurrence {
  /** Once per trigger: `tickets/4711`. */
  readonly key: string;
  /** Where its record came from; null for what comes from no Halo. */
  readonly connection: string | null;
  /** Named by whoever made the event: then it runs for that one, or not at all. */
  readonly organization: string | null;
  /** What the workflow would get as `event`, without `organization`. */
  readonly event: unknown;
  /** Whether haloflow made the record, or the change, itself. */
  readonly own: boolean;
}

export interface Verdict {
  readonly status: Exclude<EventRow['status'], 'pending'>;
  /** In words; null when it is accepted, unless a catch-all organization stands for its client. */
  readonly reason: string | null;
  /** The organization that it is about; null where that is none, or not one. */
  readonly about: string | null;
  /** For whom the run works; null when there is none, or one for each of `fanOut`. */
  readonly organization: string | null;
  readonly workflowId: string | null;
  /** For whom else an accepted event runs: it is about nobody, and each organization of run-for has a run of its own. */
  readonly fanOut: readonly string[];
  /** What every predicate found, whatever decided. */
  readonly outcome: CriteriaOutcome;
  /** What the workflow gets as `event`. */
  readonly event: unknown;
}

/** The id of the workflow of a trigger's run. */
export function workflowIdFor(organization: string, trigger: string, key: string): string {
  return `o/${organization}/t/${trigger}/${key}`;
}

type Answer =
  | { readonly organization: string; readonly about: string | null; readonly reason?: string }
  | { readonly fanOut: readonly string[] }
  | { readonly refused: 'filtered' | 'failed'; readonly reason: string; readonly about: string | null };

/** Decides in this order: the trigger is enabled, not our own, organization, run-for, criteria. */
export function decide(configuration: Configuration, trigger: Trigger, occurrence: Occurrence): Verdict {
  const about = mappedTo(configuration, trigger, occurrence);
  const event = withOrganization(trigger, occurrence, about);
  const outcome = evaluateCriteria(trigger.criteria, event);
  const who = whoRuns(configuration, trigger, occurrence, about);
  const common = { outcome, event, organization: null, workflowId: null, fanOut: [] };
  if ('refused' in who) return { ...common, status: who.refused, reason: who.reason, about: who.about };
  const seen = 'about' in who ? who.about : null;
  if (!outcome.passes) {
    return { ...common, status: 'filtered', reason: `criteria: ${outcome.reason}`, about: seen };
  }
  const accepted = { ...common, status: 'accepted' as const, reason: null, about: seen };
  if ('fanOut' in who) return { ...accepted, fanOut: who.fanOut };
  return {
    ...accepted,
    reason: who.reason ?? null,
    organization: who.organization,
    workflowId: workflowIdFor(who.organization, trigger.id, occurrence.key),
  };
}

/** The organization that the event names, or the one mapped to its Halo client; null when there is none. */
function mappedTo(configuration: Configuration, trigger: Trigger, occurrence: Occurrence): string | null {
  if (occurrence.organization !== null) return occurrence.organization;
  if (!isAboutAClient(trigger.type)) return null;
  const client = clientOf(occurrence.event);
  const mapping = configuration.mappings.find(
    (candidate) => candidate.connection === occurrence.connection && candidate.client === client,
  );
  return mapping?.organization ?? null;
}

/** Events say whose they are; what is given by hand is left as it is. */
function withOrganization(trigger: Trigger, { event }: Occurrence, about: string | null): unknown {
  const says = isAboutAClient(trigger.type) || (about !== null && trigger.type !== 'always-pass');
  if (!says || typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  return { ...event, organization: about };
}

function whoRuns(
  configuration: Configuration,
  trigger: Trigger,
  occurrence: Occurrence,
  about: string | null,
): Answer {
  const filtered = (reason: string): Answer => ({ refused: 'filtered', reason, about });
  if (!trigger.enabled) return filtered('trigger disabled');
  if (occurrence.own) return filtered('own write');
  if (isDisabled(configuration, trigger.organization)) {
    return filtered(`organization ${trigger.organization} is disabled`);
  }
  if (about !== null) {
    if (isDisabled(configuration, about)) return filtered(`organization ${about} is disabled`);
    if (!holds(configuration, trigger, about)) return filtered(`run-for: ${about} is not among them`);
    return { organization: trigger.runAs === 'owner' ? trigger.organization : about, about };
  }
  if (isAboutAClient(trigger.type)) return forUnmapped(configuration, trigger, occurrence);
  return forEverybody(configuration, trigger);
}

/** A client that nobody is mapped to is one of "all clients", and nobody that could be chosen otherwise. */
function forUnmapped(
  configuration: Configuration,
  trigger: Trigger,
  { event, connection }: Occurrence,
): Answer {
  const client = clientOf(event);
  const catchAll =
    client === null
      ? null
      : (configuration.connections.find(({ id }) => id === connection)?.catchAll ?? null);
  if (catchAll !== null) return forCatchAll(configuration, trigger, { catchAll, client });
  if (trigger.runAs === 'client') {
    return { refused: 'failed', reason: `unmapped client ${client ?? 'none'}`, about: null };
  }
  if (trigger.runFor.allClients) return { organization: trigger.organization, about: null };
  return {
    refused: 'filtered',
    reason: `run-for: unmapped client ${client ?? 'none'} is not among them`,
    about: null,
  };
}

/** The organization that stands for unmapped clients runs as itself, and as one of "all clients". */
function forCatchAll(
  configuration: Configuration,
  trigger: Trigger,
  { catchAll, client }: { readonly catchAll: string; readonly client: number | null },
): Answer {
  const reason = `catch-all: unmapped client ${client}`;
  const refuse = (why: string): Answer => ({ refused: 'filtered', reason: `${reason}, ${why}`, about: null });
  if (isDisabled(configuration, catchAll)) return refuse(`organization ${catchAll} is disabled`);
  const isAmong =
    holds(configuration, trigger, catchAll) ||
    (trigger.runFor.allClients && isAtOrBelow(configuration, catchAll, trigger.organization));
  if (!isAmong) return refuse(`run-for: ${catchAll} is not among them`);
  return { organization: trigger.runAs === 'owner' ? trigger.organization : catchAll, about: null, reason };
}

/** An event about nobody runs once as the owner, or for each organization of run-for. */
function forEverybody(configuration: Configuration, trigger: Trigger): Answer {
  if (trigger.runAs === 'owner') return { organization: trigger.organization, about: null };
  const all = organizationsIn(configuration, trigger);
  const enabled = all.filter((organization) => organization.enabled).map(({ slug }) => slug);
  const [only] = enabled;
  if (only === undefined) {
    const reason = all[0] ? `organization ${all[0].slug} is disabled` : 'run-for: nobody is among them';
    return { refused: 'filtered', reason, about: null };
  }
  return enabled.length === 1 ? { organization: only, about: null } : { fanOut: enabled };
}

function isDisabled(configuration: Configuration, slug: string): boolean {
  return findOrganization(configuration, slug)?.enabled === false;
}
