import { bundle, definition } from '../../actions/schemas.ts';
import type { JsonSchema } from '../../actions/types.ts';

/** The mapped organization that an event is about, which every event may name. */
const organization: JsonSchema = {
  description: 'The organization that the event is about, by its id; null where none is mapped.',
  type: ['string', 'null'],
};

/**
 * The schema of an event with these properties and, where it has one, its organization. Properties refer to
 * `definitions` by `$ref: '#/definitions/<name>'`.
 */
export function eventSchema(
  title: string,
  properties: Readonly<Record<string, JsonSchema>>,
  parts: {
    readonly definitions?: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  },
): JsonSchema {
  const { definitions = {}, required } = parts;
  const schema = {
    title,
    type: 'object',
    properties: { ...properties, organization },
    required: [...required],
  };
  return bundle(schema, definitions);
}

/** The schemas of Halo's records, as the actions answer them, by name: `Ticket` and the like. */
export function recordDefinitions(...names: readonly string[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(names.map((name) => [name, definition(name)]));
}

/** A record in an event schema. */
export function record(name: string, description: string): JsonSchema {
  // What stands beside a `$ref` does not count (draft-07).
  return { description, allOf: [{ $ref: `#/definitions/${name}` }] };
}
