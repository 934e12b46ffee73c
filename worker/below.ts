import { ApplicationFailure } from '@temporalio/common';
import { eq } from 'drizzle-orm';
import { clientFor, readConfiguration } from '../organizations/configuration.ts';
import { explain } from '../organizations/resolve.ts';
import { descendants } from '../organizations/tree.ts';
import type { Overrides } from '../organizations/types.ts';
import type { OrganizationBelow } from '../sdk/organizations.ts';
import { runs } from '../store/schema/runs.ts';
import type { Store } from '../store/store.ts';
import { currentRun } from './runHeader.ts';

/** The activity behind `organizations.below()`: the tree below the run's organization, as the run may see it. */
export function createBelow(store: Store): () => Promise<OrganizationBelow[]> {
  return async function below(): Promise<OrganizationBelow[]> {
    const id = currentRun()?.run;
    const [run] = id ? await store.db.select().from(runs).where(eq(runs.id, id)) : [];
    if (!run) {
      throw ApplicationFailure.nonRetryable(
        'this workflow was not started through haloflow, so it has no organization',
        'ConfigurationError',
      );
    }
    const configuration = await readConfiguration(store);
    const { decision } = explain(configuration, {
      organization: run.organization,
      owner: run.owner,
      triggerOverride: (run.overrides as Overrides).halo,
    });
    return descendants(configuration, run.organization).map(({ slug, name, tags, enabled }) => ({
      slug,
      name,
      tags,
      enabled,
      client: decision && clientFor(configuration, decision.connection.id, slug),
    }));
  };
}
