/** Variables as people set and see them. A secret is sealed when it comes in and never goes out again. */
import { and, asc, eq } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import { subtreeHolds, within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { NotFoundError, SchemaError } from '../errors.ts';
import { organizations } from '../store/schema/configuration.ts';
import { variables } from '../store/schema/control.ts';
import { seal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { changing } from './changing.ts';
import { effectiveVariables } from './effectiveVariables.ts';
import type { EffectiveVariable } from './effectiveVariables.ts';
import { misfitOf, NAME_RULE, typeOf, VARIABLE_NAME } from './variableValues.ts';
import type { VariableType } from './variableValues.ts';

export interface ShownVariable {
  readonly name: string;
  readonly type: VariableType;
  /** `{ secret: true }` for a secret. */
  readonly value: unknown;
  readonly description: string | null;
  readonly origin: EffectiveVariable['origin'];
  /** The organization that has set it; null: one above what the principal may reach. */
  readonly from: string | null;
}

/**
 * The variables that an organization has set itself, or, `effective`, those in force for it.
 *
 * @throws NotFoundError for an organization out of reach.
 */
export async function listVariables(
  store: Store,
  principal: Principal,
  { organization, effective }: { readonly organization: string; readonly effective: boolean },
): Promise<readonly ShownVariable[]> {
  await subtreeHolds(store, principal, organization);
  if (!effective) {
    const rows = await store.db
      .select()
      .from(variables)
      .where(and(eq(variables.organization, organization), within(principal, variables.organization)))
      .orderBy(asc(variables.name));
    return rows.map((row) => shown({ ...row, from: row.organization }));
  }
  const rows = await effectiveVariables(store, organization);
  const reached = await store.db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(within(principal, organizations.slug));
  const slugs = new Set(reached.map(({ slug }) => slug));
  return rows.map((row) => ({ ...shown(row), from: slugs.has(row.from) ? row.from : null }));
}

export interface SetVariable {
  readonly organization: string;
  readonly name: string;
  /** Default: what the value is, which is never a secret. */
  readonly type?: VariableType | undefined;
  readonly value: unknown;
  /** Left out, the one that is there stays. */
  readonly description?: string | null | undefined;
}

/**
 * Sets a variable of an organization.
 *
 * @throws SchemaError for a name or a value that cannot be, NotFoundError for an organization out of reach.
 */
export async function setVariable(
  store: Store,
  principal: Principal,
  set: SetVariable,
): Promise<ShownVariable> {
  const { organization, name, value } = set;
  const type = set.type ?? typeOf(value);
  await subtreeHolds(store, principal, organization);
  if (!VARIABLE_NAME.test(name))
    refuse('params.name', `"${name}" cannot be the name of a variable: ${NAME_RULE}`);
  const misfit = misfitOf(type, value);
  if (misfit !== null) refuse('body.value', `the value of ${name} cannot be set: ${misfit}`);
  const isSecret = type === 'secret';
  const row = {
    type,
    // Postgres has no -0.
    value: isSecret ? null : value === 0 ? 0 : value,
    sealedValue: isSecret ? await seal(store.key, value as string) : null,
    origin: 'manual' as const,
  };
  return await changing(store, async (tx) => {
    await subtreeHolds({ db: tx }, principal, organization);
    const [old] = await tx.select().from(variables).where(at(organization, name));
    const description = set.description === undefined ? (old?.description ?? null) : set.description;
    const [now] = await tx
      .insert(variables)
      .values({ organization, name, ...row, description })
      .onConflictDoUpdate({
        target: [variables.organization, variables.name],
        set: { ...row, description },
      })
      .returning();
    await audit(tx, principal, {
      action: 'variables.set',
      object: `variable ${organization}/${name}`,
      organization,
      before: old ? told(old) : null,
      after: told({ ...row, description }),
    });
    return shown({ ...now!, from: organization });
  });
}

/** @throws NotFoundError when the organization has not set it, or is out of reach. */
export async function unsetVariable(
  store: Store,
  principal: Principal,
  { organization, name }: { readonly organization: string; readonly name: string },
): Promise<ShownVariable> {
  await subtreeHolds(store, principal, organization);
  return await changing(store, async (tx) => {
    const [gone] = await tx
      .delete(variables)
      .where(and(at(organization, name), within(principal, variables.organization)))
      .returning();
    if (!gone) {
      throw new NotFoundError(
        `${organization} has not set a variable ${name}: see \`haloflow variables show --org ${organization} --effective\``,
      );
    }
    await audit(tx, principal, {
      action: 'variables.unset',
      object: `variable ${organization}/${name}`,
      organization,
      before: told(gone),
    });
    return shown({ ...gone, from: organization });
  });
}

const at = (organization: string, name: string) =>
  and(eq(variables.organization, organization), eq(variables.name, name));

function refuse(field: string, message: string): never {
  throw new SchemaError(message, { details: { field } });
}

type Row = Pick<EffectiveVariable, 'name' | 'type' | 'value' | 'description' | 'origin' | 'from'>;

function shown({ name, type, value, description, origin, from }: Row): ShownVariable {
  return { name, type, value: type === 'secret' ? { secret: true } : value, description, origin, from };
}

/** What the audit log may hold. */
function told({ type, value, description }: Pick<Row, 'type' | 'value' | 'description'>): object {
  return type === 'secret' ? { type, description } : { type, value, description };
}
