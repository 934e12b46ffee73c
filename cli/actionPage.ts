/** One action as a page for a terminal. */
import { lostReply } from '../actions/lostReply.ts';
import type { Action, Need } from '../actions/types.ts';
import { propertyLines } from './schemaText.ts';
import type { PropertyLine } from './schemaText.ts';
import { table, wrap } from './table.ts';

const needText = (need: Need): string => (typeof need === 'string' ? need : need.join(' or '));

function facts(action: Action): readonly string[] {
  const { id, title, description, method, path, effect, derivedFrom, items, paged } = action;
  const lost = lostReply(action);
  const createNeeds = (action.createNeeds ?? []).map(needText).join(', ');
  const needs = (action.needs ?? []).map(needText).join(', ');
  return [
    `${id}: ${title}`,
    `${method} ${path}, effect: ${effect}${derivedFrom ? `, derived from ${derivedFrom}` : ''}`,
    ...(items
      ? [
          `Answers a list${paged ? ', by pages: the first one, or with `all` every page; `limit` is the most rows' : ''}.`,
        ]
      : []),
    ...(Array.isArray(action.input['oneOf']) ? ['Takes one record or an array of records.'] : []),
    ...(needs ? [`Needs ${needs}.`] : []),
    ...(createNeeds
      ? [`${effect === 'upsert' ? 'A record without id' : 'A record'} needs ${createNeeds}.`]
      : []),
    ...(description ? ['', description] : []),
    ...(lost === null ? [] : ['', lost]),
  ].map((line) => wrap(line));
}

function properties(lines: readonly PropertyLine[], everything: boolean): readonly string[] {
  const shown = everything ? lines : lines.filter((line) => line.met);
  const rest = lines.length - shown.length;
  const rows = shown.map(({ name, required, type, description }) => [
    required ? `${name} *` : name,
    type,
    description,
  ]);
  return [
    ...(rows.length > 0 ? [table(['property', 'type', ''], rows, { prose: true })] : []),
    ...(rest > 0 ? [wrap(`${shown.length > 0 ? `and ${rest} more` : `${rest}`}: --all shows them`)] : []),
  ];
}

/**
 * What the action does, takes and answers. `everything` also shows the many properties that Halo has for its own
 * screens.
 */
export function actionPage(action: Action, everything: boolean): string {
  const input = propertyLines(action.input, 'input');
  return [
    facts(action).join('\n'),
    `Input${input.some((line) => line.required) ? ' (* required)' : ''}`,
    ...(input.length > 0 ? properties(input, everything) : ['none']),
    ...outputOf(action, everything),
  ].join('\n\n');
}

function outputOf(action: Action, everything: boolean): readonly string[] {
  const { effect, items } = action;
  const title = `Output${items ? ', of each row' : ''}`;
  const output = propertyLines(action.output, 'output');
  if (output.length === 0) return [`${title}: what Halo answers`];
  if (effect === 'delete' && !everything) return [`${title}: the record as it was, or its id alone`];
  // A record comes back as it went in, and what is new is easier to see alone.
  const isRecord = ['create', 'update', 'upsert'].includes(effect);
  const known = new Set(isRecord ? propertyLines(action.input, 'input').map(({ name }) => name) : []);
  const news = output.filter(({ name }) => !known.has(name));
  const same = news.length < output.length;
  return [
    same ? `${title}: the record, with the properties of the input${news.length > 0 ? ' and' : ''}` : title,
    ...properties(news, everything),
  ];
}
