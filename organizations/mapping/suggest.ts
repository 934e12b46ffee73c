/**
 * Which organization each Halo client may be: pure. Every pair is not looked at: an index finds those that share a name,
 * a domain, an id, or enough of their letters.
 */
import { profileOfClient, profileOfOrganization, scoreOf } from './score.ts';
import type { Candidate, Client, Profile, Score } from './score.ts';

export interface Suggestion extends Score {
  readonly client: Client;
  readonly organization: Candidate;
}

/** Organizations whose letters are most like a client's that are looked at. */
const NEAREST = 12;
/** A domain or an id that more of one side have tells nothing: a group of companies, or a default. */
const MOST_HOLDERS = 5;
/** Of parts of names that more organizations have, only so many are looked at; for longer names none. */
const COMMON = 400;
const SHORT = 4;

/** Best first; each client and each organization may be in several. */
export function suggest(clients: readonly Client[], organizations: readonly Candidate[]): Suggestion[] {
  const left = telling(clients.map((client) => ({ client, profile: profileOfClient(client) })));
  const right = telling(
    organizations.map((organization) => ({ organization, profile: profileOfOrganization(organization) })),
  );
  const index = indexOf(right.map(({ profile }) => profile));
  const found = left.flatMap(({ client, profile }) =>
    index(profile).flatMap((position) => {
      const other = right[position];
      const score = other ? scoreOf(profile, other.profile) : null;
      return other && score ? [{ client, organization: other.organization, ...score }] : [];
    }),
  );
  return found.sort(byWeight);
}

function byWeight(a: Suggestion, b: Suggestion): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.client.name !== b.client.name) return a.client.name < b.client.name ? -1 : 1;
  if (a.client.id !== b.client.id) return a.client.id - b.client.id;
  return a.organization.slug < b.organization.slug ? -1 : 1;
}

/** Takes away domains and ids that too many of this side have. */
function telling<Side extends { readonly profile: Profile }>(sides: readonly Side[]): readonly Side[] {
  const holders = new Map<string, number>();
  const count = (key: string): void => void holders.set(key, (holders.get(key) ?? 0) + 1);
  for (const { profile } of sides) {
    new Set(Object.values(profile.domains)).forEach((domain) => domain !== null && count(`@${domain}`));
    profile.externalIds.forEach((id) => count(`#${id}`));
  }
  const tells = (key: string): boolean => (holders.get(key) ?? 0) <= MOST_HOLDERS;
  const kept = (domain: string | null): string | null =>
    domain !== null && tells(`@${domain}`) ? domain : null;
  return sides.map((side) => ({
    ...side,
    profile: {
      ...side.profile,
      domains: { mail: kept(side.profile.domains.mail), web: kept(side.profile.domains.web) },
      externalIds: new Set([...side.profile.externalIds].filter((id) => tells(`#${id}`))),
    },
  }));
}

/** Finds the positions of those that are worth comparing with a profile. */
function indexOf(profiles: readonly Profile[]): (profile: Profile) => readonly number[] {
  const holders = new Map<string, number[]>();
  const grams = profiles.map(({ name }) => gramsOf(name.core));
  profiles.forEach((profile, position) => {
    for (const key of [...keysOf(profile), ...(grams[position] ?? [])]) {
      const held = holders.get(key);
      if (held) held.push(position);
      else holders.set(key, [position]);
    }
  });
  const shared = new Uint16Array(profiles.length);
  return (profile) => {
    const sure = keysOf(profile).flatMap((key) => (holders.get(key) ?? []).slice(0, NEAREST));
    const own = gramsOf(profile.name.core);
    const touched: number[] = [];
    for (const gram of own) {
      const held = holders.get(gram) ?? [];
      if (held.length > COMMON && own.length > SHORT) continue;
      for (const position of held.slice(0, COMMON)) {
        if (shared[position] === 0) touched.push(position);
        shared[position] = (shared[position] ?? 0) + 1;
      }
    }
    const alike = (position: number): number =>
      (2 * (shared[position] ?? 0)) / (own.length + (grams[position]?.length ?? 0));
    const near = largest(touched, alike);
    for (const position of touched) shared[position] = 0;
    return [...new Set([...sure, ...near])];
  };
}

/** The NEAREST positions with the largest values, in one pass. */
function largest(positions: readonly number[], valueOf: (position: number) => number): readonly number[] {
  const best: { readonly position: number; readonly value: number }[] = [];
  for (const position of positions) {
    const value = valueOf(position);
    const last = best.at(-1);
    if (best.length === NEAREST && last && value <= last.value) continue;
    const place = best.findIndex((one) => one.value < value);
    best.splice(place === -1 ? best.length : place, 0, { position, value });
    if (best.length > NEAREST) best.pop();
  }
  return best.map(({ position }) => position);
}

/** What is surely found again, however many letters differ. */
function keysOf({ name, domains, externalIds }: Profile): string[] {
  const found = new Set([domains.mail, domains.web].filter((domain) => domain !== null));
  return [
    `=${name.core}`,
    `~${name.sorted}`,
    ...[...found].map((domain) => `@${domain}`),
    ...[...externalIds].map((id) => `#${id}`),
  ];
}

/** Threes of neighbouring letters, with the beginning and the end of each word. */
function gramsOf(core: string): string[] {
  const grams = new Set<string>();
  for (const word of core.split(' ')) {
    const padded = ` ${word} `;
    for (let start = 0; start + 3 <= padded.length; start++) grams.add(padded.slice(start, start + 3));
  }
  return [...grams];
}
