/** The JSON of requests: what nobody could store or write again is refused before anything is made of it. */
import type { FastifyInstance } from 'fastify';
import { SchemaError } from '../../errors.ts';
import { mayRound, readJson } from '../../foreignJson.ts';
import { DEEPEST, isTooDeep } from '../../triggers/webhooks/nesting.ts';

/** Takes JSON alone: what is sent as anything else is not guessed at. */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    void parse(request, text, (error, value: unknown) => {
      if (error) done(error);
      else done(problemOf(text, value), value);
    });
  });
}

function problemOf(text: string, value: unknown): SchemaError | null {
  if (isTooDeep(value)) return refusal('body', `is nested more than ${DEEPEST} levels deep`);
  const rounded = mayRound(text) ? roundedIn(value, readJson(text), 'body') : null;
  if (rounded !== null) {
    return refusal(rounded.field, `is a number that would become ${rounded.value}: send it as text`);
  }
  // Only an escape can say it: what comes as bytes is text.
  const field = /\\ud[89a-f]/i.test(text) ? halfIn(value, 'body') : null;
  return field === null
    ? null
    : refusal(field, 'holds half a character (a surrogate alone): send whole ones');
}

/** Where a number is that `exact`, the same JSON read by {@link readJson}, holds as text. */
function roundedIn(
  value: unknown,
  exact: unknown,
  field: string,
): { readonly field: string; readonly value: number } | null {
  if (typeof value === 'number') return typeof exact === 'string' ? { field, value } : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = roundedIn(inner, (exact as Readonly<Record<string, unknown>>)[key], `${field}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

const refusal = (field: string, message: string): SchemaError =>
  new SchemaError(`${field} ${message}`, { details: { field } });

/** Where half a character is, which Postgres does not take and no encoding has. */
function halfIn(value: unknown, field: string): string | null {
  if (typeof value === 'string') return isHalved(value) ? field : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = isHalved(key) ? field : halfIn(inner, `${field}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

const isHalved = (text: string): boolean => /\p{Surrogate}/u.test(text);
