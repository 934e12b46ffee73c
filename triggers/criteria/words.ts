/** Criteria and what they found, in words that fit an event's row. */
import type { Criteria } from '../types.ts';
import { storable } from '../../store/text.ts';

/** Of a condition in words, and of a value that was found: characters. */
const WORDS = 300;
const VALUE = 100;
/** Values and names shown of many. */
const MANY = 5;
const LISTED = 20;

const quoted = (operand: unknown): string =>
  typeof operand === 'string' ? `"${operand}"` : (JSON.stringify(operand) ?? String(operand));

function listed(operand: unknown): string {
  if (!Array.isArray(operand)) return quoted(operand);
  const more = operand.length > LISTED ? [`… ${operand.length - LISTED} more`] : [];
  return `[${[...operand.slice(0, LISTED).map(quoted), ...more].join(', ')}]`;
}

function predicateInFull({ field, ignoreCase, ...operators }: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(operators).map(([operator, operand]) => {
    if (operator === 'exists') return operand === false ? 'does not exist' : 'exists';
    return `${operator} ${listed(operand)}`;
  });
  return `${String(field)} ${said.join(' and ')}${ignoreCase === true ? ' (ignoring case)' : ''}`;
}

function inFull(criteria: Criteria): string {
  if ('field' in criteria) return predicateInFull(criteria);
  if ('not' in criteria) return `not (${inFull(criteria.not)})`;
  const [parts, word] = 'all' in criteria ? [criteria.all, 'and'] : [criteria.any, 'or'];
  const [only] = parts;
  if (only === undefined) return word === 'and' ? 'all of nothing' : 'any of nothing';
  if (parts.length === 1) return inFull(only);
  return parts.map((part) => ('field' in part ? inFull(part) : `(${inFull(part)})`)).join(` ${word} `);
}

/** `ticket.tickettype_id in [1, 4]`, `not (ticket.summary matches "^Auto:")`. */
export function inWords(criteria: Criteria): string {
  return storable(inFull(criteria), WORDS);
}

/** `not (…)` around words that are there already. */
export function negated(words: string): string {
  return storable(`not (${words})`, WORDS);
}

/** What was found, short: null for nothing, the value, or the first of several. Never deep, never long. */
export function showFound(values: readonly unknown[]): unknown {
  if (values.length === 0) return null;
  if (values.length === 1) return shorten(values[0]);
  const first = values.slice(0, MANY).map(shorten);
  return values.length > MANY ? [...first, `… ${values.length - MANY} more`] : first;
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return storable(value, VALUE);
  if (typeof value === 'boolean' || Number.isFinite(value)) return value;
  if (typeof value !== 'object' || value === null) return storable(String(value), VALUE);
  const names = Object.keys(value);
  const shown = names.slice(0, MANY).join(', ');
  return storable(`{ ${shown}${names.length > MANY ? ', …' : ''} }`, VALUE);
}
