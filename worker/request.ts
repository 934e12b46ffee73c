import type { Action } from '../actions/types.ts';
import { SchemaError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import type { CallRequest } from '../sdk/options.ts';

const isPositiveInteger = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

const isList = (action: Action): boolean => action.items !== undefined || action.method === '*';

/** Each option: what it has to be, in words and as a test, and which actions take it. */
const rules: Readonly<
  Record<
    keyof CallRequest,
    {
      readonly is: string;
      readonly fits: (value: unknown) => boolean;
      readonly only?: { readonly for: string; readonly takes: (action: Action) => boolean };
    }
  >
> = {
  all: {
    is: 'true or false',
    fits: (value) => typeof value === 'boolean',
    only: { for: 'lists', takes: isList },
  },
  limit: {
    is: 'a positive integer',
    fits: isPositiveInteger,
    only: {
      for: 'lists and report previews',
      takes: (action) => isList(action) || action.errorKey !== undefined,
    },
  },
  fields: {
    is: 'an array of property names, at least one',
    fits: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((name) => typeof name === 'string' && name !== ''),
  },
  extra: {
    is: 'an object',
    fits: isObject,
    only: { for: 'writes', takes: (action) => action.method === 'POST' && action.effect !== 'read' },
  },
  once: {
    is: 'a text of 1 to 200 characters',
    fits: (value) => typeof value === 'string' && value !== '' && value.length <= 200,
    only: {
      for: 'actions that create',
      takes: (action) => ['create', 'upsert'].includes(action.effect),
    },
  },
  lane: {
    is: 'interactive, normal or bulk',
    fits: (value) => ['interactive', 'normal', 'bulk'].includes(value as string),
  },
  attempts: { is: 'a positive integer', fits: isPositiveInteger },
  using: { is: 'an override such as { use: "mapping" }', fits: isObject },
  secrets: {
    is: 'an array of names of secrets',
    fits: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  as: { is: 'the slug of an organization', fits: (value) => typeof value === 'string' && value !== '' },
};

/**
 * Holds the options of a call against what they may be.
 *
 * @throws SchemaError naming every option that is unknown, of the wrong kind, or not for this action.
 */
export function checkRequest(action: Action, request: CallRequest): void {
  const problems = Object.entries(request).flatMap(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof CallRequest] : undefined;
    if (!rule) return [`unknown option ${name} (there are ${Object.keys(rules).join(', ')})`];
    if (!rule.fits(value)) return [`option ${name} must be ${rule.is}`];
    if (rule.only && !rule.only.takes(action)) return [`option ${name} is for ${rule.only.for} only`];
    return [];
  });
  if (problems.length > 0) throw new SchemaError(`${action.id}: ${problems.join('; ')}`);
}
