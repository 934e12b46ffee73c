/** How errors speak of what a schema expects and of what was found, without giving secrets away. */
import type { JsonSchema } from './types.ts';

const TYPES: Readonly<Record<string, string>> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

const SECRET = /secret|password|passwd|token|credential|api_?key|private_?key|data_base64/i;

/** What a schema wants, as the end of a sentence: `an integer or null`. */
export function expectation(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (Array.isArray(schema.anyOf)) {
    const branches = (schema.anyOf as readonly JsonSchema[]).map(expectation);
    return [...new Set(branches)].join(' or ');
  }
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type ?? []].flat()) as readonly string[];
  const limits = [
    schema.minLength === undefined ? '' : ' that is not empty',
    schema.maxLength === undefined ? '' : ` of at most ${JSON.stringify(schema.maxLength)} characters`,
    typeof schema.pattern === 'string' ? ` that matches ${schema.pattern}` : '',
  ].join('');
  const wanted = types.map((type) => (type === 'string' ? TYPES.string + limits : (TYPES[type] ?? type)));
  return wanted.length === 0 ? 'an object' : wanted.join(' or ');
}

/** What was found: its type and, unless it is long or a secret by its name, its value. */
export function quote(value: unknown, name: string | number = ''): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string' && (SECRET.test(String(name)) || value.length > 80)) {
    return `a string of ${value.length} characters`;
  }
  if (SECRET.test(String(name))) return `a ${typeof value}`;
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${value}`;
  return `a ${typeof value}`;
}
