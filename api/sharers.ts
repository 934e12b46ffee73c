/** Whose a delivery is, for the turns of those that wait: asked of what was read last, since nobody has looked yet. */
import { sharerIn } from '../organizations/tree.ts';
import type { Configuration } from '../organizations/types.ts';

type Owned = Parameters<typeof sharerIn>[1];

export interface Sharers {
  /** The path of a trigger or connection, from the root of its tree down. What nobody knows has one path together. */
  of(id: string): readonly string[];
  /** What there is now. */
  learn(configuration: Configuration, owned: Owned): void;
}

export function createSharers(): Sharers {
  let known: { readonly configuration: Configuration; readonly owned: Owned } | null = null;
  return {
    // Neither part is the name of an organization.
    of: (id) => (known && sharerIn(known.configuration, known.owned, id)) ?? ['', '/'],
    learn(configuration, owned) {
      known = { configuration, owned };
    },
  };
}
