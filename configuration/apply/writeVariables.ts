/** Carries a plan's variables into their table. */
import { sql } from 'drizzle-orm';
import { variables } from '../../store/schema/control.ts';
import { seal } from '../../store/seal.ts';
import type { NamedVariable } from '../file/read.ts';
import { variableId } from './rows.ts';
import type { Database } from './rows.ts';
import { chunks } from '../../store/chunks.ts';
import { asInserted, changedIn, idsOf } from './statements.ts';
import type { Writing } from './statements.ts';

export async function removeVariables(db: Database, { plan, stored }: Writing): Promise<void> {
  const gone = idsOf(plan, 'variable', '-');
  for (const rows of chunks(stored.variables.filter((row) => gone.has(variableId(row))))) {
    const pairs = rows.map((row) => sql`(${row.organization}, ${row.name})`);
    await db
      .delete(variables)
      .where(sql`(${variables.organization}, ${variables.name}) in (${sql.join(pairs, sql`, `)})`);
  }
}

/** A secret that has not changed stays sealed as it is. */
export async function putVariables(db: Database, writing: Writing): Promise<void> {
  const { plan, desired, stored, origin, key } = writing;
  const before = new Map(stored.variables.map((row) => [variableId(row), row.sealedValue]));
  const resealed = changedIn(plan, 'variable', 'secret');
  const toRow = async ({ secret, ...row }: NamedVariable) => {
    const id = variableId(row);
    const kept = resealed.has(id) ? null : (before.get(id) ?? null);
    return { ...row, sealedValue: secret === null ? null : (kept ?? (await seal(key, secret))), origin };
  };
  const touched = idsOf(plan, 'variable', '+', '~');
  for (const rows of chunks(desired.variables.filter((row) => touched.has(variableId(row))))) {
    await db
      .insert(variables)
      .values(await Promise.all(rows.map(toRow)))
      .onConflictDoUpdate({
        target: [variables.organization, variables.name],
        set: asInserted(variables, ['type', 'value', 'sealedValue', 'description', 'origin']),
      });
  }
}
