/** The variables that are in force for an organization: its own, and those above it that nobody nearer overrides. */
import { sql } from 'drizzle-orm';
import { ConfigurationError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Store } from '../store/store.ts';
import type { VariableType } from './variableValues.ts';

export interface EffectiveVariable {
  readonly name: string;
  readonly type: VariableType;
  /** Null for a secret. */
  readonly value: unknown;
  readonly sealedValue: string | null;
  readonly description: string | null;
  readonly origin: 'file' | 'manual' | 'demo';
  /** The organization that has set it. */
  readonly from: string;
}

/** In the order of their names; none for an organization that there is not. */
export async function effectiveVariables(
  { db }: { readonly db: Pick<Store['db'], 'execute'> },
  organization: string,
): Promise<readonly EffectiveVariable[]> {
  // The depth ends a walk around a broken tree.
  const { rows } = await db.execute<EffectiveVariable & Record<string, unknown>>(sql`
    with recursive line(slug, parent, depth) as (
      select slug, parent, 0 from organizations where slug = ${organization}
      union all
      select o.slug, o.parent, line.depth + 1 from organizations o join line on o.slug = line.parent
        where line.depth < 1000
    )
    select distinct on (v.name) v.name, v.type, v.value, v.sealed_value as "sealedValue", v.description, v.origin,
        v.organization as "from"
      from line join variables v on v.organization = line.slug
      order by v.name, line.depth`);
  return rows;
}

/** @throws ConfigurationError that names the nearest of those that there are. */
export function unknownVariable(
  name: string,
  organization: string,
  known: Iterable<string>,
): ConfigurationError {
  const names = [...known];
  const meant = didYouMean(name, names);
  const has = names.length === 0 ? ' There are none.' : ` There are ${names.slice(0, 20).join(', ')}.`;
  return new ConfigurationError(
    `there is no variable "${name}" for ${organization}.${meant || has} Set it with \`haloflow variables set ${name} --org ${organization}\`, or in the file that you apply`,
  );
}
