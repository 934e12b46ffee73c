import { findMessage } from './message.ts';
import type { WireReply } from './wire.ts';

/** Statuses other than 401 with which Halo, or a proxy before it, refuses a token. */
const STATUSES: ReadonlySet<number> = new Set([400, 403, 440, 498]);

const KIND = '(?:(?:access|bearer|auth|authentication|authorization|api|security|session) ?)?token';
const DEAD =
  '(?:not found|not (?:be )?found|not valid|no longer valid|not recogni[sz]ed|invalid|unknown|missing|required|' +
  'expired|revoked|has expired|does not exist|could not be found|cannot be found)';

/**
 * Texts that say only that the token is invalid, in Halo's words ("Token not found", "Token is required") or OAuth's.
 */
const SAYS_SO = [
  new RegExp(
    `^(?:the|your|this|a|an)? ?${KIND}[ :]+(?:(?:is|was|has been|you sent is|provided is) )?${DEAD}[.!]?$`,
    'i',
  ),
  new RegExp(`^(?:invalid|expired|unknown|missing|revoked|no|no such)(?: or expired)? ${KIND}[.!]?$`, 'i'),
  /^invalid_token\b/i,
];

/**
 * Whether a refusal says only that Halo no longer knows the access token: when Halo has lost its tokens, it answers every
 * request with 400 "Token not found". Nothing was carried out then, not even a write.
 */
export function isDeadToken(reply: WireReply, secrets: ReadonlySet<string>): boolean {
  if (!STATUSES.has(reply.status)) return false;
  if (/\berror="?invalid_token\b/i.test(String(reply.headers['www-authenticate'] ?? ''))) return true;
  const message = findMessage(reply, secrets);
  return message !== null && message.field === null && SAYS_SO.some((form) => form.test(message.text.trim()));
}
