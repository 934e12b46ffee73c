/** What people should know of a change before they apply it, in sentences. */
import { hostOf } from '../../organizations/host.ts';
import { descendants, findOrganization } from '../../organizations/tree.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import { moment } from '../../moments.ts';
import { CONTINUES_DAYS } from '../../triggers/feeds/places.ts';
import type { Known } from '../../triggers/feeds/returns.ts';

/** What is known of connections whose host changes. */
export interface NewHosts {
  /** Those that reach the same Halo under another name. */
  readonly sameHalo?: ReadonlySet<string>;
  /** Those that come back to a Halo, by id. */
  readonly returns?: ReadonlyMap<string, Known>;
}

/** Moved organizations, and connections that lead to another Halo or belong to somebody else: a sentence each. */
export function effectsOf(
  before: Configuration,
  after: Configuration,
  { sameHalo = new Set(), returns = new Map() }: NewHosts = {},
): string[] {
  const kept = before.connections.flatMap((old) => {
    const now = after.connections.find(({ id }) => id === old.id);
    return now ? [{ old, now }] : [];
  });
  return [
    ...after.organizations.flatMap(({ slug, parent }) => {
      const old = findOrganization(before, slug);
      return old && old.parent !== parent ? [moved(after, { slug, from: old.parent, to: parent })] : [];
    }),
    ...swaps(kept),
    ...kept.flatMap(({ old, now }) => [
      ...(sameHalo.has(now.id) ? otherName(old, now) : otherHalo(after, { old, now }, returns.get(now.id))),
      ...otherOwner(old, now),
    ]),
  ];
}

function moved(
  after: Configuration,
  { slug, from, to }: { readonly slug: string; readonly from: string | null; readonly to: string | null },
): string {
  const below = descendants(after, slug).length;
  const along = below === 0 ? '' : ` with the ${below} below it`;
  const names = (above: string | null): string => above ?? 'the top';
  return (
    `organization ${slug} moves${along} from ${names(from)} to ${names(to)}: what it inherits, and which triggers and ` +
    'tokens reach it, goes by its new place'
  );
}

type Pair = { readonly old: Connection; readonly now: Connection };

function swaps(kept: readonly Pair[]): string[] {
  const changed = kept.filter(({ old, now }) => hostOf(old) !== hostOf(now));
  return changed.flatMap((one, index) =>
    changed
      .slice(index + 1)
      .filter((two) => hostOf(one.now) === hostOf(two.old) && hostOf(two.now) === hostOf(one.old))
      .map(
        (two) => `connections ${one.old.id} and ${two.old.id} are swapped: each asks the Halo of the other`,
      ),
  );
}

function otherHalo(after: Configuration, { old, now }: Pair, known: Known | undefined): string[] {
  if (hostOf(old) === hostOf(now)) return [];
  const mapped = after.mappings.filter(({ connection }) => connection === now.id).length;
  const mappings = `its mappings (${mapped}) must name clients of that Halo`;
  if (known) return [`connection ${now.id} changes back to a Halo ${polledThere(known)}; ${mappings}`];
  return [
    `connection ${now.id} changes to another host: its feeds start with new records, and ${mappings}. ` +
      `If it is the same Halo under another name, pass --same-halo ${now.id}; then nothing starts over`,
  ];
}

function polledThere({ polledUntil, continues }: Known): string {
  const until = `that its feeds polled until ${moment(polledUntil)}`;
  return continues
    ? `${until}: they continue there, and records created there since then start runs`
    : `${until}, more than ${CONTINUES_DAYS} days ago: they start with new records`;
}

function otherName(old: Connection, now: Connection): string[] {
  if (hostOf(old) === hostOf(now)) return [];
  return [
    `connection ${now.id} reaches its Halo under another name: its feeds, keys and mappings stay as they are`,
  ];
}

function otherOwner(old: Connection, now: Connection): string[] {
  if (old.organization === now.organization) return [];
  return [`connection ${now.id} passes from ${old.organization} to ${now.organization}`];
}
