/** What people are told about a write whose reply is lost, where that cannot be made good. */
import type { Action } from './types.ts';

/** A sentence, or null where haloflow finds out by itself. */
export function lostReply({ method, effect, reconcile }: Action): string | null {
  if (method === '*')
    return 'When the reply of a write is lost, nothing tells whether it has happened: the call ends in HaloOutcomeUnknownError and is not sent again.';
  const creates = effect === 'create' || effect === 'upsert';
  if (!creates || reconcile) return null;
  return 'When the reply of a create is lost, Halo has nothing by which its record could be told from others: the call ends in HaloOutcomeUnknownError and is not sent again.';
}
