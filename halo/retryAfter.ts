import type { WireReply } from './wire.ts';

const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * The wait that a Retry-After header asks for (seconds or an HTTP date), in milliseconds, between one second and
 * one hour; undefined without a readable header (Halo does not always send one: facts of HaloAPI issue 31).
 */
export function retryAfterMs(headers: WireReply['headers'], now: number = Date.now()): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (Number.isNaN(wait)) return undefined;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.ceil(wait)));
}
