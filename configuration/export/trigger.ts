/** A trigger as the configuration file has it. */
import type { Trigger } from '../../triggers/types.ts';
import { given, isPlain, literal } from './values.ts';
import type { Values } from './values.ts';

/** Parameters in full: what a later version takes for granted may be something else. */
export function triggerFields(row: Trigger): Values {
  const { organization: owner, type, connection: id, workflow, runAs, enabled } = row;
  return given(
    {
      organization: owner,
      type,
      connection: id,
      workflow: literal(workflow),
      runAs,
      runFor: given(literal(row.runFor), { owner: true, organizations: [], tags: [], allClients: false }),
      overrides: literal(row.overrides),
      criteria: literal(row.criteria),
      parameters: withoutNulls(literal(row.parameters)),
      variables: literal(row.variables),
      enabled,
    },
    { runAs: 'client', runFor: {}, overrides: {}, parameters: {}, variables: {}, enabled: true },
  );
}

/** In parameters null is left out at every level: none of them has it but as its default. */
function withoutNulls(value: unknown): unknown {
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}
