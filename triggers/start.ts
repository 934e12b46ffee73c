import { randomUUID } from 'node:crypto';
import { ServiceError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { eq } from 'drizzle-orm';
import { runsStarted } from '../calls/metrics.ts';
import { registerRun } from '../calls/record.ts';
import { ConfigurationError, SchemaError } from '../errors.ts';
import { clientFor } from '../organizations/configuration.ts';
import { findConnection } from '../organizations/resolve.ts';
import { isAtOrBelow } from '../organizations/tree.ts';
import type { Configuration, Overrides } from '../organizations/types.ts';
import type { RunHeader } from '../sdk/header.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes, showBytes } from '../sdk/size.ts';
import { runs } from '../store/schema/runs.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { startingRun } from './client.ts';

const ORG_ID = defineSearchAttributeKey('OrgId', 'KEYWORD');
const OWNER_ID = defineSearchAttributeKey('OwnerId', 'KEYWORD');
const TRIGGER_ID = defineSearchAttributeKey('TriggerId', 'KEYWORD');

/** What a start needs: the store for the run's row, a client whose starts carry headers, the queue of runs. */
export interface Starter {
  readonly store: Store;
  /** Made by `createClient`. */
  readonly client: Client;
  readonly taskQueue: string;
  /** The client shares its connection with a worker of this process, which may take the first task at once. */
  readonly eager: boolean;
}

/** What the workflow ids of triggers' runs begin with, so that installations may share a namespace; default nothing. */
export function idPrefix({ taskQueue }: Pick<Starter, 'taskQueue'>): string {
  return taskQueue.replace(/runs$/, '');
}

export interface RunRequest {
  readonly workflow: string;
  readonly args: readonly unknown[];
  readonly organization: string;
  /** Whose authority the overrides spend: the organization or one above it. */
  readonly owner: string;
  readonly overrides: Overrides;
  readonly trigger?: string;
  /** `smoke`, `cli`, `trigger`, …: kept in the run's row and, unless it is given, part of its workflow id. */
  readonly startedBy: string;
  /**
   * Ids that are known before the start, so that a second try starts the same run or finds it started: of the run's row,
   * and of the workflow, which Temporal then accepts once only.
   */
  readonly fixed?: { readonly run: string; readonly workflowId: string };
  /** Id of the event that starts it. */
  readonly event?: number;
  /** The run that it repeats. */
  readonly rerunOf?: string;
}

export interface StartedRun {
  /** Id of the run's row. */
  readonly run: string;
  readonly workflowId: string;
  readonly handle: WorkflowHandle;
  /** False when an earlier try has started it already. */
  readonly isNew: boolean;
}

const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
/**
 * gRPC's CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE: Temporal may have started the run, which
 * then needs its row.
 */
const MAYBE_STARTED: ReadonlySet<number | undefined> = new Set([1, UNKNOWN, 4, 10, 13, 14]);

/** The gRPC status behind a failed start; undefined where Temporal was not asked, or had the workflow already. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof ServiceError)) return undefined;
  return (error.cause as { code?: number } | undefined)?.code ?? UNKNOWN;
}

function checkWho(configuration: Configuration, { organization, owner }: RunRequest): void {
  for (const slug of [organization, owner]) {
    if (!configuration.organizations.some((candidate) => candidate.slug === slug)) {
      throw new ConfigurationError(
        `unknown organization ${slug}: name one that \`haloflow apply\` has created`,
      );
    }
  }
  if (!isAtOrBelow(configuration, organization, owner)) {
    throw new ConfigurationError(
      `organization ${organization} is not below ${owner}: the owner has to be the organization itself or one above it`,
    );
  }
  if (
    configuration.organizations.some((candidate) => candidate.slug === organization && !candidate.enabled)
  ) {
    throw new ConfigurationError(
      `organization ${organization} is disabled: nothing runs for it until it is enabled`,
    );
  }
}

/** Temporal's own refusal would name neither the size nor what to do. */
function checkArguments({ workflow, args }: RunRequest): void {
  const bytes = payloadBytes(args);
  if (bytes <= MAXIMUM_PAYLOAD_BYTES) return;
  throw new SchemaError(
    `${workflow}: the input of ${showBytes(bytes)} is over the 2 MB that a run can be started with: send less at once (a file of at most 1.4 MB)`,
  );
}

function newIds({ organization, startedBy, workflow }: RunRequest): NonNullable<RunRequest['fixed']> {
  const run = randomUUID();
  return { run, workflowId: `o/${organization}/${startedBy}/${workflow}/${run}` };
}

/** A run's row before it is started. */
export interface NewRun {
  readonly id: string;
  readonly workflowId: string;
  readonly workflow: string;
  readonly owner: string;
  readonly organization: string;
  readonly trigger: string | null;
  readonly overrides: Overrides;
  readonly startedBy: string;
  readonly input: readonly unknown[];
  readonly event: number | null;
  readonly rerunOf: string | null;
}

/**
 * The row of a run that may be started.
 *
 * @throws SchemaError for arguments over 2 MB, ConfigurationError for an organization that is unknown, disabled, or not
 * the owner's.
 */
export function prepareRun(configuration: Configuration, request: RunRequest): NewRun {
  checkWho(configuration, request);
  checkArguments(request);
  const { organization, owner, overrides, workflow, startedBy } = request;
  const { run: id, workflowId } = request.fixed ?? newIds(request);
  return {
    id,
    workflowId,
    workflow,
    owner,
    organization,
    trigger: request.trigger ?? null,
    overrides,
    startedBy,
    input: request.args,
    event: request.event ?? null,
    rerunOf: request.rerunOf ?? null,
  };
}

/** Halo's client id of the organization on the connection that its calls use by default, or null. */
export function defaultClient(
  configuration: Configuration,
  { organization, owner, overrides }: Pick<NewRun, 'organization' | 'owner' | 'overrides'>,
): number | null {
  const connection = findConnection(configuration, { organization, owner, triggerOverride: overrides.halo });
  return connection && clientFor(configuration, connection.id, organization);
}

/**
 * Starts the workflow of a run whose row is there; the workflow's header names the row. With `once`, Temporal accepts the
 * workflow id a single time: a repeat finds the run, under way or ended (`isNew` false).
 *
 * @throws ConfigurationError for what Temporal refuses for good, such as a server that is not set up for haloflow (its
 * search attributes); the Temporal client's own errors otherwise.
 */
export async function launchRun(
  { client, taskQueue, eager }: Starter,
  configuration: Configuration,
  run: NewRun,
  { once }: { readonly once: boolean },
): Promise<StartedRun> {
  const { id, workflowId, workflow, organization, owner, trigger } = run;
  const header: RunHeader = {
    run: id,
    organization,
    owner,
    trigger,
    client: defaultClient(configuration, run),
  };
  try {
    const handle = await startingRun(header, () =>
      client.workflow.start(workflow, {
        workflowId,
        taskQueue,
        args: [...run.input],
        requestEagerStart: eager,
        // With the conflict policy unset, a run under way is refused like one that has ended.
        ...(once ? { workflowIdReusePolicy: 'REJECT_DUPLICATE' as const } : {}),
        priority: { fairnessKey: organization },
        typedSearchAttributes: [
          { key: ORG_ID, value: organization },
          { key: OWNER_ID, value: owner },
          ...(trigger === null ? [] : [{ key: TRIGGER_ID, value: trigger }]),
        ],
      }),
    );
    runsStarted.inc({ workflow });
    return { run: id, workflowId, handle, isNew: true };
  } catch (error) {
    if (once && error instanceof WorkflowExecutionAlreadyStartedError) {
      return { run: id, workflowId, handle: client.workflow.getHandle(workflowId), isNew: false };
    }
    if (statusOf(error) !== INVALID_ARGUMENT) throw error;
    throw new ConfigurationError(
      `Temporal refused to start ${workflow}: ${(error as ServiceError).cause?.message}`,
      { cause: error },
    );
  }
}

/** Whether the start may have happened all the same, so that the run needs its row. */
export function maybeStarted(error: unknown): boolean {
  return MAYBE_STARTED.has(statusOf(error));
}

/**
 * Starts one run: first its row, the authority of its calls, then the workflow, whose header names the row.
 *
 * @throws as {@link prepareRun} and {@link launchRun}.
 */
export async function startRun(
  starter: Starter,
  configuration: Configuration,
  request: RunRequest,
): Promise<StartedRun> {
  const once = request.fixed !== undefined;
  return await startPrepared(starter, configuration, prepareRun(configuration, request), { once });
}

/** Starts what `prepareRun` made; throws as {@link launchRun}. */
export async function startPrepared(
  starter: Starter,
  configuration: Configuration,
  run: NewRun,
  { once = false }: { readonly once?: boolean } = {},
): Promise<StartedRun> {
  const { store } = starter;
  await registerRun(store, run);
  try {
    return await launchRun(starter, configuration, run, { once });
  } catch (error) {
    // A row without a run is harmless, a run without its row is not.
    if (!once && !maybeStarted(error)) {
      await retrying(() => store.db.delete(runs).where(eq(runs.id, run.id))).catch(() => undefined);
    }
    throw error;
  }
}
