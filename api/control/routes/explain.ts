/** Whose credentials a call would use, and why. */
import { SchemaError } from '../../../errors.ts';
import { explainTo } from '../../../organizations/explainTo.ts';
import { OVERRIDE_FORM, overrideOf } from '../../../organizations/overrideText.ts';
import type { Override } from '../../../organizations/types.ts';
import { answer, failure, listOf, oneOf, orNull, text } from '../schema.ts';
import { route } from '../types.ts';

interface Query {
  readonly organization: string;
  readonly owner?: string;
  readonly use?: string;
  readonly triggerUse?: string;
  readonly fallback?: 'fail' | 'default';
}

export const explainRoutes = [
  route<object, Query>({
    id: 'credentials.explain',
    method: 'GET',
    path: '/explain',
    role: 'viewer',
    summary: 'Whose credentials a call for an organization would use, step by step',
    description:
      'Answers 200 also where there are none: `error` says why. What is not within your reach is like what does not exist; ' +
      'a connection above it that a mapping leads to is "a connection of an organization above".',
    query: {
      properties: {
        organization: text('the organization to act for, by its slug'),
        owner: text(
          'whose authority overrides spend; default: what your token may reach, or the root of the tree',
        ),
        use: text(`action override: ${OVERRIDE_FORM}`),
        triggerUse: text('the same at the level of a trigger'),
        fallback: oneOf(
          ['fail', 'default'],
          'when the override (of the action, or without one of the trigger) finds nothing; default fail',
        ),
      },
      optional: ['owner', 'use', 'triggerUse', 'fallback'],
    },
    reply: answer({
      connection: orNull(text('the id of the connection; null: none')),
      because: orNull(text('`own default`, `action override: mapping`, …')),
      steps: listOf(
        answer({
          level: text('owner, action override, trigger override, own default or connection'),
          rule: text('what was looked at'),
          result: text('what came of it'),
        }),
        'in the order in which they were taken',
      ),
      error: failure,
    }),
    handle: async ({ configuration }, { principal, query }) => {
      const { organization, owner } = query;
      const { decision, steps, error } = explainTo(principal, await configuration.current(), {
        organization,
        owner,
        ...overridesOf(query),
      });
      return {
        connection: decision?.connection.id ?? null,
        because: decision?.because ?? null,
        steps,
        error: error === null ? null : { type: 'ConfigurationError', message: error },
      };
    },
  }),
];

type Overrides = Readonly<Record<'actionOverride' | 'triggerOverride', Override | undefined>>;

function overridesOf({ use, triggerUse, fallback }: Query): Overrides {
  if (fallback !== undefined && use === undefined && triggerUse === undefined) {
    throw new SchemaError('fallback needs use or triggerUse: without an override nothing falls back', {
      details: { field: 'query.fallback' },
    });
  }
  const read = (field: 'use' | 'triggerUse', said: string | undefined, falls: boolean) => {
    if (said === undefined) return undefined;
    const override = overrideOf(said);
    if (override === null) {
      throw new SchemaError(`${field}: it has to be ${OVERRIDE_FORM}`, {
        details: { field: `query.${field}` },
      });
    }
    return falls && fallback ? { ...override, fallback } : override;
  };
  return {
    actionOverride: read('use', use, true),
    triggerOverride: read('triggerUse', triggerUse, use === undefined),
  };
}
