/** Whether ends of runs could start runs for ever: `workflow-completed` triggers that lead in a circle. */
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import { rootOf } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Trigger } from '../../triggers/types.ts';

type Follower = Pick<Trigger, 'id' | 'organization' | 'workflow'> & { readonly follows: readonly string[] };

/**
 * Every circle is reported once, at a trigger of the file. Disabled triggers count, since enabling one is not checked;
 * those of different MSPs do not meet.
 */
export function checkTriggerCycles(
  content: FileContent,
  staying: readonly Trigger[],
  configuration: Configuration,
): Problem[] {
  const named = new Set(content.triggers.map(({ id }) => id));
  const followers = [...content.triggers, ...staying].flatMap(toFollower);
  const treeOf = ({ organization }: Follower): string | undefined =>
    rootOf(configuration, organization)?.slug;
  return [...new Set(followers.map(treeOf))].flatMap((tree) =>
    cyclesOf(followers.filter((follower) => treeOf(follower) === tree)).flatMap((cycle) => {
      const first = cycle.find(({ id }) => named.has(id));
      if (!first) return [];
      const path = `triggers.${first.id}.parameters.workflows`;
      const steps = cycle.map(({ id, workflow }) => `${workflow} (${id})`).join(' -> ');
      const message = `${path}: runs would start each other for ever: ${cycle.at(-1)?.workflow} -> ${steps}`;
      return [{ place: content.placeOf(path), message }];
    }),
  );
}

function toFollower({
  id,
  organization,
  type,
  workflow,
  parameters,
}: Pick<Trigger, 'id' | 'organization' | 'workflow' | 'parameters'> & {
  readonly type: unknown;
}): Follower[] {
  const follows = parameters['workflows'];
  if (type !== 'workflow-completed' || !Array.isArray(follows)) return [];
  return [{ id, organization, workflow, follows: follows as readonly string[] }];
}

/** The circles that a search in depth meets: triggers, each started by the end of what the one before it starts. */
function cyclesOf(followers: readonly Follower[]): Follower[][] {
  const cycles: Follower[][] = [];
  const done = new Set<Follower>();
  const visit = (follower: Follower, line: readonly Follower[]): void => {
    const at = line.indexOf(follower);
    if (at !== -1) cycles.push(line.slice(at));
    if (at !== -1 || done.has(follower)) return;
    for (const next of followers.filter(({ follows }) => follows.includes(follower.workflow))) {
      visit(next, [...line, follower]);
    }
    done.add(follower);
  };
  for (const follower of followers) visit(follower, []);
  return cycles;
}
