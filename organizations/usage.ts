/** What hangs on a connection: triggers that name it, and mappings on it. */
import { eq, or, sql } from 'drizzle-orm';
import { within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { mappings } from '../store/schema/configuration.ts';
import { triggers } from '../store/schema/triggers.ts';
import type { Transaction } from './changing.ts';

export interface Usage {
  /** Ids of those that the principal may see. */
  readonly triggers: readonly string[];
  /** How many more there are. */
  readonly otherTriggers: number;
  /** Organizations, in the order of the alphabet. */
  readonly mappings: readonly string[];
}

/** Who uses a connection now. */
export async function usageOf(tx: Transaction, principal: Principal, connection: string): Promise<Usage> {
  const naming = await tx
    .select({
      id: triggers.id,
      visible: sql<boolean>`coalesce(${within(principal, triggers.organization)}, false)`,
    })
    .from(triggers)
    .where(
      or(
        eq(triggers.connection, connection),
        sql`${triggers.overrides} -> 'halo' ->> 'connection' = ${connection}`,
      ),
    )
    .orderBy(triggers.id);
  const mapped = await tx
    .select({ organization: mappings.organization })
    .from(mappings)
    .where(eq(mappings.connection, connection))
    .orderBy(mappings.organization);
  const visible = naming.filter((row) => row.visible).map(({ id }) => id);
  return {
    triggers: visible,
    otherTriggers: naming.length - visible.length,
    mappings: mapped.map(({ organization }) => organization),
  };
}

/** At most so many names are in a message. */
const SHOWN = 10;

/** `triggers a, b and 3 more`, or nothing. */
export const names = (what: string, all: readonly string[]): string[] =>
  all.length === 0
    ? []
    : [
        `${what} ${all.slice(0, SHOWN).join(', ')}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''}`,
      ];

/** In words, for a refusal; empty when nothing uses it. */
export function describeUsage(usage: Usage): string {
  const { otherTriggers } = usage;
  return [
    ...names('triggers', usage.triggers),
    ...(otherTriggers > 0 ? [`${otherTriggers} triggers of organizations that you cannot see`] : []),
    ...names('mappings of', usage.mappings),
  ].join('; ');
}
