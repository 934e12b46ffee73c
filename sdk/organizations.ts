import { call } from './call.ts';
import { ACTIVITIES } from './known.ts';

/** An organization below the run's own. */
export interface OrganizationBelow {
  readonly slug: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly enabled: boolean;
  /** Halo's id of its client on the connection that the run itself uses, or null: not mapped there. */
  readonly client: number | null;
}

export const organizations = {
  /** Every organization below the run's own, at any depth, parents before children; disabled ones say so. */
  below: (): Promise<OrganizationBelow[]> => call(ACTIVITIES.below, {}),
};
