/** Whose a delivery is, for the turns of those that wait: asked of what was read last, since nobody has looked yet. */
import { lineTo } from '../organizations/tree.ts';
import type { Configuration } from '../organizations/types.ts';

interface Owned {
  readonly id: string;
  readonly organization: string;
}

export interface Sharers {
  /** The path of a trigger or connection, from the root of its tree down. What nobody knows has one path together. */
  of(id: string): readonly string[];
  /** What there is now. */
  learn(configuration: Configuration, owned: readonly Owned[]): void;
}

export function createSharers(): Sharers {
  let known: { readonly configuration: Configuration; readonly owned: readonly Owned[] } | null = null;
  return {
    of(id) {
      const one = known?.owned.find((candidate) => candidate.id === id);
      // Neither is the name of an organization.
      return known && one ? [...lineTo(known.configuration, one.organization), `/${id}`] : ['', '/'];
    },
    learn(configuration, owned) {
      known = { configuration, owned };
    },
  };
}
