/** What a change outside a file breaks: the same checks as for a file, on the rows before and after. */
import type { Principal } from '../../access/principal.ts';
import { ConflictError } from '../../errors.ts';
import type { Guarded } from '../../organizations/changing.ts';
import { isAtOrBelow } from '../../organizations/tree.ts';
import type { FileContent } from '../file/read.ts';
import type { Problem } from '../file/problems.ts';
import { checkContent } from './check.ts';
import { checkTriggers } from './checkTriggers.ts';
import { consequencesOf } from './consequences.ts';
import { passedOver } from './passedOver.ts';
import { NOTHING, readRows } from './rows.ts';
import type { Rows } from './rows.ts';

/**
 * Carries out a change in its transaction.
 *
 * @throws ConflictError when things do not fit together afterwards that did before (`details.problems`,
 * `details.triggers`); of those out of the principal's reach only how many.
 */
export const unbroken: Guarded = async (tx, about, change) => {
  const { principal, what, field, isUseless = false } = about;
  const before = await readRows(tx);
  const result = await change();
  const after = await readRows(tx);
  const known = new Set(problemsIn(before).map(({ message }) => message));
  const lost = consequencesOf(contentOf(after), stateOf(before), stateOf(after)).problems;
  const broken = [
    ...problemsIn(after).filter(({ message }) => !known.has(message)),
    ...lost.filter((problem) => !isUseless || isSeen(before, principal, problem)),
    // It names the connection that has asked that Halo so far, which nobody else is to learn of.
    ...passedOver(contentOf(after), reached(before, principal), stateOf(after)),
  ];
  if (broken.length === 0) return result;
  const seen = broken.filter((problem) => isSeen(before, principal, problem));
  const hidden = broken.filter((problem) => !seen.includes(problem));
  const problems = seen.map(({ message }) => message);
  const said = [
    ...problems.slice(0, SHOWN),
    ...(problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : []),
    ...(hidden.length === 0 ? [] : [outOfSight(hidden)]),
  ];
  const remedies = [
    ...(seen.length === 0 ? [] : ['Change these first']),
    ...(hidden.length === 0
      ? []
      : [`Ask an admin above you to change what you cannot see${about.instead ?? ''}`]),
  ];
  const triggers = seen.flatMap(({ place }) => (place.startsWith('triggers.') ? [subjectOf(place).id] : []));
  throw new ConflictError(`${what} would break what is there: ${said.join('; ')}. ${remedies.join('. ')}`, {
    details: { ...(field === undefined ? {} : { field }), problems, triggers: [...new Set(triggers)] },
  });
};

function outOfSight(hidden: readonly Problem[]): string {
  const triggers = hidden.filter(({ place }) => place.startsWith('triggers.')).length;
  const what = triggers < hidden.length ? 'places' : triggers === 1 ? 'trigger' : 'triggers';
  return `${hidden.length} ${what} of organizations that you cannot see`;
}

/** So many are in the message; `details.problems` has all. */
const SHOWN = 10;

const stateOf = (rows: Rows) => ({ version: 0, ...rows });

function problemsIn(rows: Rows): readonly Problem[] {
  const content = contentOf(rows);
  return [...checkContent(content, NOTHING), ...checkTriggers(content, NOTHING, null)];
}

const reached = (rows: Rows, principal: Principal) => ({
  ...stateOf(rows),
  connections: rows.connections.filter((row) => reaches(rows, principal, row.organization)),
});

/** As a file would say it; a problem's place is its path. */
const contentOf = (rows: Rows): FileContent => ({
  organizations: rows.organizations,
  connections: rows.connections.map((row) => ({ ...row, secret: '', saysDefault: row.isDefault })),
  mappings: rows.mappings,
  ignoredClients: rows.ignoredClients.map((row) => ({ ...row, key: String(row.client) })),
  variables: rows.variables.map((row) => ({ ...row, secret: null })),
  triggers: rows.triggers,
  problems: [],
  isReadable: true,
  placeOf: (path) => path,
  isHidden: () => false,
});

/** `triggers.watch.runFor` is about the trigger `watch`. */
function subjectOf(place: string): { readonly section: string; readonly id: string } {
  const [section = '', id = ''] = place.split('.');
  return { section, id };
}

function isSeen(rows: Rows, principal: Principal, { place }: Problem): boolean {
  const { section, id } = subjectOf(place);
  const owner =
    section === 'organizations'
      ? id
      : [...rows.triggers, ...rows.connections].find((row) => row.id === id)?.organization;
  return principal.organization === null || (owner !== undefined && reaches(rows, principal, owner));
}

const reaches = (rows: Rows, { organization }: Principal, slug: string): boolean =>
  organization === null || isAtOrBelow(stateOf(rows), slug, organization);
