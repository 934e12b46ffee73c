import { findMessage } from './message.ts';
import type { WireReply } from './wire.ts';

/** Statuses with which Halo, or what stands before it, refuses a token beside 401. */
const STATUSES: ReadonlySet<number> = new Set([400, 403, 440, 498]);

const KIND = '(?:(?:access|bearer|auth|authentication|authorization|api|security|session) ?)?token';
const DEAD =
  '(?:not found|not (?:be )?found|not valid|no longer valid|not recogni[sz]ed|invalid|unknown|missing|required|' +
  'expired|revoked|has expired|does not exist|could not be found|cannot be found)';

/** All that is said is that the token is none, in Halo's words ("Token not found", "Token is required") or OAuth's. */
const SAYS_SO = [
  new RegExp(
    `^(?:the|your|this|a|an)? ?${KIND}[ :]+(?:(?:is|was|has been|you sent is|provided is) )?${DEAD}[.!]?$`,
    'i',
  ),
  new RegExp(`^(?:invalid|expired|unknown|missing|revoked|no|no such)(?: or expired)? ${KIND}[.!]?$`, 'i'),
  /^invalid_token\b/i,
];

/**
 * Whether a refusal says that the access token is not known any more, and nothing about the request: after Halo has
 * forgotten its tokens it answers 400 "Token not found" to every one. Then nothing was carried out, also of a write.
 */
export function isDeadToken(reply: WireReply, secrets: ReadonlySet<string>): boolean {
  if (!STATUSES.has(reply.status)) return false;
  if (/\berror="?invalid_token\b/i.test(String(reply.headers['www-authenticate'] ?? ''))) return true;
  const message = findMessage(reply, secrets);
  return message !== null && message.field === null && SAYS_SO.some((form) => form.test(message.text.trim()));
}
