/** The TypeScript types of everything that goes into an action and comes out of it. */
import { compile } from 'json-schema-to-typescript';
import { catalogue } from '../../actions/index.ts';
import { definitions, nameOf, recordSchema } from '../../actions/schemas.ts';
import type { Action, JsonSchema } from '../../actions/types.ts';

const HEADER =
  '/* Generated from actions/resources and actions/schemas by `npm run generate`. Do not edit. */\n';

type Properties = Readonly<Record<string, JsonSchema>>;

const actions = [...catalogue.values()];

/** Records that an action answers always have their id; the same records inside others may lack it. */
const answered = new Set(
  actions.map(({ output }) => schemaName(output)).filter((name) => 'id' in propertiesOf(name)),
);

/** One interface per definition, shared by all that refer to it, and the write types of each record. */
export async function recordTypes(): Promise<string> {
  const parts = [...definitions].map(([name, schema]) => [typeName(name), forTypes(schema)] as const);
  const root = { type: 'object', properties: {}, definitions: Object.fromEntries(parts) };
  const text = await compile(root as never, 'Root', {
    bannerComment: HEADER,
    additionalProperties: false,
    unreachableDefinitions: true,
    format: false,
  });
  const upserts = actions.filter(({ effect, input }) => effect === 'upsert' && 'oneOf' in input);
  // Tickets, opportunities and projects are one record with one set of write types.
  const byRecord = new Map(upserts.map((action) => [schemaName(action.output), action]));
  return [
    withoutNoise(text),
    ...[...answered].map((name) => `export interface ${name} extends ${name}Fields {\n  id: number;\n}\n`),
    ...[...byRecord.values()].flatMap(writeTypes),
  ].join('');
}

/** The interface `Actions`: the function that each id stands for. */
export function actionTypes(): string {
  const lines = actions.map((action) => {
    const many = 'oneOf' in action.input;
    const [taken, given] = [schemaName(action.input), schemaName(action.output)];
    const input = many ? `${taken} | readonly ${taken}[]` : taken;
    const one = many ? `${given} | ${given}[]` : given;
    const output = action.output.type === 'array' ? `${given}[]` : one;
    return `  /** ${action.title}: ${action.method} ${action.path} */\n  '${action.id}': (input: ${input}) => Promise<${output}>;\n`;
  });
  const used = actions.flatMap(({ input, output }) => [schemaName(input), schemaName(output)]);
  const names = [...new Set(used)].sort().map((name) => `  ${name},\n`);
  return [
    HEADER,
    `import type {\n${names.join('')}} from './records.ts';\n\nexport type * from './records.ts';\n\n`,
    `export interface Actions {\n${lines.join('')}}\n`,
  ].join('');
}

/** The ids by themselves, for workflows: the catalogue would be too much there. */
export function actionIds(): string {
  const ids = actions.map(({ id }) => `  '${id}',\n`);
  return `${HEADER}export const actionIds: readonly string[] = [\n${ids.join('')}];\n`;
}

function schemaName(schema: JsonSchema): string {
  return recordSchema(schema).name;
}

function propertiesOf(name: string): Properties {
  return (definitions.get(name)?.properties ?? {}) as Properties;
}

function typeName(name: string): string {
  return answered.has(name) ? `${name}Fields` : name;
}

/** Points references at type names, leaves bare objects open, and calls what has no type unknown. */
function forTypes(schema: JsonSchema): unknown {
  return 'type' in schema ? withNames(schema) : { ...schema, tsType: 'unknown' };
}

function withNames(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withNames);
  if (typeof part !== 'object' || part === null) return part;
  if ('$ref' in part) return { $ref: `#/definitions/${typeName(nameOf(String(part.$ref)))}` };
  const named = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withNames(value)]));
  const bare = [named.type].flat().includes('object') && !('properties' in part);
  return bare ? { ...named, additionalProperties: true } : named;
}

/** `TicketUpsert` takes every field; `TicketCreate` no id, and what a create needs; `TicketUpdate` an id. */
function writeTypes(upsert: Action): readonly string[] {
  const record = schemaName(upsert.output);
  const needed = (upsert.createNeeds ?? []).filter((need) => typeof need === 'string');
  const fields = needed.map((name) => `  ${name}: ${scalar(propertiesOf(record)[name])};\n`);
  return [
    `export type ${record}Upsert = ${record}Fields;\n`,
    `export interface ${record}Create extends ${record}Fields {\n  id?: never;\n${fields.join('')}}\n`,
    `export interface ${record}Update extends ${record}Fields {\n  id: number;\n}\n`,
  ];
}

function scalar(schema: JsonSchema | undefined): string {
  const type = String([schema?.type].flat()[0]);
  return type === 'integer' ? 'number' : type;
}

/** json-schema-to-typescript tells where each interface came from; here that is the same for all. */
function withoutNoise(text: string): string {
  return text
    .replace(/export interface Root \{\s*\}\n/, '')
    .replaceAll(
      /( \* ?\n)? \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g,
      '',
    )
    .replaceAll('/**\n */\n', '');
}
