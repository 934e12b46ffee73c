/** Who knows the secret of a URL. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { seal, unseal } from '../store/seal.ts';
import type { SealingKey } from '../store/seal.ts';

/** What a request offers: the last part of its path, else `x-webhook-secret`, else a bearer token; empty for nothing. */
export function offeredSecret(request: FastifyRequest): string {
  const { secret } = request.params as { readonly secret?: string };
  if (secret !== undefined && secret !== '') return secret;
  const header = request.headers['x-webhook-secret'];
  if (typeof header === 'string') return header;
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

export interface SecretCheck {
  /** Whether `offered` is the sealed secret; takes the same time whatever is different, and when there is none. */
  matches(sealed: string | null, offered: string): Promise<boolean>;
}

/** A check with a decoy in the place of secrets that do not exist. */
export async function secretCheck(key: SealingKey): Promise<SecretCheck> {
  const decoy = await seal(key, randomBytes(32).toString('base64url'));
  return {
    async matches(sealed, offered) {
      const secret = await unseal(key, sealed ?? decoy);
      // Digests are of equal length, whatever was offered.
      return timingSafeEqual(digest(secret), digest(offered)) && sealed !== null && secret !== '';
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
