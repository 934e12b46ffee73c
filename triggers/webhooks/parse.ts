/** Reads bodies of Halo's webhooks: JSON, or a template into which Halo put values unquoted. */
import { readJson, withoutMarks } from '../../foreignJson.ts';
import { DEEPEST, isTooDeep } from './nesting.ts';
import { readTemplate } from './template.ts';

export type Parsed = { readonly value: unknown } | { readonly problem: string };

/** Reads a body in linear time and memory. Never throws. */
export function parseHaloBody(text: string): Parsed {
  const body = withoutMarks(text).trim();
  if (body === '') return { problem: 'the body is empty' };
  const parsed = read(body);
  if ('value' in parsed && isTooDeep(parsed.value)) {
    return { problem: `the body is nested more than ${DEEPEST} levels deep` };
  }
  return parsed;
}

function read(body: string): Parsed {
  let why: string;
  try {
    return { value: readJson(body, { roundsFractions: true }) };
  } catch (error) {
    why = (error as Error).message;
  }
  const template = readTemplate(body);
  return 'problem' in template ? { problem: `${template.problem}. Read as JSON: ${why}` } : template;
}
