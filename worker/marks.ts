/** What tells a record from others, as short hashes: whether a record may be that of a write whose content nobody keeps. */
import { createHash } from 'node:crypto';
import type { Action } from '../actions/types.ts';
import { wholeNumber } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';
import { gist, haloTime, isShown } from './compare.ts';
import { holdsMarker } from './secrets.ts';

/** `summary=<hash>` for each property of what was sent that tells records apart. */
export function marksOf({ reconcile }: Action, sent: JsonObject): readonly string[] {
  const names = [...(reconcile?.names ?? []), ...(reconcile?.by ?? [])];
  return names
    .filter((name) => isShown(sent[name]) && sent[name] !== '' && !holdsMarker(sent[name]))
    .map((name) => mark(name, sent[name]));
}

/** Whether a write with these marks may have made the record: nothing that the record shows speaks against it. */
export function mayHaveMade(marks: readonly string[] | null, record: JsonObject): boolean {
  return (marks ?? []).every((one) => {
    const name = one.slice(0, one.indexOf('='));
    return !isShown(record[name]) || one === mark(name, record[name]);
  });
}

function mark(name: string, value: unknown): string {
  const plain = String(haloTime(value) ?? wholeNumber(value) ?? gist(value));
  return `${name}=${createHash('sha256').update(plain).digest('base64url').slice(0, 12)}`;
}
