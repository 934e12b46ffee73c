/** Pieces of the routes' schemas. */
import type { Fields, Schema } from './types.ts';

/** Nothing that the text of a field is stored in takes U+0000. */
const TEXT = { type: 'string', pattern: '^[^\\u0000]*$' } as const;
const LINE = { pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]*$' } as const;
const SLUG = { type: 'string', pattern: '^[a-z0-9-]{1,40}$' } as const;

/** What a text that does not fit a pattern is told. */
export const inWords: Readonly<Record<string, string>> = {
  [TEXT.pattern]: 'must not hold the character U+0000',
  [LINE.pattern]: 'must be one line, and not blank',
  [SLUG.pattern]: 'must be 1 to 40 lower-case letters (a to z), digits and hyphens',
};

export const text = (description: string, more: Schema = {}): Schema => ({
  ...TEXT,
  minLength: 1,
  maxLength: 255,
  description,
  ...more,
});

/** Text of one line, as configuration files have it. */
export const line = (description: string): Schema => text(description, LINE);

/** An organization's slug, a trigger's or a connection's id. */
export const slug = (description: string): Schema => ({
  ...SLUG,
  description,
});

export const whole = (description: string, more: Schema = {}): Schema => ({
  type: 'integer',
  minimum: 0,
  maximum: 2 ** 53 - 1,
  description,
  ...more,
});

export const flag = (description: string): Schema => ({ type: 'boolean', description });

export const oneOf = (values: readonly string[], description: string): Schema => ({
  type: 'string',
  enum: [...values],
  description,
});

export const moment = (description: string): Schema => ({ type: 'string', format: 'date-time', description });

export const orNull = (schema: Schema): Schema => ({
  ...schema,
  type: [schema['type'], 'null'].flat(),
});

export const listOf = (items: Schema, description = ''): Schema => ({ type: 'array', items, description });

/** Any JSON. */
export const anything = (description: string): Schema => ({ description });

/** A closed object. */
export const object = (fields: Fields): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties: fields.properties,
  required:
    fields.optional === 'all'
      ? []
      : Object.keys(fields.properties).filter((name) => !(fields.optional ?? []).includes(name)),
});

/** A reply: what it has beyond what is described is not cut off, and texts are as long as they are. */
export const answer = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  additionalProperties: true,
  properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, unbounded(one)])),
});

function unbounded({ minLength: _least, maxLength: _most, ...schema }: Schema): Schema {
  const { items } = schema;
  return typeof items === 'object' ? { ...schema, items: unbounded(items as Schema) } : schema;
}

/** Who wrote a row last. */
export const origin = oneOf(
  ['file', 'manual', 'demo'],
  'who wrote it last: an applied file, a person, or the demo; the next apply of a file that names it brings back what that says',
);

/** Why something failed; null: it did not. */
export const failure = orNull(
  answer({ type: text('its class, as docs/errors.md lists them'), message: text('what to do') }),
);

/** How lists are paged: `limit`, and where the page before ended. */
export const paging = {
  limit: whole('at most so many', { minimum: 1, maximum: 200, default: 50 }),
  cursor: text('`next` of the page before'),
} as const;

/** What a page answers beside its rows. */
export const next = {
  type: ['string', 'null'],
  description: 'the cursor of the next page, null at the end',
} as const;
