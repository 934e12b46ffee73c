import { readJson, withoutMarks } from '../foreignJson.ts';
import { cut } from '../texts.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { withoutSecrets } from './subject.ts';
import type { WireReply } from './wire.ts';

/** What Halo said about a refusal. */
export interface HaloMessage {
  readonly text: string;
  /** The property it is about, as Halo spells it, without the `[0].` of the array body. */
  readonly field: string | null;
}

const LONGEST = 500;
const ERROR_KEYS = /^(error|error_description|message|exceptionmessage|modelstate|errors)$/i;
/** What stands beside those keys: OAuth, Web API, problem details (RFC 9457). */
const COMPANION_KEYS =
  /^(error_uri|messagedetail|exceptiontype|stacktrace|innerexception|title|detail|type|status|instance|traceid)$/i;

/**
 * Halo's own message in the body of a failed request, or null when it has none. Forms and their order
 * (halopsa.com has no description of errors; these are what live tenants send): an exception's `Message`; the
 * first entry of `{ "field": ["text"] }`, also under `ModelState` or `errors`; a bare JSON string; `message`,
 * `error_description`, `error`, `detail`, `title`; plain text. Secrets that the other side echoes are blanked out.
 */
export function findMessage(reply: WireReply, secrets: ReadonlySet<string>): HaloMessage | null {
  // Before anything is shortened: half a secret is one, too.
  const found = findIn(withoutSecrets(reply.body.toString('utf8'), secrets));
  if (found === null) return null;
  const { text, field } = found;
  return {
    text: withoutSecrets(text, secrets),
    field: field === null ? null : withoutSecrets(field, secrets),
  };
}

/**
 * Whether JSON is one of Halo's error bodies, which it also sends with status 200: no `id`, and an exception or
 * nothing but keys of errors. A record that merely has a `message` is none.
 */
export function isErrorBody(value: unknown): value is JsonObject {
  if (!isObject(value) || (value['id'] ?? null) !== null) return false;
  if (typeof value['ClassName'] === 'string' && typeof value['Message'] === 'string') return true;
  const keys = Object.keys(value);
  return (
    keys.some((key) => ERROR_KEYS.test(key)) &&
    keys.every((key) => ERROR_KEYS.test(key) || COMPANION_KEYS.test(key)) &&
    inObject(value) !== null
  );
}

function findIn(body: string): HaloMessage | null {
  const text = withoutMarks(body).trim();
  if (text === '' || text.startsWith('<')) return null;
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    return /^[[{"]/.test(text) ? null : message(text);
  }
  if (Array.isArray(value)) value = value[0];
  if (isObject(value)) return inObject(value);
  return typeof value === 'string' ? message(value) : null;
}

function inObject(value: JsonObject): HaloMessage | null {
  const named = own(value, 'Message');
  const fields =
    firstField(value['ModelState']) ?? firstField(value['modelState']) ?? firstField(value['errors']);
  // Web API sends `{ Message: "The request is invalid.", ModelState }`: the headline alone helps nobody.
  if (named !== null && fields !== null) {
    return { text: shorten(`${named.text} ${fields.text}`), field: fields.field };
  }
  return (
    named ??
    fields ??
    firstField(value) ??
    own(value, 'message') ??
    own(value, 'error_description') ??
    own(value, 'error') ??
    own(value, 'detail') ??
    own(value, 'title')
  );
}

function own(value: JsonObject, key: string): HaloMessage | null {
  const found = value[key];
  if (isObject(found)) return own(found, 'Message') ?? own(found, 'message');
  return typeof found === 'string' && found.trim() !== '' ? message(found) : null;
}

/** The first property that holds a list of texts. */
function firstField(value: unknown): HaloMessage | null {
  if (!isObject(value)) return null;
  for (const [key, texts] of Object.entries(value)) {
    if (!Array.isArray(texts)) continue;
    const text = texts.find((entry) => typeof entry === 'string' && entry !== '') as string | undefined;
    if (text === undefined) continue;
    const field = key.replace(/^\$?\.?(\[\d+\])?\.?/, '');
    return field === '' ? message(text) : { text: shorten(`${field}: ${text}`), field };
  }
  return null;
}

function message(text: string): HaloMessage {
  return { text: shorten(text), field: null };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return cut(line, LONGEST);
}
