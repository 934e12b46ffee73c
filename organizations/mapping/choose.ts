/** Which of the suggestions may be accepted without asking: pure. */
import type { Suggestion } from './suggest.ts';

export interface Chosen {
  readonly accepted: readonly Suggestion[];
  /** Suggestions beside which others are as good, for the client or for the organization: a person has to choose. */
  readonly tied: readonly Suggestion[];
}

/**
 * The best first; each client and each organization at most once. Where the best of a client or of an organization is
 * not clear, nothing weaker is taken for them either.
 *
 * @param suggestions best first
 * @param accepts which of them may be accepted; the others still compete
 */
export function choose(
  suggestions: readonly Suggestion[],
  accepts: (suggestion: Suggestion) => boolean,
): Chosen {
  const clients = new Set<number>();
  const organizations = new Set<string>();
  const accepted: Suggestion[] = [];
  const tied: Suggestion[] = [];
  for (const group of groupsOf(suggestions)) {
    const open = group.filter(
      ({ client, organization }) => !clients.has(client.id) && !organizations.has(organization.slug),
    );
    const perClient = countsOf(open.map(({ client }) => client.id));
    const perOrganization = countsOf(open.map(({ organization }) => organization.slug));
    for (const suggestion of open) {
      const { client, organization } = suggestion;
      clients.add(client.id);
      organizations.add(organization.slug);
      const isClear = perClient.get(client.id) === 1 && perOrganization.get(organization.slug) === 1;
      if (!isClear) tied.push(suggestion);
      else if (accepts(suggestion)) accepted.push(suggestion);
    }
  }
  return { accepted, tied };
}

/** Those of equal weight together, in their order. */
function groupsOf(suggestions: readonly Suggestion[]): Suggestion[][] {
  const groups: Suggestion[][] = [];
  for (const suggestion of suggestions) {
    const group = groups.at(-1);
    if (group?.[0]?.weight === suggestion.weight) group.push(suggestion);
    else groups.push([suggestion]);
  }
  return groups;
}

function countsOf<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
