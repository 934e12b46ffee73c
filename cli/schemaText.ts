/** JSON Schemas as what people meet first: the properties of one record or row. */
import { recordSchema } from '../actions/schemas.ts';
import type { JsonSchema } from '../actions/types.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
}

export interface PropertyLine {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** Worth showing unasked: it says what it is for, and it is for people who write workflows. */
  readonly met: boolean;
}

function typeOf(node: Node): string {
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (node.$ref) return 'object';
  const types = [node.type ?? 'any'].flat().filter((type) => type !== 'null');
  return types.map((type) => (type === 'array' && node.items ? `${typeOf(node.items)}[]` : type)).join(' | ');
}

/** Descriptions that only give a format, and in an input those of what Halo fills in itself. */
const SAYS_LITTLE = { input: /^$|^ISO 8601|Answered by Halo/, output: /^$|^ISO 8601/ } as const;

/** Every property of the record that a schema describes: required ones first, then in the schema's order. */
export function propertyLines(schema: JsonSchema, kind: 'input' | 'output'): readonly PropertyLine[] {
  const { properties = {}, required = [] } = recordSchema(schema).record as Node;
  const lines = Object.entries(properties).map(([name, node]) => {
    const { description = '' } = node;
    const isRequired = required.includes(name);
    const met = isRequired || (!SAYS_LITTLE[kind].test(description) && !name.startsWith('_'));
    return { name, type: typeOf(node), required: isRequired, description, met };
  });
  return [...lines.filter((line) => line.required), ...lines.filter((line) => !line.required)];
}
