import type { Action } from '../actions/types.ts';
import { SchemaError } from '../errors.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes, showBytes } from '../sdk/size.ts';

/**
 * Keeps outputs out of history that Temporal would refuse.
 *
 * @throws SchemaError that says how to ask for less.
 */
export function checkSize(action: Action, output: unknown): void {
  const bytes = payloadBytes(output);
  if (bytes <= MAXIMUM_PAYLOAD_BYTES) return;
  const remedy = action.items
    ? 'name the properties you need with the option fields, or ask for fewer rows with limit'
    : action.download
      ? 'files over 1.4 MB cannot be handed to a workflow'
      : 'name the properties you need with the option fields';
  throw new SchemaError(`${action.id}: the output of ${showBytes(bytes)} is over Temporal's 2 MB: ${remedy}`);
}
