/** What the statements that carry a plan into the tables share. */
import type { Plan, PlanItem } from './plan.ts';

/** The ids of a plan's rows of one kind. */
export function idsOf(
  plan: Pick<Plan, 'items'>,
  kind: PlanItem['kind'],
  ...ops: PlanItem['op'][]
): Set<string> {
  return new Set(
    plan.items.filter((item) => item.kind === kind && ops.includes(item.op)).map(({ id }) => id),
  );
}
