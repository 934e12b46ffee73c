/** One record created in Halo from outside of workflows: through a run, so that the write ledger sees to it once. */
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { findOrganization } from '../organizations/tree.ts';
import type { Configuration } from '../organizations/types.ts';
import { ConfigurationError } from '../errors.ts';
import { startRun } from './start.ts';
import type { Starter } from './start.ts';

export interface CreateOnce {
  /** Its owner's authority and budget are used. */
  readonly connection: string;
  /** An action's id: `clients.create`. */
  readonly action: string;
  readonly input: unknown;
  /** The business key: with the same one nothing is created a second time, whoever tries, and its record is answered. */
  readonly once: string;
  readonly startedBy: string;
  /** How long the run's end is waited for; it goes on by itself after that. */
  readonly waitMs: number;
}

/**
 * The record that Halo has created, now or at an earlier try.
 *
 * @throws ConfigurationError when the run cannot start, has failed, or has not ended in time
 */
export async function createOnce(
  starter: Starter,
  configuration: Configuration,
  { connection, action, input, once, startedBy, waitMs }: CreateOnce,
): Promise<unknown> {
  const owner = configuration.connections.find(({ id }) => id === connection)?.organization;
  if (owner === undefined || !findOrganization(configuration, owner)) {
    throw new ConfigurationError(`connection ${connection} does not exist`);
  }
  const { workflowId, handle } = await startRun(starter, configuration, {
    workflow: 'runAction',
    args: [{ action, input, options: { once }, using: { use: 'connection', connection } }],
    organization: owner,
    owner,
    overrides: {},
    startedBy,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `${workflowId} has not ended yet: it goes on, do the same again later to learn how it ended`;
    timer = setTimeout(() => reject(new ConfigurationError(message)), waitMs);
  });
  try {
    return await Promise.race([handle.result(), late]);
  } catch (error) {
    const cause = reasonOf(error);
    if (cause === error) throw error;
    const { type, message } = cause as { readonly type?: string; readonly message: string };
    throw new ConfigurationError(`${type ?? 'Error'}: ${message}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** What the action said, not that the workflow failed. */
function reasonOf(error: unknown): unknown {
  const isWrapping = error instanceof WorkflowFailedError || error instanceof ActivityFailure;
  return isWrapping && error.cause ? reasonOf(error.cause) : error;
}
