/** docs/actions.md: every action with what it needs and the inputs people meet. */
import { lostReply } from '../../actions/lostReply.ts';
import { catalogue } from '../../actions/index.ts';
import { recordSchema } from '../../actions/schemas.ts';
import type { Action, JsonSchema, Need } from '../../actions/types.ts';

const actions = [...catalogue.values()];

const INTRODUCTION = `<!-- Generated from actions/resources and actions/schemas by \`npm run generate\`. Do not edit. -->

# Actions

An action is one operation of Halo's API. Its id is at once the call in a workflow (\`halo.tickets.list(input, options)\`), the activity type in Temporal's history and the name on the command line (\`haloflow actions run tickets.list\`).

- **Inputs are closed**: a name that Halo does not know is refused before the call, because Halo would ignore it (a misspelt filter answers everything). The option \`extra\` passes properties that are newer than these schemas into the body of a write.
- **Lists answer an array of rows**: one page, or every page with the options \`all\` and \`limit\`. Halo caps a page at 100 rows.
- **Writes take one record or an array**, one request each, and answer the same. \`upsert\` changes a record that has an id and creates one that has none; \`create\` refuses an id and \`update\` requires one, so that nobody creates by forgetting it.
- **A lost reply** to a write is settled by looking in Halo ([how](architecture.md#writes-happen-once)); creates for which that cannot be done say so below. The option \`once\` is a key that creates once, across runs.
- **Dates** are ISO 8601 in UTC without a zone: \`2026-03-01T09:30:00\`.
- The tables below name the inputs people meet. Writes take every other property of Halo's description as well; \`haloflow actions show ID\` prints them all.

## Where the Rewst page differs from Halo

Titles and endpoints are those of the Rewst page on HaloPSA. Where it is wrong about Halo, Halo wins:

- Contracts, suppliers and knowledge base articles are counted, paged lists, not arrays.
- Attachment lists carry no bytes; the file of one attachment comes from \`attachments.get\`.
- The agent of an action is \`who_agentid\` in Halo's description; the page's \`who_agent_id\` is accepted and sent as it is.
- Top levels are under \`/TopLevel\`.
- The project list answers tickets of every kind unless it is asked for \`domain=prjs\`, which \`projects.list\` does.
`;

/** The whole page. */
export function actionsPage(): string {
  const resources = [...new Set(actions.map(({ id }) => id.split('.')[0] as string))];
  return [
    INTRODUCTION,
    `\n| id | title | request |\n| --- | --- | --- |\n${actions.map(row).join('')}`,
    ...resources.map(resourceSection),
  ].join('');
}

function row({ id, title, method, path }: Action): string {
  return `| [\`${id}\`](#${id.replace('.', '').toLowerCase()}) | ${title} | \`${method} ${path}\` |\n`;
}

function resourceSection(resource: string): string {
  const own = actions.filter(({ id }) => id.startsWith(`${resource}.`));
  return [`\n## ${resource}\n`, ...own.map(actionSection)].join('');
}

function actionSection(action: Action): string {
  const facts = [
    `\`${action.method} ${action.path}\``,
    action.method === '*' ? 'effect by method' : action.effect,
    action.paged ? 'paged' : '',
    needs(action),
  ];
  return [
    `\n### ${action.id}\n\n**${action.title}** · ${facts.filter((fact) => fact !== '').join(' · ')}\n`,
    action.description === undefined ? '' : `\n${action.description}\n`,
    lost(action),
    inputs(action),
  ].join('');
}

function lost(action: Action): string {
  const text = lostReply(action);
  return text === null ? '' : `\n${text}\n`;
}

function needs(action: Action): string {
  const { required = [] } = recordSchema(action.input).record as { required?: readonly string[] };
  const all: readonly Need[] = [...required, ...(action.needs ?? []), ...(action.createNeeds ?? [])];
  const texts = all.map((need) =>
    [need]
      .flat()
      .map((name) => `\`${name}\``)
      .join(' or '),
  );
  const when = action.effect === 'upsert' ? ' without an id' : '';
  return texts.length === 0 ? '' : `needs ${[...new Set(texts)].join(', ')}${when}`;
}

function inputs(action: Action): string {
  if (action.derivedFrom !== undefined)
    return `\nFields: as [${action.derivedFrom}](#${anchor(action.derivedFrom)}).\n`;
  const first = actions.find(
    ({ input }) => recordSchema(input).name === recordSchema(action.input).name,
  ) as Action;
  if (first !== action && !isSmall(action)) return `\nInputs: as [${first.id}](#${anchor(first.id)}).\n`;
  const described = Object.entries(propertiesOf(action)).filter(
    ([, schema]) => schema.description !== undefined,
  );
  const rows = described.map(
    ([name, schema]) => `| \`${name}\` | ${type(schema)} | ${cell(schema.description)} |\n`,
  );
  return rows.length === 0 ? '' : `\n| input | type | |\n| --- | --- | --- |\n${rows.join('')}`;
}

function anchor(id: string): string {
  return id.replace('.', '').toLowerCase();
}

function isSmall(action: Action): boolean {
  return Object.keys(propertiesOf(action)).length < 5;
}

function propertiesOf(action: Action): Readonly<Record<string, JsonSchema>> {
  return (recordSchema(action.input).record.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function type(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (Array.isArray(schema.anyOf))
    return [...new Set((schema.anyOf as readonly JsonSchema[]).map(type))].join(', ').replace(', null', '');
  const untyped = schema.$ref === undefined ? 'any' : 'object';
  const types = [schema.type ?? untyped].flat() as unknown as readonly string[];
  return types.filter((name) => name !== 'null').join(', ') || 'null';
}

function cell(text: unknown): string {
  return String(text).replaceAll('|', '\\|');
}
