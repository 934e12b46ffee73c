/** Overrides as one word of a command line or a query: `default`, `mapping`, `connection:ID` or `name:TEXT`. */
import type { Override } from './types.ts';

/** What it has to be like. */
export const OVERRIDE_FORM = 'one of default, mapping, connection:ID, name:TEXT';

/** The override that a text says; null for one that says none. */
export function overrideOf(text: string): Override | null {
  const [use, ...rest] = text.split(':');
  const argument = rest.join(':');
  if ((use === 'default' || use === 'mapping') && rest.length === 0) return { use };
  if (use === 'connection' && argument !== '') return { use, connection: argument };
  if (use === 'name' && argument !== '') return { use, name: argument };
  return null;
}

/** The text that says an override; its fallback is said apart. */
export function overrideText({ use, connection, name }: Override): string {
  const argument = use === 'connection' ? connection : use === 'name' ? name : undefined;
  return argument === undefined ? use : `${use}:${argument}`;
}
