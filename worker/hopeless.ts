/**
 * Workflow tasks that would be given out again and again for ever, as Temporal has it when a worker cannot do them or the
 * server refuses what it answers. Nobody would see it: the run is `running`. Each of these ends its run instead, with the reason.
 */
import type { EventEmitter } from 'node:events';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { ProtoFailure } from '@temporalio/common';
import type { Worker } from '@temporalio/worker';
import { SchemaError, WorkerDiedError } from '../errors.ts';
import { terminatedBecause } from '../triggers/runEnds/ends.ts';
import { cut } from '../texts.ts';
import { createBlocking } from './blocking.ts';
import { refusalIn } from './refusal.ts';

/** Core's reason for evicting a run whose answer the server has refused (`EvictionReason.FATAL`), among others. */
const FATAL = 8;
const LONGEST_REASON = 2_000;
/** Where the last failure of a task is, from the end of a history. */
const LATEST_EVENTS = 20;

/** As far as they are used here, of the SDK's `lib/workflow/interface`. */
interface Activation {
  readonly jobs?: readonly { readonly queryWorkflow?: unknown }[] | null;
  readonly isReplaying?: boolean | null;
}
interface Completion {
  readonly runId?: string | null;
  readonly failed?: { readonly failure?: ProtoFailure | null } | null;
  readonly successful?: unknown;
}
interface Workflow {
  activate(activation: Activation): Promise<Completion>;
}
interface Creator {
  createWorkflow(options: { readonly info: Execution }): Promise<Workflow>;
}
interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}
interface Eviction {
  readonly runId: string;
  readonly evictJob: { readonly reason?: number | null };
}

/** To be called before the worker runs. The SDK has no place for this of its own (1.24). */
export function endHopeless(worker: Worker, client: Client): void {
  const creator = Reflect.get(worker, 'workflowCreator') as Creator;
  const evictions = Reflect.get(worker, 'evictionsEmitter') as EventEmitter;
  /** Runs whose last answer came to nothing. */
  const refused = new Set<string>();
  const blocking = createBlocking();
  evictions.on('eviction', ({ runId, evictJob }: Eviction) => {
    if (evictJob.reason === FATAL) refused.add(runId);
  });

  async function activate(
    execution: Execution,
    activation: Activation,
    answer: () => Promise<Completion>,
  ): Promise<Completion> {
    const { runId } = execution;
    const since = { cpu: process.cpuUsage(), wall: performance.now() };
    const completion = await answer();
    if (isQuery(activation)) return completion;
    const replays = activation.isReplaying === true;
    const { failure } = completion.failed ?? {};
    if (failure && isTimeOut(failure)) {
      const { user, system } = process.cpuUsage(since.cpu);
      const took = { cpuMs: (user + system) / 1_000, wallMs: performance.now() - since.wall };
      const times = blocking.note(runId, took);
      if (times === null) return completion;
      const failure = blocked(times);
      // The count stays: Temporal may refuse an answer that comes too late, because others blocked the thread before.
      if (!replays) return end(runId, failure);
      await terminate(client, execution, failure);
      blocking.clear(runId);
      return completion;
    }
    if (replays) {
      // Core takes no commands while it replays, so that nothing but the end from outside is left.
      if (failure && isUnhandled(failure)) await terminate(client, execution, unhandled(failure));
      return completion;
    }
    blocking.clear(runId);
    if (failure) return isUnhandled(failure) ? end(runId, unhandled(failure)) : completion;
    if (!refused.has(runId)) return completion;
    const reason = await refusalOf(client, execution);
    refused.delete(runId);
    return reason === null ? completion : end(runId, application(SchemaError.name, reason));
  }

  const create = creator.createWorkflow.bind(creator);
  creator.createWorkflow = async (options) => {
    const { workflowId, runId } = options.info;
    const workflow = await create(options);
    const answer = workflow.activate.bind(workflow);
    workflow.activate = async (activation) =>
      await activate({ workflowId, runId }, activation, async () => await answer(activation));
    return workflow;
  };
}

const isQuery = ({ jobs }: Activation): boolean => jobs?.some(({ queryWorkflow }) => queryWorkflow) === true;

/** Node's words, of what runs for longer than the SDK lets it. */
const isTimeOut = ({ message }: ProtoFailure): boolean =>
  message?.startsWith('Script execution timed out') === true;

/** The SDK's words. What authors throw is never the failure of a task: workflowInterceptors.ts makes it that of the run. */
const isUnhandled = ({ message }: ProtoFailure): boolean =>
  message?.startsWith('Unhandled Promise rejection: ') === true;

/** The completion of a task that ends its run. */
function end(runId: string, failure: ProtoFailure): Completion {
  return { runId, successful: { commands: [{ failWorkflowExecution: { failure } }] } };
}

/** Ends a run from outside; its row will have failed with this error. */
async function terminate(
  client: Client,
  { workflowId, runId }: Execution,
  { message, applicationFailureInfo }: ProtoFailure,
): Promise<void> {
  const type = applicationFailureInfo?.type ?? 'Error';
  const reason = terminatedBecause({ type, message: cut(message ?? '', LONGEST_REASON) });
  try {
    await client.workflow.getHandle(workflowId, runId).terminate(reason);
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

function application(type: string, message: string, more: ProtoFailure = {}): ProtoFailure {
  return { ...more, message, source: 'haloflow', applicationFailureInfo: { type, nonRetryable: true } };
}

const blocked = (times: number): ProtoFailure =>
  application(
    WorkerDiedError.name,
    `the workflow kept all others of its worker waiting for 5 s, ${times} times in a row: a loop without an end, or one ` +
      'without an await; do such work in steps',
  );

/** The failure that nobody awaited, as if the workflow had thrown it. */
function unhandled({ cause, message }: ProtoFailure): ProtoFailure {
  let root = cause ?? undefined;
  while (root && !root.applicationFailureInfo && root.cause) root = root.cause;
  // Plain errors are only named in their stack.
  const [, name] = /^(\w*Error)\b/.exec(root?.stackTrace ?? '') ?? [];
  const type = root?.applicationFailureInfo?.type || name || 'Error';
  const text = root?.message ?? message ?? '';
  return application(
    type,
    `${text} (in a promise that nothing awaits: await it, or catch what it fails with)`,
    cause ? { cause, stackTrace: cause.stackTrace ?? '' } : {},
  );
}

/** What Temporal said when it refused the last answer; null when that was not about what the workflow asked for. */
async function refusalOf(client: Client, { workflowId, runId }: Execution): Promise<string | null> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: LATEST_EVENTS,
  });
  return refusalIn(history?.events ?? []);
}
