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

/** Postgres takes 65535 parameters in one statement. */
export function chunks<T>(rows: readonly T[]): T[][] {
  const size = 1000;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
