import { isObject } from '../halo/json.ts';
import { ticketNumber } from './compare.ts';
import type { Plan } from './plan.ts';

/** Halo's id of the record that was written, with what it counts within; null when nothing says. */
export function identityOf(plan: Pick<Plan, 'resource' | 'sent'>, record: unknown): string | null {
  const shown = isObject(record) ? record : {};
  const parts = (plan.resource.identity ?? ['id']).map((name) => shown[name] ?? plan.sent[name]);
  const isWhole = parts.every(
    (part) => (typeof part === 'string' && part !== '') || typeof part === 'number',
  );
  return isWhole ? parts.map((part) => plain(part as string | number)).join('/') : null;
}

/** `21`, `21.0` and `"21"` are one id. */
function plain(part: string | number): string {
  const number = Number(part);
  return Number.isInteger(number) ? String(number) : String(part);
}

/** The ticket that was written or written to, or null. */
export function ticketOf(plan: Pick<Plan, 'resource' | 'sent'>, record: unknown): number | null {
  const { ticket } = plan.resource;
  if (ticket === undefined) return null;
  const shown = isObject(record) ? record : {};
  return ticketNumber(shown[ticket]) ?? ticketNumber(plan.sent[ticket]);
}
