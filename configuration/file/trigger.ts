/** The section `triggers`: its keys, and what can be said about a trigger from the file alone. */
import { isTriggerType, triggerTypes } from '../../triggers/catalogue/index.ts';
import type { TriggerDeclaration } from '../../triggers/catalogue/types.ts';
import { checkCriteria } from '../../triggers/criteria/check.ts';
import { didYouMean } from '../../nearest.ts';
import type { Override, Overrides, OverrideUse } from '../../organizations/types.ts';
import type { Criteria, Trigger, TriggerType } from '../../triggers/types.ts';
import { findNames } from '../options/names.ts';
import { data } from './data.ts';
import { objectReader } from './fromSchema.ts';
import { choice, flag, keyed, list, optional, record, required, text } from './readers.ts';
import type { Reader } from './readers.ts';
import { isHiddenIn } from './scope.ts';
import type { Scope, Spot } from './scope.ts';

/** A trigger as the file has it. */
export interface NamedTrigger extends Omit<Trigger, 'enabledAt' | 'sealedSecret' | 'type'> {
  /** Null for one that there is not, which is a problem already. */
  readonly type: TriggerType | null;
}

const typeName: Reader<TriggerType | null> = {
  blank: null,
  read(spot, scope) {
    const said = text.read(spot, scope);
    if (said === '' || isTriggerType(said)) return said === '' ? null : said;
    const known = Object.keys(triggerTypes);
    const message = scope.hidden.has(spot.path)
      ? 'the environment names a type of trigger that there is not.'
      : `there is no type of trigger "${said}".${didYouMean(said, known)}`;
    scope.report(spot, `${message} Known are: ${known.join(', ')}.`);
    return null;
  },
};

/** Read once the type is known. */
const later: Reader<Spot | null> = { blank: null, read: (spot) => spot };

type Fallback = NonNullable<Override['fallback']>;

const override = record({
  use: required(choice<OverrideUse>(['default', 'mapping', 'connection', 'name'])),
  connection: optional<string | null>(text, null),
  name: optional<string | null>(text, null),
  fallback: optional<Fallback | null>(choice<Fallback>(['fail', 'default']), null),
});

const overrides = record({ halo: optional<(typeof override)['blank'] | null>(override, null) });

const runFor = record({
  owner: optional(flag, true),
  organizations: optional(list(text), []),
  tags: optional(list(text), []),
  allClients: optional(flag, false),
});

const anyKey = (): null => null;
const variables = keyed(data, anyKey);

const keys = record({
  organization: required(text),
  type: required(typeName),
  connection: optional<string | null>(text, null),
  workflow: required(text),
  runAs: optional(choice<Trigger['runAs']>(['client', 'owner']), 'client'),
  runFor: optional(runFor, runFor.blank),
  overrides: optional(overrides, overrides.blank),
  criteria: optional(data, null),
  parameters: optional(later, null),
  variables: optional(variables, variables.blank),
  enabled: optional(flag, true),
});

/** A trigger without its id. */
export const trigger: Reader<Omit<NamedTrigger, 'id'>> = {
  blank: complete(keys.blank, { overrides: {}, parameters: {} }),
  read(spot, scope) {
    const row = keys.read(spot, scope);
    const declaration = row.type === null ? null : triggerTypes[row.type];
    const at = row.parameters ?? { path: `${spot.path}.parameters`, node: null, offset: spot.offset };
    const parameters = declaration ? readParameters(declaration, at, scope) : {};
    if (declaration && row.criteria !== null) {
      checkConditions(row.criteria, declaration.event(parameters), { path: `${spot.path}.criteria`, scope });
    }
    for (const one of findNames(Object.fromEntries(row.variables), 'data').misplaced) {
      scope.reportAt(`${spot.path}.variables`, one);
    }
    return complete(row, {
      overrides: readOverrides(row.overrides, `${spot.path}.overrides.halo`, scope),
      parameters,
    });
  },
};

function complete(
  row: (typeof keys)['blank'],
  read: { readonly overrides: Overrides; readonly parameters: Trigger['parameters'] },
): Omit<NamedTrigger, 'id'> {
  return {
    ...row,
    ...read,
    // Held against the event's schema above; with problems it is never written.
    criteria: row.criteria as Criteria | null,
    variables: Object.fromEntries(row.variables),
  };
}

function readParameters(
  { parameters: schema, check, normalise }: TriggerDeclaration,
  spot: Spot,
  scope: Scope,
): Trigger['parameters'] {
  const before = scope.problems.length;
  const parameters = objectReader(schema).read(spot, scope);
  if (scope.problems.length > before) return parameters;
  const problems = check?.(parameters) ?? [];
  for (const problem of problems) scope.reportAt(spot.path, problem);
  return problems.length === 0 && normalise ? normalise(parameters) : parameters;
}

/** One condition's problem may quote what stands beside it, so nothing is quoted where the environment has a part. */
function checkConditions(
  criteria: unknown,
  event: ReturnType<TriggerDeclaration['event']>,
  { path, scope }: { readonly path: string; readonly scope: Scope },
): void {
  const hidden = 'it does not fit the event; it is not quoted, because a value from the environment is in it';
  const { standIn, misplaced } = findNames(criteria, 'criteria');
  const said = new Set(misplaced.map((one) => one.path.join('.')));
  const others = checkCriteria(standIn, event).filter((one) => !said.has(one.path.join('.')));
  for (const problem of [...misplaced, ...others]) {
    scope.reportAt(path, isHiddenIn(scope.hidden, path) ? { ...problem, message: hidden } : problem);
  }
}

/** What belongs to `use` has to be there, and what belongs to another use must not. */
function readOverrides({ halo }: (typeof overrides)['blank'], path: string, scope: Scope): Overrides {
  if (halo === null) return {};
  const { use, connection, name, fallback } = halo;
  const needs = { connection, name } as const;
  for (const key of ['connection', 'name'] as const) {
    if (use === key && needs[key] === null) {
      const what = key === 'connection' ? 'the id of a connection' : "a part of a connection's id";
      scope.reportAt(path, { path: [], message: `"use: ${key}" needs "${key}", ${what}` });
    }
    if (use !== key && needs[key] !== null) {
      scope.reportAt(path, {
        path: [key],
        message: `"${key}" goes with "use: ${key}", not with "use: ${use}"`,
      });
    }
  }
  const chosen: Override = {
    use,
    ...(connection === null ? {} : { connection }),
    ...(name === null ? {} : { name }),
    ...(fallback === null ? {} : { fallback }),
  };
  return { halo: chosen };
}
