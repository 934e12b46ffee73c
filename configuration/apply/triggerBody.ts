/** The fields of one trigger as a request has them: read like those in a file, and its problems told by the request's fields. */
import { stringify } from 'yaml';
import type { Trigger } from '../../triggers/types.ts';
import { ConfigurationError, SchemaError } from '../../errors.ts';
import { triggerFields } from '../export/trigger.ts';
import { isPlain } from '../export/values.ts';
import type { Problem } from '../file/problems.ts';
import { readContent } from '../file/read.ts';
import type { FileContent } from '../file/read.ts';
import { NOTHING } from './rows.ts';

/** What a trigger is made of. */
export type TriggerFields = Omit<Trigger, 'id' | 'enabledAt' | 'sealedSecret'>;

/** As they were sent: their shapes are checked here. */
export type GivenFields = Readonly<Partial<Record<keyof TriggerFields, unknown>>>;

export interface TriggerBody {
  readonly id: string;
  /** Of a trigger that is changed with what stays as it is. */
  readonly fields: GivenFields;
  readonly content: FileContent;
}

const DEFAULTS: GivenFields = {
  connection: null,
  runAs: 'client',
  runFor: {},
  overrides: {},
  criteria: null,
  parameters: {},
  variables: {},
  enabled: true,
};

/** More than readers take: what is nested deeper, or has more values, costs nobody the time to read it. */
const DEPTH = 40;
const VALUES = 12_000;

/** Reads the fields of a trigger that may stand on a stored one; what is in them is `content.problems`. */
export function readBody(id: string, given: GivenFields, stored: GivenFields = DEFAULTS): TriggerBody {
  refuseUnreadable(given);
  // Those of another type are others.
  const isOtherType = given.type !== undefined && given.type !== stored.type;
  const fields = { ...stored, ...(isOtherType ? { parameters: {} } : {}), ...given };
  const content = readContent({
    file: 'body',
    // Criteria, parameters and variables are of any shape here, as in a file.
    text: stringify(
      { triggers: { [id]: triggerFields(fields as Trigger) } },
      { lineWidth: 0, aliasDuplicateObjects: false },
    ),
    env: {},
    normaliseServer: (text) => text,
  });
  return {
    id,
    fields,
    content: { ...content, ...NOTHING, triggers: content.triggers, placeOf: (path) => path },
  };
}

/** What JSON can say and no file: said before it is read. */
function refuseUnreadable(given: GivenFields): void {
  let values = 0;
  const walk = (part: unknown, field: string, depth: number): void => {
    values += 1;
    if (values > VALUES)
      throw refusal(SchemaError, [{ field: 'body', message: `more than ${VALUES} values` }]);
    if (depth > DEPTH) throw refusal(SchemaError, [{ field, message: 'it is nested too deep' }]);
    if (!Array.isArray(part) && !isPlain(part)) return;
    for (const [key, inner] of Object.entries(part)) walk(inner, `${field}.${key}`, depth + 1);
  };
  walk(given, 'body', 0);
}

interface FieldProblem {
  /** `body.criteria.all.0.field` */
  readonly field: string;
  readonly message: string;
}

/** The error for what is wrong with the fields themselves. */
export const illFormed = (body: TriggerBody, problems: readonly Problem[]): SchemaError =>
  refusal(SchemaError, fieldsOf(body, problems));

/** The error for what does not fit what there is. */
export const unfit = (body: TriggerBody, problems: readonly Problem[]): ConfigurationError =>
  refusal(ConfigurationError, fieldsOf(body, problems));

function refusal<E extends SchemaError | ConfigurationError>(
  kind: new (message: string, options: { details: object & Readonly<Record<string, unknown>> }) => E,
  errors: readonly FieldProblem[],
): E {
  const message = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new kind(message, { details: { errors } });
}

const fieldsOf = ({ id, fields }: TriggerBody, problems: readonly Problem[]): FieldProblem[] =>
  problems.map(({ message }) => {
    const start = `triggers.${id}`;
    return message.startsWith(start)
      ? locate(message.slice(start.length), fields, 'body')
      : { field: 'body', message };
  });

/**
 * Follows the path that a message starts with, `.criteria.all.1.field: …`, through what it is about: keys may have
 * dots and colons in them, and a file counts from 1.
 */
function locate(said: string, part: unknown, field: string): FieldProblem {
  if (!said.startsWith('.')) return { field, message: said.replace(/^: /, '') };
  const rest = said.slice(1);
  const keys = Array.isArray(part) ? part.map((_, index) => `${index + 1}`) : Object.keys(part ?? {});
  const key =
    keys
      .filter((one) => rest.startsWith(one) && /^[.:]/.test(rest.slice(one.length)))
      .toSorted((a, b) => b.length - a.length)[0] ?? /^[^.:]*/.exec(rest)![0];
  const own = Array.isArray(part) ? `${Number(key) - 1}` : key;
  const inner = (part as Readonly<Record<string, unknown>> | null | undefined)?.[own];
  return locate(rest.slice(key.length), inner, `${field}.${own}`);
}
