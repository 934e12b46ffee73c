/** Halo's ids where a name may stand for one: `client: { name: Acme }`. */
import { isMap } from 'yaml';
import { record, required, text } from './readers.ts';
import type { Reader } from './readers.ts';

/** What stands for an id, as Halo calls it. */
export interface HaloName {
  readonly name: string;
}

const haloName = record<HaloName>({ name: required(text) });

/** An id, or `{ name: Acme }`. */
export function nameOr(reader: Reader<number>): Reader<number | HaloName> {
  return {
    blank: reader.blank,
    read(spot, scope) {
      if (!isMap(spot.node)) return reader.read(spot, scope);
      const said = haloName.read(spot, scope);
      return said.name === '' ? reader.blank : said;
    },
  };
}
