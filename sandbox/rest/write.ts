import { asText } from './text.ts';
import { json, type Reply } from '../http/reply.ts';
import { convertElement } from './convert.ts';
import { fullRecord } from './read.ts';
import { badValue, bareText, notFound } from './refusal.ts';
import { CHANGED, DELETED, type Row } from './table.ts';
import type { Query } from './query.ts';
import type { Context, Resource, WriteRules } from './resource.ts';

interface Written {
  readonly row: Row;
  readonly created: boolean;
}

/** Answers `POST /X`: an array whose elements are created (no id) or merged into the record that has the id. */
export function writeRecords(resource: Resource, body: string, query: Query, context: Context): Reply {
  const elements = parseArray(body);
  const written = context.db.change(context.settings.keepEarlierOnBadElement, () =>
    elements.map((element, index) => writeElement(resource, element, { index, body, context })),
  );
  return answer(resource, written, query, context);
}

/** Answers `POST /Tickets/Object`: the same for one object that is not in an array. */
export function writeObject(resource: Resource, body: string, query: Query, context: Context): Reply {
  return writeRecords(resource, `[${body}]`, query, context);
}

function answer(resource: Resource, written: readonly Written[], query: Query, context: Context): Reply {
  const shown = written.map(({ row }) => fullRecord(resource, row, context));
  const status = written.at(-1)?.created ? 201 : 200;
  return json(status, query.flag('returnall') ? shown : (shown.at(-1) ?? null));
}

/** The elements of a body that must be a JSON array. Throws a 400 that is itself JSON. */
export function parseArray(body: string): readonly unknown[] {
  if (body.trim() === '') throw badValue('', 'A non-empty request body is required.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    const start = body.trim().charAt(0);
    throw badValue(
      '',
      `Unexpected character encountered while parsing value: ${start}. Path '', line 1, position 1.`,
    );
  }
  if (Array.isArray(parsed)) return parsed;
  throw badValue(
    '',
    'Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type ' +
      "'System.Collections.Generic.List`1' because the type requires a JSON array (e.g. [1,2,3]) " +
      "to deserialize correctly. Path '', line 1, position 1.",
  );
}

interface Position {
  readonly index: number;
  readonly body: string;
  readonly context: Context;
}

function writeElement(resource: Resource, element: unknown, { index, body, context }: Position): Written {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw badValue(
      `[${index}]`,
      `Error converting value to the type of this list. Path '[${index}]', line 1.`,
    );
  }
  const { write, table: name } = resource;
  if (!write) throw notFound();
  const input = convertElement(element as Row, index, body, write.types);
  const id = input['id'];
  const isNew =
    id === undefined || id === null || id === 0 || id === '' || (resource.guid === undefined && id === -1);
  if (isNew) return { row: create(resource, write, input, context), created: true };
  const before = context.db.table(name).get(context.db.table(name).key(input));
  if (!before || (before[DELETED] && input['_recover'] !== true)) throw notFound();
  return { row: update(resource, write, { input, before, context }), created: false };
}

function create(resource: Resource, write: WriteRules, input: Row, context: Context): Row {
  for (const { anyOf, refusal } of write.needs ?? []) {
    if (!anyOf.some((field) => isPresent(input[field]))) throw refusal;
  }
  const table = context.db.table(resource.table);
  const row = {
    ...write.defaults?.(input, context),
    ...stored(resource, input, context),
    id: context.newId ?? table.nextId(),
  };
  return save(resource, write, { row, before: null, input, context });
}

interface Update {
  readonly input: Row;
  readonly before: Row;
  readonly context: Context;
}

function update(resource: Resource, write: WriteRules, { input, before, context }: Update): Row {
  const changes = { ...stored(resource, input, context), id: before['id'] };
  const merged = (write.mergedArrays ?? []).flatMap((field) => {
    const value = input[field];
    return Array.isArray(value) ? [[field, mergeById(before[field], value)] as const] : [];
  });
  const row = { ...before, ...changes, ...Object.fromEntries(merged), [DELETED]: false };
  return save(resource, write, { row, before, input, context });
}

interface Save extends Omit<Update, 'before'> {
  readonly row: Row;
  readonly before: Row | null;
}

function save(resource: Resource, write: WriteRules, { row, before, input, context }: Save): Row {
  checkUnique(resource, write, row, context);
  const finished = write.finish?.(row, before, input, context) ?? row;
  const table = context.db.table(resource.table);
  table.put({ ...finished, [CHANGED]: context.now });
  write.after?.(finished, before, input, context);
  return table.get(table.key(finished)) ?? finished;
}

const isPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && value !== 0;

/** Instructions (`_validate_updates` …), properties that are computed and those that the tenant forgets are not stored. */
function stored({ computed = {} }: Resource, input: Row, { settings }: Context): Row {
  const kept = Object.entries(input).filter(
    ([field]) => !field.startsWith('_') && !(field in computed) && !settings.forgottenFields.includes(field),
  );
  return Object.fromEntries(kept);
}

function mergeById(before: unknown, changes: readonly unknown[]): unknown[] {
  const merged = Array.isArray(before) ? [...(before as Row[])] : [];
  for (const change of changes as Row[]) {
    const at = merged.findIndex(
      (entry) =>
        (change['id'] !== undefined && Number(entry['id']) === Number(change['id'])) ||
        (change['id'] === undefined && change['name'] !== undefined && entry['name'] === change['name']),
    );
    if (at < 0) merged.push(change);
    else merged[at] = { ...merged[at], ...change };
  }
  return merged;
}

function checkUnique(resource: Resource, write: WriteRules, row: Row, context: Context): void {
  if (!write.unique) return;
  const { field, within } = write.unique;
  const name = asText(row[field]).toLowerCase();
  const taken = context.db
    .table(resource.table)
    .all()
    .some(
      (other) =>
        other['id'] !== row['id'] &&
        asText(other[field]).toLowerCase() === name &&
        (within === undefined || Number(other[within]) === Number(row[within])),
    );
  if (taken) throw bareText('Name must be unique');
}
