/** Values that operators set: a trigger's, then those of the organization that the run works for. */
import { ApplicationFailure } from '@temporalio/workflow';
import { call } from './call.ts';
import { ACTIVITIES } from './known.ts';
import { markSecret } from './secrets.ts';
import type { SecretText } from './secrets.ts';

const SHAPE = 'the name of a variable is a text that is not empty';

export const variables = {
  /**
   * The value of a variable: the trigger's own (as it was when the run was started), or else the one in force for the
   * organization that the run works for, which inherits what is set above it. Never a secret's.
   *
   * @throws ActivityFailure, whose cause has the type `ConfigurationError` for a name that nobody has set, and for a
   * secret.
   */
  get: <Value = unknown>(name: string): Promise<Value> => call(ACTIVITIES.variable, { name }),

  /**
   * Stands for a secret, alone as the value of any property in the input of an action, or of `extra`: `{ $secret: name }`
   * in the run's history. Its value is put in right before the request, of the organization that the call is made for,
   * and blanked out in what Halo answers. Nothing is looked up here.
   */
  secret(name: string): SecretText {
    if (typeof name !== 'string' || name === '') throw ApplicationFailure.nonRetryable(SHAPE, 'SchemaError');
    return markSecret(name);
  },
};
