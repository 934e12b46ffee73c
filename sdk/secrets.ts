/** Markers of secrets: which of them a workflow has made itself, so that none is smuggled in with data from outside. */
import { ApplicationFailure } from '@temporalio/workflow';

/** A text for the action that gets it; `{ $secret: name }` wherever else somebody looks. */
export type SecretText = string & { readonly $secret: string };

// Module state is per run: Temporal gives every execution module instances of its own.
const made = new WeakSet<object>();

export function markSecret(name: string): SecretText {
  const marker = { $secret: name };
  Object.defineProperty(marker, 'toString', {
    value: () => {
      throw ApplicationFailure.nonRetryable(
        `the secret "${name}" cannot be a part of a text: let it be the whole value of a property`,
        'SchemaError',
      );
    },
  });
  made.add(marker);
  // An action takes it where it takes a text.
  return marker as unknown as SecretText;
}

/**
 * The names of the secrets that stand in what an action is called with.
 *
 * @throws Error for one that `variables.secret` has not made: whoever can send a workflow data could have it send a
 * secret to Halo.
 */
export function secretsIn(args: readonly unknown[]): readonly string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    // Bytes have as many values as they are long, and no marker among them.
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (Object.hasOwn(value, '$secret')) {
      if (!made.has(value)) {
        throw new TypeError(
          'the input holds "$secret", and not as variables.secret() of this workflow has made it: call it where the value belongs',
        );
      }
      names.add((value as { readonly $secret: string }).$secret);
      return;
    }
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(args);
  return [...names];
}
