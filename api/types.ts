/** What the intake of deliveries needs from the rest of haloflow. */
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import type { TriggerReader } from '../triggers/registry.ts';

export interface Intake {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  /** Decides and starts what these events start, as far as it can now; the others stay pending for the dispatchers. */
  readonly dispatch: (ids: readonly number[]) => Promise<unknown>;
  /** For the results of runs. */
  readonly client: Client;
}

/** The same inside the server. */
export interface Serving extends Intake {
  /** Aborted when the server is about to close. */
  readonly closing: AbortSignal;
  readonly log: FastifyBaseLogger;
}
