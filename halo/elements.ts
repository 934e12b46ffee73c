import { HaloflowError } from '../errors.ts';
import type { HaloflowErrorOptions } from '../errors.ts';
import { isObject } from './json.ts';

export interface ElementRun {
  readonly elements: readonly unknown[];
  readonly send: (element: unknown) => Promise<unknown>;
  /** Told how many are done, between elements. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Sends the elements of an array input one after the other and returns what came back, in order. When one fails,
 * the error says which, and how many were done before; it is then no longer retryable, as the done ones would be
 * written again.
 */
export async function eachElement({ elements, send, onProgress }: ElementRun): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for (const [index, element] of elements.entries()) {
    if (index > 0) onProgress?.(index);
    try {
      results.push(await send(element));
    } catch (error) {
      throw error instanceof HaloflowError
        ? elementFailure(error, { results, total: elements.length })
        : error;
    }
  }
  return results;
}

type ErrorClass = new (message: string, options: HaloflowErrorOptions) => HaloflowError;

function elementFailure(
  error: HaloflowError,
  { results, total }: { results: readonly unknown[]; total: number },
): HaloflowError {
  const done = results.length;
  const doneIds = results.map((result) => (isObject(result) ? (result['id'] ?? null) : null));
  const { status, retryAfterMs } = error;
  // Every class of errors.ts is made from a message and options.
  const Same = error.constructor as ErrorClass;
  return new Same(`element ${done + 1} of ${total} (${done} done before): ${error.message}`, {
    cause: error,
    retryable: error.retryable && done === 0,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    details: { ...error.details, element: done, done, doneIds },
  });
}
