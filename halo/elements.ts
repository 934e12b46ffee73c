import { HaloflowError } from '../errors.ts';
import type { HaloflowErrorOptions } from '../errors.ts';
import { isObject } from './json.ts';

export interface ElementRun {
  readonly elements: readonly unknown[];
  readonly send: (element: unknown, index: number) => Promise<unknown>;
  /** Told how many are done, between elements. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Sending all of them again leaves out those that are done. */
  readonly repeatable?: boolean;
}

/**
 * Sends the elements of an array input one after the other and returns what came back, in order. When one fails,
 * the error says which, and how many were done before; unless they are `repeatable` it is then no longer retryable,
 * as the done ones would be written again.
 */
export async function eachElement(run: ElementRun): Promise<readonly unknown[]> {
  const { elements, send, onProgress, repeatable = false } = run;
  const results: unknown[] = [];
  for (const [index, element] of elements.entries()) {
    if (index > 0) onProgress?.(index);
    try {
      results.push(await send(element, index));
    } catch (error) {
      throw error instanceof HaloflowError
        ? elementFailure(error, { results, total: elements.length, repeatable })
        : error;
    }
  }
  return results;
}

type ErrorClass = new (message: string, options: HaloflowErrorOptions) => HaloflowError;

function elementFailure(
  error: HaloflowError,
  run: { results: readonly unknown[]; total: number; repeatable: boolean },
): HaloflowError {
  const { results, total, repeatable } = run;
  const done = results.length;
  const doneIds = results.map((result) => (isObject(result) ? (result['id'] ?? null) : null));
  const { status, retryAfterMs } = error;
  // Every class of errors.ts is made from a message and options.
  const Same = error.constructor as ErrorClass;
  return new Same(`element ${done + 1} of ${total} (${done} done before): ${error.message}`, {
    cause: error,
    retryable: error.retryable && (repeatable || done === 0),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    details: { ...error.details, element: done, done, doneIds },
  });
}
