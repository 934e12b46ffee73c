/** What the intake of deliveries needs from the rest of haloflow. */
import type { FastifyBaseLogger } from 'fastify';
import type { MetricObject } from 'prom-client';
import type { ConfigurationFile } from '../configuration/file/scope.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Connector } from '../organizations/connector.ts';
import type { Store } from '../store/store.ts';
import type { HaloAccess } from '../triggers/haloPort.ts';
import type { Starter } from '../triggers/start.ts';
import type { TriggerReader } from '../triggers/registry.ts';
import type { EventRow } from '../triggers/types.ts';

export interface Intake {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  /**
   * Decides and starts what these events start, as far as it can now, and answers with their rows and those made from
   * them; what stays pending is left to the dispatchers.
   */
  readonly dispatch: (ids: readonly number[]) => Promise<readonly EventRow[]>;
  readonly halo: HaloAccess;
  readonly connector: Connector;
  /** What a configuration file is held against beside the store. */
  readonly files: Pick<ConfigurationFile, 'normaliseServer' | 'workflowNames'>;
  /** Temporal: runs that are started, and their results. */
  readonly starter: Starter;
  /** What stores deliveries, if not the parts that answer API requests. */
  readonly deliveries?: Pick<Intake, 'store' | 'configuration' | 'triggers'>;
  /** The worker processes, if there are any beside this one. */
  readonly workers?: WatchedWorkers;
}

/** As `/readyz` and `/metrics` see them. */
export interface WatchedWorkers {
  areWell(): boolean;
  /** Their metrics. */
  metrics(): Promise<readonly MetricObject[]>;
}

/** The same inside the server. */
export interface Serving extends Intake {
  /** Aborted when the server is about to close. */
  readonly closing: AbortSignal;
  readonly log: FastifyBaseLogger;
}
