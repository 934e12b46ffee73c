/** What a change of connections, mappings and parents means for what is there: which runs lose their credentials. */
import { isDeepStrictEqual } from 'node:util';
import { organizationsIn } from '../../organizations/runFor.ts';
import { explain, findConnection } from '../../organizations/resolve.ts';
import { descendants, findOrganization, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration, Organization } from '../../organizations/types.ts';
import type { Trigger } from '../../triggers/types.ts';
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import { effectsOf } from './effects.ts';
import type { NewHosts } from './effects.ts';
import type { DesiredTrigger } from './rows.ts';

/** All that is configured at one time. */
export interface State extends Configuration {
  readonly triggers: readonly (DesiredTrigger | Trigger)[];
}

export interface Consequences {
  /** What would break; nothing is written then. */
  readonly problems: readonly Problem[];
  /** What else people should know before they apply it. */
  readonly effects: readonly string[];
}

/** So many lines about one trigger say enough. */
const SHOWN = 10;
/** Where the owner itself is touched everybody below may be: that many are looked at. */
const LOOKED_AT = 500;

/**
 * The consequences of the change from `before` to `after`. `content` gives the places of problems in the file.
 */
export function consequencesOf(
  content: FileContent,
  before: State,
  after: State,
  hosts: NewHosts = {},
): Consequences {
  const touched = touchedBy(before, after);
  const effects = effectsOf(before, after, hosts);
  const enabled = after.triggers
    .filter((trigger) => trigger.enabled)
    .map((trigger) => ({
      trigger,
      old: before.triggers.find((old) => old.id === trigger.id && old.enabled),
    }));
  const seen = enabled.flatMap(({ trigger, old }) =>
    old ? [{ trigger, ...differences({ before, after, old, trigger, touched }) }] : [],
  );
  return {
    problems: seen.flatMap(({ trigger, lost }) =>
      lost.length === 0
        ? []
        : [
            {
              place: content.placeOf(`triggers.${trigger.id}`),
              message:
                `triggers.${trigger.id}: its runs would have no credentials any more for ${few(lost)}. Keep what they use, ` +
                'let the trigger use another connection, take them out of runFor, or disable them',
            },
          ],
    ),
    effects: [
      ...effects,
      ...seen.flatMap(({ trigger, others }) =>
        others.length === 0 ? [] : [`trigger ${trigger.id}: other credentials for ${few(others)}`],
      ),
      ...enabled.flatMap(({ trigger, old }) => (old ? [] : bareOf(after, trigger))),
    ],
  };
}

const few = (all: readonly string[]): string =>
  all.length > SHOWN ? `${all.slice(0, SHOWN).join('; ')}; and ${all.length - SHOWN} more` : all.join('; ');

/** For whom a trigger that starts now finds nothing to call Halo with, where there is a Halo to call at all. */
function bareOf(after: State, trigger: DesiredTrigger | Trigger): string[] {
  const hasHalo = after.connections.some((one) => isAtOrBelow(after, one.organization, trigger.organization));
  if (!hasHalo) return [];
  const bare = runningOf(after, trigger)
    .filter(({ enabled }) => enabled)
    .slice(0, LOOKED_AT)
    .filter(({ slug }) => connectionFor(after, trigger, slug).id === null)
    .map(({ slug }) => slug);
  if (bare.length === 0) return [];
  return [
    `trigger ${trigger.id}: no credentials for ${few(bare)}: calls to Halo of its runs for these fail. ` +
      'Connect them, or give the trigger an override, such as "use: mapping" with mappings of them',
  ];
}

/** The organizations whose credentials may be others. */
function touchedBy(before: State, after: State): ReadonlySet<string> {
  const touched = new Set<string>();
  const moved = after.organizations.filter(({ slug, parent }) => {
    const old = findOrganization(before, slug);
    return old && old.parent !== parent;
  });
  for (const { slug } of moved) {
    for (const one of [slug, ...descendants(after, slug).map((below) => below.slug)]) touched.add(one);
  }
  for (const old of before.connections) {
    const now = after.connections.find(({ id }) => id === old.id);
    if (now && now.organization === old.organization && now.isDefault === old.isDefault) continue;
    for (const one of [old.organization, now?.organization ?? old.organization]) touched.add(one);
    for (const { connection, organization } of before.mappings)
      if (connection === old.id) touched.add(organization);
  }
  const mappingsOf = (state: State): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const { organization, connection, use } of state.mappings) {
      found.set(organization, [...(found.get(organization) ?? []), `${connection} ${use}`]);
    }
    return found;
  };
  const [old, now] = [mappingsOf(before), mappingsOf(after)];
  for (const slug of new Set([...old.keys(), ...now.keys()])) {
    if (!isDeepStrictEqual(old.get(slug)?.toSorted(), now.get(slug)?.toSorted())) touched.add(slug);
  }
  return touched;
}

interface Looking {
  readonly before: State;
  readonly after: State;
  readonly old: DesiredTrigger | Trigger;
  readonly trigger: DesiredTrigger | Trigger;
  readonly touched: ReadonlySet<string>;
}

/** For whom a trigger had credentials and has none, or has others. */
function differences({ before, after, old, trigger, touched }: Looking): {
  readonly lost: readonly string[];
  readonly others: readonly string[];
} {
  const ownersToo = touched.has(trigger.organization) || touched.has(old.organization);
  const isOther = !isDeepStrictEqual(whoseOf(old), whoseOf(trigger));
  if (touched.size === 0 && !isOther) return { lost: [], others: [] };
  const all = runningOf(after, trigger);
  const looked = ownersToo || isOther ? all.slice(0, LOOKED_AT) : all.filter(({ slug }) => touched.has(slug));
  const lost: string[] = [];
  const others: string[] = [];
  for (const { slug, enabled } of looked) {
    const was = connectionFor(before, old, slug);
    if (!enabled) continue;
    const is = connectionFor(after, trigger, slug);
    if (was.id === null) {
      // It comes under this trigger by moving.
      const isNew = findOrganization(before, slug) && !isAtOrBelow(before, slug, old.organization);
      if (isNew && is.id === null) others.push(`${slug} (none: ${is.error})`);
    } else if (is.id === null && !ownersToo && !touched.has(slug)) {
      // What somebody says of the trigger itself is their will.
      others.push(`${slug} (${was.id} -> none: ${is.error})`);
    } else if (is.id === null) lost.push(`${slug} (now ${was.id}; then: ${is.error})`);
    else if (is.id !== was.id) others.push(`${slug} (${was.id} -> ${is.id})`);
  }
  return { lost, others };
}

/** What of a trigger decides whose credentials its runs find. */
const whoseOf = ({ organization, runAs, overrides }: DesiredTrigger | Trigger) => ({
  organization,
  runAs,
  override: overrides.halo ?? null,
});

function connectionFor(
  state: State,
  { organization: owner, overrides }: Pick<Trigger, 'organization' | 'overrides'>,
  organization: string,
): { readonly id: string | null; readonly error: string | null } {
  const request = { organization, owner, triggerOverride: overrides.halo };
  // One that is disabled is not lost: it is there again when it is enabled.
  const found = findConnection(state, request);
  return found ? { id: found.id, error: null } : { id: null, error: explain(state, request).error };
}

function runningOf(
  state: State,
  { organization, runAs, runFor }: Pick<Trigger, 'organization' | 'runAs' | 'runFor'>,
): readonly Organization[] {
  const owner = findOrganization(state, organization);
  if (!owner) return [];
  return runAs === 'owner' ? [owner] : organizationsIn(state, { organization, runFor });
}
