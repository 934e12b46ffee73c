import type { RunEnd } from './endOf.ts';

/** The facts of a run's end; none while it is not waited for. */
export function endLines(end: RunEnd | null): readonly (readonly [string, string])[] {
  if (end === null) return [];
  if (end.error) return [['error', `${end.error.type}: ${end.error.message}`]];
  return [['result', JSON.stringify(end.output, null, 2) ?? 'none']];
}
