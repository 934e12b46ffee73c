/** What the statements that carry a plan into the tables share. */
import { getTableColumns, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { SealingKey } from '../../store/seal.ts';
import type { Plan, PlanItem } from './plan.ts';
import type { Desired, Origin, Rows } from './rows.ts';

export interface Writing {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly stored: Rows;
  readonly origin: Origin;
  readonly key: SealingKey;
}

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

/** The ids of its rows of one kind whose field changes; of the others what is sealed stays as it is. */
export function changedIn(plan: Plan, kind: PlanItem['kind'], field: string): Set<string> {
  const items = plan.items.filter(({ changes }) => changes.some((change) => change.field === field));
  return idsOf({ items }, kind, '+', '~');
}

/** For `on conflict do update`: these columns become what was to be inserted. */
export function asInserted<Table extends PgTable, Key extends keyof Table['_']['columns'] & string>(
  table: Table,
  keys: readonly Key[],
): Readonly<Record<Key, SQL>> {
  const columns = getTableColumns(table);
  const entries = keys.map((key) => [key, sql`excluded.${sql.identifier(columns[key]!.name)}`] as const);
  // One entry for each key.
  return Object.fromEntries(entries) as Record<Key, SQL>;
}
