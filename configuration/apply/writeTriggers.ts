/** Carries a plan's triggers into their table. */
import { randomBytes } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { triggers } from '../../store/schema/triggers.ts';
import { seal } from '../../store/seal.ts';
import type { SealingKey } from '../../store/seal.ts';
import type { Trigger } from '../../triggers/types.ts';
import { hasUrl } from '../../triggers/webhooks/urls.ts';
import type { Database, DesiredTrigger } from './rows.ts';
import { chunks } from '../../store/chunks.ts';
import { asInserted, changedIn, idsOf } from './statements.ts';
import type { Writing } from './statements.ts';

/** Those that stay let go of their connection, which may be one that goes; they get the new one when they are put. */
export async function removeTriggers(db: Database, { plan }: Writing): Promise<void> {
  for (const ids of chunks([...idsOf(plan, 'trigger', '-')])) {
    await db.delete(triggers).where(inArray(triggers.id, ids));
  }
  for (const ids of chunks([...idsOf(plan, 'trigger', '~')])) {
    await db.update(triggers).set({ connection: null }).where(inArray(triggers.id, ids));
  }
}

/** Writes what the plan adds and changes; a URL keeps its secret as long as the type stays, a new one gets one. */
export async function putTriggers(
  db: Database,
  { plan, desired, stored, origin, key }: Writing,
): Promise<void> {
  const touched = idsOf(plan, 'trigger', '+', '~');
  const before = new Map(stored.triggers.map((row) => [row.id, row]));
  const resealed = changedIn(plan, 'trigger', 'secret');
  const keepsSecret = ({ id, type }: DesiredTrigger): boolean =>
    hasUrl(type) && before.get(id)?.type === type && !resealed.has(id);
  const toRow = async (row: DesiredTrigger) => {
    const old = before.get(row.id);
    return {
      ...row,
      enabledAt: isSwitchedOn(row, old) ? sql`clock_timestamp()` : old?.enabledAt,
      sealedSecret: keepsSecret(row) ? old?.sealedSecret : hasUrl(row.type) ? await newSecret(key) : null,
      origin,
    };
  };
  for (const rows of chunks(desired.triggers.filter(({ id }) => touched.has(id)))) {
    await db
      .insert(triggers)
      .values(await Promise.all(rows.map(toRow)))
      .onConflictDoUpdate({
        target: triggers.id,
        set: asInserted(triggers, [
          'organization',
          'type',
          'connection',
          'workflow',
          'runAs',
          'runFor',
          'overrides',
          'criteria',
          'parameters',
          'variables',
          'enabled',
          'enabledAt',
          'sealedSecret',
          'origin',
        ]),
      });
  }
}

/** A trigger begins with what comes after this: new, switched on again, or another one under an old name. */
function isSwitchedOn(row: DesiredTrigger, old: Trigger | undefined): boolean {
  return !old || (row.enabled && !old.enabled) || row.type !== old.type;
}

/** Part of a URL, so long that nobody guesses it. */
async function newSecret(key: SealingKey): Promise<string> {
  return await seal(key, randomBytes(24).toString('base64url'));
}
