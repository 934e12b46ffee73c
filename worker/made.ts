import { isObject } from '../halo/json.ts';
import { madeAt } from './judge.ts';
import type { Plan } from './plan.ts';

/** Halo's creation date of a record; null if Halo does not return it. */
export function madeOf({ resource, sent }: Pick<Plan, 'resource' | 'sent'>, record: unknown): string | null {
  if (!resource.reconcile || !isObject(record)) return null;
  const made = madeAt(resource.reconcile, sent, record);
  return made === null ? null : new Date(made).toISOString();
}
