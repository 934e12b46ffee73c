/**
 * Runs in Temporal's sandbox: the last check of the commands of a workflow task. Everything that leaves a workflow passes
 * here. A command that Temporal refuses would block the run for ever, so it fails the run here, with the reason.
 */
import { workflowInfo } from '@temporalio/workflow';
import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { showBytes } from '../sdk/size.ts';
import { cut } from '../texts.ts';
import { failureConverter } from './workflowFailures.ts';
import { LARGEST_PAYLOAD, payloadConverter, refusal, tooLarge } from './workflowValues.ts';

type Commands = Parameters<NonNullable<WorkflowInternalsInterceptor['concludeActivation']>>[0]['commands'];
type Command = Commands[number];

/** Temporal accepts 4 MiB in one message; the difference is for what the core adds. */
const LARGEST_TASK = 4_000_000;
/** The size of a command without the author's data, in bytes. */
const ENVELOPE = 200;
const LONGEST_NAME = 1_000;
const LARGEST_ATTRIBUTE = 2_048;
/** Temporal's limit of pending calls, for one run, and of each other kind. */
const MOST_AT_ONCE = 2_000;

const LIMITED = [
  ['scheduleActivity', 'calls'],
  ['startChildWorkflowExecution', 'children'],
  ['signalExternalWorkflowExecution', 'signals'],
  ['requestCancelExternalWorkflowExecution', 'cancellations of other runs'],
] as const;

/** Fields that Temporal treats as names or ids, and an author's words for them. */
const NAMES: Readonly<Record<string, string>> = {
  activityType: 'the name of an activity',
  workflowType: "the name of a child's workflow",
  workflowId: 'a workflow id',
  signalName: 'the name of a signal',
  taskQueue: 'the name of a task queue',
};

/** Commands with an answer to a caller, or with a version of the code: they are sent even if the run fails. */
const ANSWERS = ['respondToQuery', 'updateResponse', 'setPatchMarker'] as const;

/**
 * Returns the commands, or, if Temporal would refuse one, a command that fails the run with a SchemaError with the
 * reason.
 */
export function acceptable(commands: Commands): Commands {
  const reason = refused(commands);
  if (reason === null) return commands;
  const failure = failureConverter.errorToFailure(reason, payloadConverter, {
    type: 'workflow',
    namespace: workflowInfo().namespace,
    workflowId: workflowInfo().workflowId,
  });
  return [
    ...commands.filter((command) => ANSWERS.some((kind) => command[kind])),
    { failWorkflowExecution: { failure } },
  ];
}

function refused(commands: Commands): Error | null {
  let total = 0;
  for (const command of commands) {
    const seen: Seen = { bytes: ENVELOPE, payloads: 0, problem: null };
    look(command, '', seen);
    if (seen.problem) return seen.problem;
    if (seen.payloads > LARGEST_PAYLOAD) return refusal(whatOf(command), tooLarge(seen.payloads));
    total += seen.bytes;
  }
  if (total > LARGEST_TASK) {
    return refusal(
      `${commands.length} calls or children at once`,
      `pass ${showBytes(total)}, but Temporal accepts 4 MB in one step: wait for some of them before you start the next, or pass less`,
    );
  }
  for (const [kind, what] of LIMITED) {
    const count = commands.filter((command) => command[kind]).length;
    if (count > MOST_AT_ONCE) {
      return refusal(
        `${count} ${what} at once`,
        `exceed the ${MOST_AT_ONCE} that Temporal allows for one run: start them in groups, and wait for each group`,
      );
    }
  }
  return null;
}

function whatOf(command: Command): string {
  const { startChildWorkflowExecution: child, scheduleActivity: activity } = command;
  if (command.completeWorkflowExecution) return 'the result';
  if (command.continueAsNewWorkflowExecution) return 'the arguments to continue with';
  if (command.signalExternalWorkflowExecution) return 'the arguments of a signal';
  if (command.modifyWorkflowProperties) return 'the memo';
  if (child) return `the arguments of the child ${cut(child.workflowType ?? '', 100)}`;
  if (activity) return `the input of ${cut(activity.activityType ?? '', 100)}`;
  return 'a value from the workflow';
}

interface Seen {
  bytes: number;
  /** Bytes of payloads alone. */
  payloads: number;
  problem: Error | null;
}

/** Walks through a command as it will be encoded. */
function look(value: unknown, key: string, seen: Seen): void {
  if (seen.problem) return;
  if (typeof value === 'string') {
    seen.bytes += value.length;
    seen.problem = badName(key, value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Uint8Array) {
    seen.bytes += value.length;
    seen.payloads += value.length;
    return;
  }
  if (Array.isArray(value)) {
    for (const one of value) look(one, key, seen);
    return;
  }
  if (key.endsWith('Timeout') && isNegative(value)) {
    seen.problem = refusal(`the time limit ${key}`, 'is negative');
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (key === 'indexedFields') seen.problem ??= badAttribute(name, inner);
    seen.bytes += name.length;
    look(inner, name, seen);
  }
}

function badName(key: string, name: string): Error | null {
  // It would come back mended, and a replay would not know it again.
  if (key === 'patchId' && !name.isWellFormed())
    return refusal('the id of a patch', 'holds half a character');
  const what = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
  if (what === undefined) return null;
  // An empty id or queue means Temporal's own choice in some commands; an author's is never empty.
  if (name === '') return refusal(what, 'is empty');
  const bytes = name.length * 3 <= LONGEST_NAME ? 0 : new TextEncoder().encode(name).length;
  if (bytes <= LONGEST_NAME) return null;
  return refusal(`${what}, ${cut(name, 60)},`, `has ${bytes} bytes: Temporal accepts ${LONGEST_NAME}`);
}

function badAttribute(name: string, payload: unknown): Error | null {
  const bytes = (payload as { readonly data?: Uint8Array | null } | null)?.data?.length ?? 0;
  if (bytes <= LARGEST_ATTRIBUTE) return null;
  return refusal(
    `the search attribute ${cut(name, 100)}`,
    `has ${bytes} bytes: Temporal accepts ${LARGEST_ATTRIBUTE}`,
  );
}

/** Of protobuf's durations. */
function isNegative({ seconds, nanos }: { readonly seconds?: unknown; readonly nanos?: unknown }): boolean {
  return Number(seconds ?? 0) < 0 || Number(nanos ?? 0) < 0;
}
