import type { Action } from './types.ts';

/** What people are told of a write whose lost reply is not settled; null where haloflow finds out by itself. */
export function lostReply({ method, effect, reconcile }: Action): string | null {
  const cannotLook =
    reconcile === undefined && (method === '*' || effect === 'create' || effect === 'upsert');
  if (!cannotLook) return null;
  const what = method === '*' ? 'write' : 'create';
  return `A ${what} whose reply is lost ends with HaloOutcomeUnknownError: nothing in Halo would tell whether it happened.`;
}
