/** Finds names in a file that others held, and moves of something with records to another tree. */
import { leavesPast, movedText, othersPast, pastText } from '../../access/names.ts';
import type { NameKind, Taking } from '../../access/names.ts';
import { LOCAL } from '../../access/principal.ts';
import { ancestry } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import type { State } from './consequences.ts';
import type { Database } from './rows.ts';

/** The section of the file with the names of a kind, and the key with their parent or owner. */
const SECTIONS: Readonly<Record<NameKind, readonly [section: string, key: string]>> = {
  organization: ['organizations', 'parent'],
  connection: ['connections', 'organization'],
  trigger: ['triggers', 'organization'],
};

/** The problems of the change from `before` to `after`. A file has the rights of the whole installation. */
export async function checkNames(
  db: Database,
  content: FileContent,
  { before, after }: { readonly before: State; readonly after: State },
): Promise<Problem[]> {
  const had = new Map(placesOf(before).map((place) => [`${place.kind} ${place.name}`, place]));
  const all = placesOf(after).map((place) => ({ place, old: had.get(`${place.kind} ${place.name}`) }));
  const made = all.flatMap(({ place, old }) => (old ? [] : [takingIn(after, place)]));
  const moved = all.flatMap(({ place, old }) =>
    old && old.owner !== place.owner ? [{ ...takingIn(after, place), from: takingIn(before, old).path }] : [],
  );
  const taken: Problem[] = (await othersPast(db, LOCAL, made)).map((taking) => {
    const path = `${SECTIONS[taking.kind][0]}.${taking.name}`;
    return { place: content.placeOf(path), message: `${path}: ${pastText(taking)}. Choose another name` };
  });
  for (const moving of moved) {
    if (!(await leavesPast(db, moving))) continue;
    const path = `${SECTIONS[moving.kind][0]}.${moving.name}.${SECTIONS[moving.kind][1]}`;
    taken.push({ place: content.placeOf(path), message: `${path}: ${movedText(moving)}` });
  }
  return taken;
}

/** A name, and the parent of its organization or the owner of its connection or trigger. */
interface Place extends Pick<Taking, 'kind' | 'name'> {
  readonly owner: string | null;
}

const placesOf = ({ organizations, connections, triggers }: State): Place[] => [
  ...organizations.map(({ slug, parent }) => ({ kind: 'organization' as const, name: slug, owner: parent })),
  ...connections.map(({ id, organization }) => ({
    kind: 'connection' as const,
    name: id,
    owner: organization,
  })),
  ...triggers.map(({ id, organization }) => ({ kind: 'trigger' as const, name: id, owner: organization })),
];

const takingIn = (state: Configuration, { kind, name, owner }: Place): Taking => ({
  kind,
  name,
  path:
    owner === null
      ? []
      : ancestry(state, owner)
          .map(({ slug }) => slug)
          .toReversed(),
});
