import { sql } from 'drizzle-orm';
import { ConfigurationError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { organizations } from '../store/schema/configuration.ts';
import { events } from '../store/schema/events.ts';
import { runs } from '../store/schema/runs.ts';
import type { Store } from '../store/store.ts';

/** Refuses a name that no organization has or had: one that is deleted has left events or runs. */
export async function checkOrganizationName(store: Store, slug: string): Promise<void> {
  const all = await store.db.select({ slug: organizations.slug }).from(organizations);
  const known = all.map((organization) => organization.slug);
  if (known.includes(slug)) return;
  const { rows } = await store.db.execute(sql`
    select 1 where exists (select 1 from ${events} where ${events.organization} = ${slug})
      or exists (select 1 from ${runs} where ${runs.organization} = ${slug})`);
  if (rows.length === 0) {
    throw new ConfigurationError(
      `unknown organization ${slug}.${didYouMean(slug, known)} Name one that \`haloflow apply\` has created`,
    );
  }
}
