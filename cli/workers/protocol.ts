/** What `haloflow start` and the processes of its worker tell each other. */
import type { MetricObject } from 'prom-client';
import type { TemporalConnectionOptions } from '../../engine/rpc.ts';
import type { Task } from '../../worker/tasks.ts';
import type { Part } from '../../worker/worker.ts';

/** What a process does; its arguments. */
export interface Role {
  readonly part: Part;
  /** One task at a time. */
  readonly oneAtATime: boolean;
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
  | { readonly say: 'ready' }
  | { readonly say: 'took' | 'ended' | 'failing' | 'blocked'; readonly task: Task }
  | { readonly say: 'metrics'; readonly metrics: readonly MetricObject[] }
  /** It ends now, and why. */
  | { readonly say: 'failed'; readonly name: string; readonly message: string };

export const BEAT_EVERY_MS = 500;
