import { patched } from '@temporalio/workflow';
import { nearestFirst } from '../nearest.ts';
import { actionIds } from './actionIds.ts';

/** What calls may name beside actions. */
export const ACTIVITIES = {
  below: 'organizations.below',
  variable: 'variables.get',
  fire: 'triggers.fire',
} as const;

const known: ReadonlySet<string> = new Set([...actionIds, ...Object.values(ACTIVITIES)]);
const NEAREST = 3;

/**
 * Refuses a misspelt name at once: the worker would wait for a newer one that may know it.
 *
 * @throws RangeError with the nearest names.
 */
export function checkName(activity: string): void {
  // A run that has already scheduled such a call replays it.
  if (known.has(activity) || !patched('haloflow-unknown-action')) return;
  const near = nearestFirst(activity, actionIds).slice(0, NEAREST);
  throw new RangeError(
    `there is no such action; the nearest are ${near.join(', ')} (\`haloflow actions\` lists all of them)`,
  );
}
