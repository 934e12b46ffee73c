/** The section `variables`: a value, or what says more of one. */
import { isMap, isScalar } from 'yaml';
import {
  misfitOf,
  NAME_RULE,
  typeOf,
  variableTypes,
  VARIABLE_NAME,
} from '../../organizations/variableValues.ts';
import type { VariableType } from '../../organizations/variableValues.ts';
import type { LookupKind } from '../options/kinds.ts';
import { namedAs, nameableKinds, standInOf } from '../options/names.ts';
import type { NamedId } from '../options/names.ts';
import { data } from './data.ts';
import { isReference } from './environment.ts';
import { prose } from './prose.ts';
import { choice, optional, record, SECRET_IN_CLEAR, substituted, text } from './readers.ts';
import type { Reader } from './readers.ts';
import { isHiddenIn } from './scope.ts';
import type { Scope, Spot } from './scope.ts';

/** What a variable is looked up by; without a connection in the Halo of its organization. */
export type NamedOption = Omit<NamedId, 'path'> & { readonly connection?: string };

/** A variable as the file has it, without its organization and name. */
export interface NamedValue {
  readonly type: VariableType;
  /** Null for a secret; anything while it is to be looked up. */
  readonly value: unknown;
  readonly named?: NamedOption;
  /** In clear; null for what is none. */
  readonly secret: string | null;
  readonly description: string | null;
}

export const checkVariableName = (key: string): string | null =>
  VARIABLE_NAME.test(key) ? null : `"${key}" cannot be the name of a variable: ${NAME_RULE}`;

/** As `secret` of readers.ts, and of several lines, as keys in PEM are. */
const anySecret: Reader<string | null> = {
  blank: null,
  read(spot, scope) {
    const { node } = spot;
    if (isScalar(node) && typeof node.value === 'string' && isReference(node.value)) {
      return substituted(node.value, spot, scope)?.value ?? null;
    }
    scope.report(spot, SECRET_IN_CLEAR);
    return null;
  },
};

const keys = record({
  value: optional<unknown>(data, undefined),
  secret: optional<string | null>(anySecret, null),
  type: optional<VariableType | null>(choice<VariableType>(variableTypes), null),
  halo: optional<LookupKind | null>(choice<LookupKind>(nameableKinds), null),
  name: optional<string | null>(text, null),
  connection: optional<string | null>(text, null),
  description: optional<string | null>(prose, null),
});

const blank: NamedValue = { type: 'text', value: null, secret: null, description: null };

/**
 * `urgentPriority: 1`, `apiKey: { secret: ${API_KEY} }`, `limits: { value: {…}, type: json }`,
 * `team: { halo: teams, name: Service Desk }`.
 */
export const variable: Reader<NamedValue> = {
  blank,
  read(spot, scope) {
    const before = scope.problems.length;
    const isLong = isMap(spot.node);
    const row = isLong ? keys.read(spot, scope) : { ...keys.blank, value: data.read(spot, scope) };
    if (scope.problems.length > before) return blank;
    if (row.halo !== null || row.name !== null || row.connection !== null) return lookedUp(row, spot, scope);
    const place = `${spot.path}.value`;
    // What came from the environment is hidden under the name that plans have for it.
    if (!isLong && isHiddenIn(scope.hidden, spot.path)) scope.hidden.add(place);
    const { secret: inClear, description } = row;
    const read = row.type === 'json' ? (row.value ?? null) : row.value;
    const value = row.type !== null && scope.hidden.has(place) ? typed(row.type, read) : read;
    const type = row.type ?? (inClear === null ? typeOf(value) : 'secret');
    const problem = problemOf({ type, value, secret: inClear }, row.type === 'json');
    if (problem !== null) {
      scope.report(spot, problem);
      return blank;
    }
    return { type, value: inClear === null ? value : null, secret: inClear, description };
  },
};

/** `{ halo: priorities, name: Critical }`: the id, once Halo has been asked. */
function lookedUp(row: (typeof keys)['blank'], spot: Spot, scope: Scope): NamedValue {
  const { halo: kind, name, connection, value, secret: inClear, type, description } = row;
  if (kind === null || name === null || value !== undefined || inClear !== null || type !== null) {
    scope.report(
      spot,
      'what Halo has a name for is written { halo: priorities, name: Critical }, with "connection" and "description" beside it at most',
    );
    return blank;
  }
  const named = { ...namedAs(kind), name };
  if (scope.hidden.has(`${spot.path}.name`)) scope.hidden.add(`${spot.path}.value`);
  return {
    type: named.isText ? 'text' : 'number',
    value: standInOf(named),
    named: { ...named, ...(connection === null ? {} : { connection }) },
    secret: null,
    description,
  };
}

/** `mayBeNull`: where the file says that JSON is meant, null is a value. */
function problemOf(
  { type, value, secret: inClear }: Omit<NamedValue, 'description' | 'named'>,
  mayBeNull: boolean,
): string | null {
  const hasValue = mayBeNull || (value !== undefined && value !== null);
  if ((type === 'secret') !== (inClear !== null)) {
    return 'a secret is written { secret: ${NAME} }, and has no other type than secret';
  }
  if (inClear !== null && hasValue) return 'it has a "value" and a "secret": one of them';
  if (inClear === null && !hasValue) {
    return 'there is no value: write one, { secret: ${NAME} }, or { value: …, type: json }';
  }
  return misfitOf(type, inClear ?? value);
}

/** The environment holds nothing but texts. */
function typed(type: VariableType, value: unknown): unknown {
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  const isNumber = type === 'number' && typeof value === 'string' && value.trim() !== '';
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : value;
}
