/** What `haloflow start` and the processes of its worker tell each other. */
import type { MetricObject } from 'prom-client';
import type { TemporalConnectionOptions } from '../../engine/rpc.ts';
import type { KeptBundles } from './bundles.ts';
import type { Task } from '../../worker/tasks.ts';
import type { Part } from '../../worker/worker.ts';

/** What a process does; its argument, as JSON. */
export interface Role {
  readonly part: Part;
  /** One task at a time. */
  readonly oneAtATime: boolean;
  /** What an earlier process has bundled; null: it does that itself, and says so. */
  readonly bundles: KeptBundles | null;
}

/** What it works with. A message and no argument, since a URL may hold a password. */
export interface Surroundings {
  readonly database: { readonly url: string; readonly embedded: boolean };
  readonly temporal: { readonly connection: TemporalConnectionOptions; readonly namespace: string };
}

export type ToWorker =
  | { readonly say: 'begin'; readonly with: Surroundings }
  | { readonly say: 'metrics' }
  | { readonly say: 'stop' };

export type FromWorker =
  /** Its event loop turns. */
  | { readonly say: 'beat' }
  | { readonly say: 'bundled'; readonly bundles: KeptBundles }
  | { readonly say: 'ready' }
  | { readonly say: 'took' | 'ended' | 'failing'; readonly task: Task }
  | { readonly say: 'metrics'; readonly metrics: readonly MetricObject[] }
  /** It ends now, and why. */
  | { readonly say: 'failed'; readonly name: string; readonly message: string };

export const BEAT_EVERY_MS = 500;
