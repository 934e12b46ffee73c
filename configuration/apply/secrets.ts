/** Stored secrets that the key of this installation may not open any more. */
import { ConfigurationError } from '../../errors.ts';
import { unseal } from '../../store/seal.ts';
import type { SealingKey } from '../../store/seal.ts';
import type { Trigger } from '../../triggers/types.ts';

/** One that was sealed with a key that is gone counts as changed: applying the file again is the remedy. */
export async function unsealOrNull(key: SealingKey, sealed: string): Promise<string | null> {
  try {
    return await unseal(key, sealed);
  } catch (error) {
    if (error instanceof ConfigurationError) return null;
    throw error;
  }
}

/** The ids of triggers whose URL nobody can know any more. */
export async function lostSecretsOf(
  key: SealingKey,
  triggers: readonly Pick<Trigger, 'id' | 'sealedSecret'>[],
): Promise<ReadonlySet<string>> {
  const lost = new Set<string>();
  for (const { id, sealedSecret } of triggers) {
    if (sealedSecret !== null && (await unsealOrNull(key, sealedSecret)) === null) lost.add(id);
  }
  return lost;
}
