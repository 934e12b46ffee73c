import { activityInfo } from '@temporalio/activity';
import { eq } from 'drizzle-orm';
import { isRunId, notStarted } from '../calls/unknownRun.ts';
import { clientFor, readConfiguration } from '../organizations/configuration.ts';
import { findConnection } from '../organizations/resolve.ts';
import { tagsFor } from '../organizations/runFor.ts';
import { descendants } from '../organizations/tree.ts';
import type { Overrides } from '../organizations/types.ts';
import type { OrganizationBelow } from '../sdk/organizations.ts';
import { runs } from '../store/schema/runs.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_ATTEMPTS, toFailure } from './failure.ts';
import { currentRun } from './runHeader.ts';

/**
 * The activity behind `organizations.below()`: the tree below the run's organization, as the run may see it.
 *
 * @throws ApplicationFailure only, with the error's class name as type (worker/failure.ts).
 */
export function createBelow(store: Store): () => Promise<OrganizationBelow[]> {
  return async function below(): Promise<OrganizationBelow[]> {
    try {
      return await retrying(() => listBelow(store, currentRun()?.run));
    } catch (error) {
      // It waits for no budget, so that each of Temporal's attempts is a try.
      throw toFailure(error, { reached: activityInfo().attempt, allowed: DEFAULT_ATTEMPTS });
    }
  };
}

async function listBelow(store: Store, id: string | undefined): Promise<OrganizationBelow[]> {
  const [run] = isRunId(id) ? await store.db.select().from(runs).where(eq(runs.id, id)) : [];
  if (!run) throw notStarted('organizations.below');
  const configuration = await readConfiguration(store);
  const connection = findConnection(configuration, {
    organization: run.organization,
    owner: run.owner,
    triggerOverride: (run.overrides as Overrides).halo,
  });
  return descendants(configuration, run.organization).map((organization) => ({
    slug: organization.slug,
    name: organization.name,
    tags: tagsFor(configuration, run.owner, organization),
    enabled: organization.enabled,
    client: connection && clientFor(configuration, connection.id, organization.slug),
  }));
}
