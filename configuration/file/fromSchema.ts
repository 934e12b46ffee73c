/** Readers for what a trigger type declares as JSON Schema. */
import type { TriggerDeclaration } from '../../triggers/catalogue/types.ts';
import { choice, flag, list, optional, record, required, text, whole } from './readers.ts';
import type { Field, Reader } from './readers.ts';

type JsonSchema = TriggerDeclaration['parameters'];

/**
 * Reads a closed object and fills its defaults in.
 *
 * @throws Error for a schema that has no reader: of keywords that trigger types do not use.
 */
export function objectReader(schema: JsonSchema): Reader<Readonly<Record<string, unknown>>> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const needed = (schema['required'] ?? []) as readonly string[];
  return record<Readonly<Record<string, unknown>>>(
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, fieldOf(property, needed.includes(name))]),
    ),
  );
}

function fieldOf(schema: JsonSchema, isNeeded: boolean): Field<unknown> {
  const reader = readerOf(schema);
  if (isNeeded) return required(reader);
  return optional(reader, 'default' in schema ? schema['default'] : reader.blank);
}

function readerOf(schema: JsonSchema): Reader<unknown> {
  const [type] = [schema['type']].flat().filter((name) => name !== 'null');
  if (type === 'boolean') return flag;
  if (type === 'integer') return whole(schema['minimum'] as number, schema['maximum'] as number);
  if (type === 'string') return stringReader(schema);
  if (type === 'array') return arrayReader(schema);
  if (type === 'object') return objectReader(schema);
  throw new Error(`no reader for ${JSON.stringify(schema)}`);
}

function stringReader({ enum: words, pattern }: JsonSchema): Reader<string> {
  if (Array.isArray(words)) return choice(words as [string, ...string[]]);
  if (typeof pattern !== 'string') return text;
  const form = new RegExp(pattern, 'u');
  return {
    blank: '',
    read(spot, scope) {
      const said = text.read(spot, scope);
      if (said !== '' && !form.test(said)) scope.report(spot, `expected a text that matches ${pattern}`);
      return said;
    },
  };
}

function arrayReader({ items, minItems = 0 }: JsonSchema): Reader<readonly unknown[]> {
  const reader = list(readerOf(items as JsonSchema));
  return {
    blank: reader.blank,
    read(spot, scope) {
      const before = scope.problems.length;
      const values = reader.read(spot, scope);
      if (values.length < (minItems as number) && scope.problems.length === before) {
        scope.report(spot, 'the list is empty; name at least one');
      }
      return values;
    },
  };
}
