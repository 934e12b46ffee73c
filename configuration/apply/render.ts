/** A plan for people: a line for each row, and one for the whole. */
import type { Change, Plan, PlanItem } from './plan.ts';

/** Shown in place of values that must not be. */
export const hidden = '(changed)';

/** `No changes.`, or the rows and `2 to add, 1 to change, 0 to delete.` No line break at the end. */
export function renderPlan(plan: Pick<Plan, 'items'>): string {
  if (plan.items.length === 0) return 'No changes.';
  return [...plan.items.map(renderItem), summarisePlan(plan)].join('\n');
}

export function summarisePlan({ items }: Pick<Plan, 'items'>): string {
  if (items.length === 0) return 'No changes.';
  const count = (op: PlanItem['op']): number => items.filter((item) => item.op === op).length;
  return `${count('+')} to add, ${count('~')} to change, ${count('-')} to delete.`;
}

/** `+ organization acme (Acme, parent northwind)`, `~ connection acme-halo adopted: scope all -> read:tickets`. */
function renderItem({ op, kind, id, about, changes }: PlanItem): string {
  const head = `${op} ${kind} ${id}`;
  if (op !== '~') return `${head} (${about})`;
  const origin = changes.find(({ field }) => field === 'origin');
  const taken = !origin ? '' : origin.from === 'demo' ? ' taken over from the demo' : ' adopted';
  const rest = changes.filter(({ field }) => field !== 'origin').map(renderChange);
  return `${head}${taken}${rest.length > 0 ? `: ${rest.join(', ')}` : ''}`;
}

function renderChange({ field, from, to }: Change): string {
  if (to === hidden) return `${field} ${hidden}`;
  return `${field} ${show(from)} -> ${show(to)}`;
}

function show(value: unknown): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
