import { asText } from './text.ts';
import { json, type Reply } from '../http/reply.ts';
import { notFound } from './refusal.ts';
import { CHANGED, DELETED, type Row } from './table.ts';
import type { Query } from './query.ts';
import type { Context, ListRules, Resource } from './resource.ts';

const DEFAULT_PAGE = 50;
const ID_ONLY = ['idonly', 'ticketidonly'];
const HIDDEN = { field: 'inactive', include: 'includeinactive', active: 'includeactive' };

/** Answers `GET /X`. */
export function listRecords(resource: Resource, query: Query, context: Context): Reply {
  const { list } = resource;
  const found = sort(select(resource, query, context), list, query);
  const paged = list.paging === 'paged' && query.flag('pageinate');
  const rows = paged ? page(found, query, context) : limit(found, list, query);
  const shown = rows.map((row) => listRow(resource, row, query, context));
  if (list.items === null && !(paged && list.resultsWhenPaged)) return json(200, shown);

  const past = paged && rows.length === 0 && context.settings.pastEndCount === 'zero';
  return json(200, {
    ...(paged && { page_no: query.positive('page_no') ?? 1, page_size: pageSize(query, context) }),
    ...list.envelope?.(query),
    record_count: past ? 0 : found.length,
    [list.items ?? 'results']: shown,
  });
}

/** Answers `GET /X/{id}`. */
export function readRecord(resource: Resource, row: Row, query: Query, context: Context): Reply {
  return json(200, fullRecord(resource, row, context, query));
}

/** The record with everything it has: what single reads, creates and updates answer. */
export function fullRecord(resource: Resource, row: Row, context: Context, query?: Query): Row {
  const computed = Object.entries(resource.computed ?? {});
  const { id, ...rest } = row;
  return {
    id,
    ...rest,
    ...Object.fromEntries(computed.map(([field, compute]) => [field, compute(row, context)])),
    ...(query && resource.details?.(row, query, context)),
  };
}

/** The record that a path names. Throws 404 where there is none. */
export function findRecord(resource: Resource, id: string, query: Query, context: Context): Row {
  const row = resource.locate
    ? resource.locate(id, query, context)
    : context.db.table(resource.table).get(id);
  if (!row || row[DELETED] || resource.sees?.(row, context) === false) throw notFound();
  return row;
}

function select(resource: Resource, query: Query, context: Context): readonly Row[] {
  const { filters = [], search = [], hidden = HIDDEN } = resource.list;
  const tests = filters.flatMap((filter) => filter(query, context) ?? []);
  const { sees } = resource;
  if (sees) tests.push((row) => sees(row, context));
  const deleted = query.flag('deleted');
  tests.push((row) => (row[DELETED] ?? false) === deleted);
  if (!query.flag(hidden.include)) tests.push((row) => row[hidden.field] !== true);
  if (!query.unlessFalse(hidden.active)) tests.push((row) => row[hidden.field] === true);
  const words = query.text('search')?.toLowerCase();
  if (words !== undefined) tests.push((row) => matches(resource, row, words, search, context));
  return context.db
    .table(resource.table)
    .all()
    .filter((row) => tests.every((test) => test(row)));
}

function matches(
  resource: Resource,
  row: Row,
  words: string,
  fields: readonly string[],
  context: Context,
): boolean {
  return fields.some((field) => {
    const value = resource.computed?.[field]?.(row, context) ?? row[field];
    if (Array.isArray(value)) return JSON.stringify(value).toLowerCase().includes(words);
    return (
      (typeof value === 'string' || typeof value === 'number') && String(value).toLowerCase().includes(words)
    );
  });
}

function sort(rows: readonly Row[], list: ListRules, query: Query): readonly Row[] {
  const orders = ['', '2', '3', '4', '5'].flatMap((suffix) => {
    const field = query.text(`order${suffix}`);
    return field === undefined ? [] : [{ field, descending: query.flag(`orderdesc${suffix}`) }];
  });
  if (orders.length === 0 && list.order) orders.push(list.order);
  if (orders.length === 0) return rows;
  const [only] = orders;
  if (orders.length === 1 && only?.field === 'id') {
    const ascending = [...rows].sort((left, right) => Number(left['id']) - Number(right['id']));
    return only.descending ? ascending.toReversed() : ascending;
  }
  return [...rows].sort((left, right) => {
    for (const { field, descending } of orders) {
      const difference = compare(left[field], right[field]);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [asText(left).toLowerCase(), asText(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function pageSize(query: Query, context: Context): number {
  return Math.min(query.positive('page_size') ?? DEFAULT_PAGE, context.settings.pageCap);
}

function page(rows: readonly Row[], query: Query, context: Context): readonly Row[] {
  const size = pageSize(query, context);
  const start = ((query.positive('page_no') ?? 1) - 1) * size;
  return rows.slice(start, start + size);
}

function limit(rows: readonly Row[], list: ListRules, query: Query): readonly Row[] {
  return list.paging === 'none' ? rows : rows.slice(0, query.positive('count') ?? rows.length);
}

function listRow(resource: Resource, row: Row, query: Query, context: Context): Row {
  const { fields, onRequest = {}, constants } = resource.list;
  if (ID_ONLY.some((parameter) => query.flag(parameter))) return { id: row['id'] };
  if (!fields) return { ...fullRecord(resource, row, context), ...constants };
  const extra = Object.entries(onRequest).flatMap(([parameter, names]) =>
    query.flag(parameter) ? names : [],
  );
  const shown: Record<string, unknown> = {};
  for (const field of fields) shown[field] = valueOf(resource, row, field, context);
  for (const field of extra) shown[field] = valueOf(resource, row, field, context);
  return { ...shown, ...constants };
}

function valueOf(resource: Resource, row: Row, field: string, context: Context): unknown {
  const compute = resource.computed?.[field];
  return compute ? compute(row, context) : row[field];
}

/** When a record was last changed, in milliseconds, for `lastupdatefromdate`. */
export function changedAt(row: Row): number {
  return row[CHANGED] ?? 0;
}
