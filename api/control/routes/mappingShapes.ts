/** What the routes of mappings have in common. */
import { SchemaError } from '../../../errors.ts';
import type { Asking } from '../../../organizations/mapping/suggestions.ts';
import { asCount, cursorOf, positionOf } from '../cursor.ts';
import { answer, flag, orNull, origin, slug, text, whole } from '../schema.ts';
import type { Asked, Control, Schema } from '../types.ts';

export interface OnConnection {
  readonly connection: string;
}

/** The largest id that a mapping holds. */
const LARGEST = 2_147_483_647;
export const haloId = (description: string): Schema => whole(description, { minimum: 1, maximum: LARGEST });

/** A client in a path: `12`, `Acme Industries`, or `name:12` for what has a number as its name. */
export const namedClient = text(
  "Halo's id of the client, or its name there (`name:12` for a name like an id)",
);

/** @throws SchemaError for a number that is no id, and for a blank name. */
export function idOrName(client: string): number | { readonly name: string } {
  if (/^[1-9]\d{0,9}$/.test(client) && Number(client) <= LARGEST) return Number(client);
  const name = client.replace(/^name:/, '');
  if (name.trim() !== '' && !/^[-+.\d]+$/.test(client)) return { name };
  throw new SchemaError(`params.client: must be an id, from 1 to ${LARGEST}, or a name`, {
    details: { field: 'params.client' },
  });
}

/** An id, or what Halo calls it: `{ name: 'Acme Industries' }`. */
export const haloIdOrName = (description: string): Schema => ({
  ...haloId(`${description}, or its name there: { name: … }`),
  type: ['integer', 'object'],
  additionalProperties: false,
  required: ['name'],
  properties: { name: text('as Halo calls it') },
});

export const onConnection = { connection: slug('the connection') };

/** What services of mappings are given. */
export const asking = (
  { store, halo }: Control,
  {
    principal,
    params,
    signal,
  }: Pick<Asked<OnConnection, unknown, unknown>, 'principal' | 'params' | 'signal'>,
): Asking => ({ store, halo, principal, connection: params.connection, signal });

/** A page of what is held whole; the cursor is where it goes on. */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): { readonly page: readonly Row[]; readonly next: string | null } {
  const start = positionOf(cursor, asCount) ?? 0;
  const end = start + limit;
  return { page: rows.slice(start, end), next: end < rows.length ? cursorOf(end) : null };
}

export const pair = answer({
  organization: slug('the organization'),
  client: haloId("Halo's id of the client"),
});
export const batchId = { type: 'string', format: 'uuid', description: 'what was accepted together' };
export const mapping = answer({
  connection: slug('on which it is'),
  organization: slug('the organization'),
  client: haloId("Halo's id of the client"),
  contact: orNull(haloId("Halo's id of its default contact")),
  site: orNull(haloId("Halo's id of its default site")),
  use: flag('chosen where the organization is mapped on several connections'),
  batch: orNull(batchId),
  origin,
});

export const warning = text('only there when Halo could not be asked, or does not know contact or site');
