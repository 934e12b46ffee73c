/** Runs in Temporal's sandbox: log lines leave it by structured clone, which accepts no functions. */
import { cut, textOf } from '../texts.ts';
import { messageOf, typeOf } from './workflowFailures.ts';

/** The SDK's own list of pending log lines, which no interceptor receives. */
interface Activator {
  readonly sinkCalls: { args: unknown[]; workflowInfo: { readonly memo?: unknown } }[];
}

const DEEPEST = 20;
const LONGEST = 50_000;

/** Removes from pending log lines what would block the run. */
export function cleanLogs(): void {
  const { __TEMPORAL_ACTIVATOR__: activator } = globalThis as {
    readonly __TEMPORAL_ACTIVATOR__?: Activator;
  };
  for (const call of activator?.sinkCalls ?? []) {
    call.args = call.args.map((value) => cloneable(value));
    call.workflowInfo = { ...call.workflowInfo, memo: cloneable(call.workflowInfo.memo) };
  }
}

function cloneable(value: unknown, above: readonly unknown[] = []): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  if (above.length > DEEPEST) return '[nested too deep]';
  const inner = [...above, value];
  try {
    if (value instanceof Error) return cloneableError(value, inner);
    if (value instanceof Date || value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return value.map((one) => cloneable(one, inner));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cloneable(one, inner)]));
  } catch (error) {
    return `[cannot be read: ${cut(messageOf(error), 200)}]`;
  }
}

function cloneableError(error: Error, above: readonly unknown[]): Error {
  const copy = new Error(cut(messageOf(error), LONGEST));
  copy.name = typeOf(error);
  copy.stack = cut(textOf(error.stack ?? ''), LONGEST);
  if (error.cause !== undefined) copy.cause = cloneable(error.cause, above);
  return copy;
}
