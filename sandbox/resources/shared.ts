import { CHANGED, DELETED, type Row } from '../rest/table.ts';
import { between, type Filter } from '../rest/filters.ts';
import { changedAt } from '../rest/read.ts';
import { exception, type Refusal } from '../rest/refusal.ts';
import type { Computed, Context, Need } from '../rest/resource.ts';

/** What a ticket is: a request, an opportunity or a project. */
export type Domain = 'reqs' | 'opps' | 'prjs';

/** Records that Halo creates by itself and gives to whatever names no other. */
export const UNKNOWN_CLIENT = 1;
export const UNASSIGNED_AGENT = 1;
export const NEW_STATUS = 1;
export const CLOSED_STATUS = 9;

/** `client_name` and the like: a property of the record that an id points to. */
export function nameOf(table: string, idField: string, field = 'name'): Computed {
  return (row, { db }) => {
    const id = row[idField];
    return id === undefined || id === null ? null : (db.table(table).get(id)?.[field] ?? null);
  };
}

/** Names of the client, site and contact of a record. */
export const whereNames: Readonly<Record<string, Computed>> = {
  client_name: nameOf('clients', 'client_id'),
  site_name: nameOf('sites', 'site_id'),
  user_name: nameOf('users', 'user_id'),
};

/** `lastupdatefromdate` and `lastupdatetodate`, which the swagger types as booleans. */
export const lastUpdate: Filter = between('lastupdatefromdate', 'lastupdatetodate', changedAt);

/** For records of a client: the agent may see them if it may use the client. */
export const usesClient =
  (field: string) =>
  (row: Row, { settings }: Context): boolean =>
    settings.hiddenClients.length === 0 || !settings.hiddenClients.includes(Number(row[field]));

/** Words separated by white space, for lists of property names. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** A property that must be given to create a record. */
export function need(fields: string, refusal: Refusal): Need {
  return { anyOf: words(fields), refusal };
}

/** Live rows of a table that pass a test. */
export function live(context: Context, table: string, test: (row: Row) => boolean): readonly Row[] {
  return context.db
    .table(table)
    .all()
    .filter((row) => !row[DELETED] && test(row));
}

/** Stores other values of a record that exists. */
export function change(context: Context, table: string, row: Row, changes: Row): Row {
  return context.db.table(table).put({ ...row, ...changes, [CHANGED]: context.now });
}

export const asNumber = (value: unknown): number =>
  typeof value === 'number' ? value : Number(value ?? 0) || 0;

/** Refuses to delete a record that tickets point to, unless the tenant allows it. */
export function unusedByTickets(field: string, what: string): (row: Row, context: Context) => void {
  return (row, context) => {
    if (!context.settings.refuseDeleteInUse) return;
    if (live(context, 'tickets', (ticket) => ticket[field] === row['id']).length === 0) return;
    throw exception(`This ${what} cannot be deleted because there are tickets logged against it`);
  };
}

/** HTML as the plain text that Halo keeps beside it. */
export function plainText(html: string): string {
  return html
    .replace(/<(br|\/p|\/div|\/li)\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}
