/** Slugs for organizations that are made from Halo's clients: pure. */
import { spelledOut } from './normalise.ts';

const LONGEST = 40;
/** The longest prefix: a number of ten digits still fits after it. */
export const LONGEST_PREFIX = 28;

/**
 * A slug from the client's name, followed by the client's id if the name alone is taken. So the slug does not depend on
 * the order of clients.
 *
 * @param isTaken whether another organization uses a slug, or used it
 * @param prefix the beginning, such as `northwind-`; at most LONGEST_PREFIX characters
 */
export function slugFor(
  { id, name }: { readonly id: number; readonly name: string },
  isTaken: (slug: string) => boolean,
  prefix = '',
): string {
  const unaccented = name.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  const words = spelledOut(unaccented.toLowerCase())
    .replaceAll('&', ' and ')
    .replaceAll(/['’`]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  const room = LONGEST - prefix.length;
  const cut = (end: string): string =>
    `${words.slice(0, room - end.length)}${end}`.replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');
  const plain = cut('');
  if (plain === '') return numbered(`${prefix}client-${id}`, isTaken);
  return isTaken(prefix + plain) ? numbered(prefix + cut(`-${id}`), isTaken) : prefix + plain;
}

/** An organization of that very slug is somebody else's, made by hand. */
function numbered(slug: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(slug)) return slug;
  for (let number = 2; ; number++) {
    const next = `${slug.slice(0, LONGEST - 1 - String(number).length)}-${number}`;
    if (!isTaken(next)) return next;
  }
}
