import { json, type Reply } from '../http/reply.ts';
import { fullRecord } from './read.ts';
import { notFound } from './refusal.ts';
import { CHANGED, DELETED, type Row } from './table.ts';
import type { Context, Resource } from './resource.ts';

/** Answers `DELETE /X/{id}`: the record as it was; from then on it is not found. */
export function removeRecord(resource: Resource, row: Row, context: Context): Reply {
  const { remove } = resource;
  if (!remove) throw notFound();
  remove.check?.(row, context);
  const shown = fullRecord(resource, row, context);
  const table = context.db.table(resource.table);
  if (remove.soft) table.put({ ...row, [DELETED]: true, [CHANGED]: context.now });
  else table.remove(row);
  remove.after?.(row, context);
  return json(200, shown);
}
