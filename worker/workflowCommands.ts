/**
 * Runs in Temporal's sandbox: the last check of the commands of a workflow task. Everything that leaves a workflow passes
 * here. A command that Temporal refuses would block the run for ever, so it fails the run here, with the reason.
 */
import { workflowInfo } from '@temporalio/workflow';
import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { showBytes } from '../sdk/size.ts';
import { cut } from '../texts.ts';
import { encodedBytes } from './encoded.ts';
import { failureConverter } from './workflowFailures.ts';
import { payloadConverter, refusal, tooLarge } from './workflowValues.ts';

type Commands = Parameters<NonNullable<WorkflowInternalsInterceptor['concludeActivation']>>[0]['commands'];
type Command = Commands[number];

/** Temporal accepts 4 MiB in one message; the difference is for what the core adds. */
const LARGEST_TASK = 4_000_000;
/** The same of the payloads of one command, where Temporal accepts 2 MiB. */
const LARGEST_COMMAND = 2_097_000;
/** What the core adds to a command, in bytes. */
const ENVELOPE = 200;
/** Of a failure with a reason, in bytes. */
const LARGEST_REASON = 100_000;
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
  const refused = firstRefused(commands);
  if (refused === null) return commands;
  const failure = failureConverter.errorToFailure(refused.reason, payloadConverter, {
    type: 'workflow',
    namespace: workflowInfo().namespace,
    workflowId: workflowInfo().workflowId,
  });
  return [...answers(commands, refused.command), { failWorkflowExecution: { failure } }];
}

/** Those that are sent nevertheless, as far as they fit. */
function answers(commands: Commands, refused: Command | null): Commands {
  let left = LARGEST_TASK - LARGEST_REASON;
  return commands.filter((command) => {
    if (command === refused || !ANSWERS.some((kind) => command[kind])) return false;
    left -= ENVELOPE + encodedBytes(command);
    return left >= 0;
  });
}

interface Refused {
  readonly reason: Error;
  /** Null where it is all of them together. */
  readonly command: Command | null;
}

function firstRefused(commands: Commands): Refused | null {
  let total = 0;
  for (const command of commands) {
    const reason = problemOf(command, '');
    if (reason) return { reason, command };
    const encoded = encodedBytes(command);
    const bytes = payloadBytesOf(command, encoded);
    if (bytes > LARGEST_COMMAND) return { reason: refusal(whatOf(command), tooLarge(bytes)), command };
    total += ENVELOPE + encoded;
  }
  const reason = tooMany(commands, total);
  return reason && { reason, command: null };
}

function tooMany(commands: Commands, total: number): Error | null {
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
  if (command.failWorkflowExecution) return 'the error';
  if (command.setPatchMarker) return 'the id of a patch';
  if (command.continueAsNewWorkflowExecution) return 'the arguments to continue with';
  if (command.signalExternalWorkflowExecution) return 'the arguments of a signal';
  if (command.modifyWorkflowProperties) return 'the memo';
  if (child) return `the arguments of the child ${cut(child.workflowType ?? '', 100)}`;
  if (activity) return `the input of ${cut(activity.activityType ?? '', 100)}`;
  return 'a value from the workflow';
}

/** What counts as payloads: everything but the texts of the command itself, which have limits of their own. */
function payloadBytesOf(command: Command, encoded: number): number {
  const { patchId } = command.setPatchMarker ?? {};
  // It is stored as JSON, where some characters take six bytes.
  if (patchId) return encodedBytes(JSON.stringify(patchId));
  const parts = Object.values(command).filter((part) => typeof part === 'object' && part !== null);
  const texts = parts.flatMap((part) => Object.values(part as object).filter(isText));
  return encoded - texts.reduce((bytes, text) => bytes + encodedBytes(text), 0);
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Looks for names and limits that Temporal refuses. */
function problemOf(value: unknown, key: string): Error | null {
  if (isText(value)) return badName(key, value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null;
  if (key.endsWith('Timeout') && isNegative(value)) return refusal(`the time limit ${key}`, 'is negative');
  if (Array.isArray(value) && value.includes(undefined)) {
    return refusal('a list of arguments', 'has gaps: give each place a value, at least undefined');
  }
  for (const [name, inner] of Object.entries(value)) {
    const problem =
      (key === 'indexedFields' ? badAttribute(name, inner) : null) ??
      problemOf(inner, Array.isArray(value) ? key : name);
    if (problem) return problem;
  }
  return null;
}

function badName(key: string, name: string): Error | null {
  // It would come back mended, and a replay would not know it again.
  if (key === 'patchId' && !name.isWellFormed())
    return refusal('the id of a patch', 'holds half a character');
  const what = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
  if (what === undefined) return null;
  // An empty id or queue means Temporal's own choice in some commands; an author's is never empty.
  if (name === '') return refusal(what, 'is empty');
  const bytes = name.length * 3 <= LONGEST_NAME ? 0 : encodedBytes(name);
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
