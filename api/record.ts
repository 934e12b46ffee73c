/** A call of an always-pass trigger's URL: its body is the record that the runs get. */
import type { WebhookParameters } from '../triggers/types.ts';
import { Problem } from './problem.ts';

/** What a webhook's parameters say of its calls, for a type that has none. */
export const RECORD_PARAMETERS: WebhookParameters = {
  wait: false,
  waitSeconds: 30,
  maxBodyBytes: 1_048_576,
  deliveryKey: { headers: ['idempotency-key'], body: null },
};

/**
 * The record; `{}` for an empty body.
 *
 * @throws Problem 415 for a form or text, 400 for JSON that is no object.
 */
export function recordOf(contentType: string | undefined, body: unknown): object {
  if (body === undefined || body === null || body === '') return {};
  const isObject = typeof body === 'object' && !Array.isArray(body);
  if (!/^(application|text)\/([\w.-]+\+)?json\b/i.test(contentType ?? '')) {
    if (isObject && Object.keys(body).length === 0) return {};
    const detail =
      'an always-pass trigger takes its record as JSON: send it as content-type application/json';
    throw new Problem(415, 'Unsupported Media Type', detail);
  }
  if (isObject) return body;
  throw new Problem(
    400,
    'Bad Request',
    'the record has to be a JSON object: put what it is to hold into one',
  );
}
