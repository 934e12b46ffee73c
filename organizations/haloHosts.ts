/** What people say of the host that a connection comes to ask: another name of the Halo that it asked, or another Halo. */
import { ConflictError, ForbiddenError } from '../errors.ts';
import { haloHosts } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import { haloOf, spelledHost } from './halo.ts';
import { isAtOrBelow, rootOf } from './tree.ts';
import type { Configuration, Connection } from './types.ts';

type Asking = Pick<Connection, 'id' | 'organization' | 'resourceServer'>;

export interface ChangedHost {
  readonly before: Asking;
  readonly after: Asking;
  /** Undefined: nobody said. Then it is another Halo, unless its name stands for this one already. */
  readonly isSame: boolean | undefined;
  /** The root of what who says it reaches; null: everything. */
  readonly reach: string | null;
}

/** Whether a connection asks another host than before. */
export const asksAnotherHost = ({ before, after }: Pick<ChangedHost, 'before' | 'after'>): boolean =>
  spelledHost(before.resourceServer) !== spelledHost(after.resourceServer);

/**
 * Writes down what was said, for the tree of the connection, in the transaction of its change.
 *
 * @param configuration As it was before the change.
 * @throws ForbiddenError when it would concern connections out of reach, ConflictError when the host is another Halo to another connection of the tree.
 */
export async function sayHalo(
  tx: Pick<Store['db'], 'insert'>,
  configuration: Configuration,
  changed: ChangedHost,
): Promise<void> {
  const { before, after, isSame, reach } = changed;
  if (isSame === undefined || !asksAnotherHost(changed)) return;
  const host = spelledHost(after.resourceServer);
  const was = haloOf(configuration, before).id;
  const now = haloOf(configuration, after).id;
  const organization = rootOf(configuration, after.organization)?.slug ?? after.organization;
  const others = configuration.connections.filter(
    (one) => one.id !== before.id && rootOf(configuration, one.organization)?.slug === organization,
  );
  const concerned = others.filter(
    (one) => spelledHost(one.resourceServer) === host || [was, now].includes(haloOf(configuration, one).id),
  );
  if (reach !== null && concerned.some((one) => !isAtOrBelow(configuration, one.organization, reach))) {
    throw new ForbiddenError(
      'sameHalo: one of the two Halos has connections that you do not reach: use a token for an organization above all of them',
      { details: { field: 'body.sameHalo' } },
    );
  }
  let halo: string;
  if (isSame) {
    if (now === was) return;
    const other = others.find((one) => spelledHost(one.resourceServer) === host);
    if (other) {
      throw new ConflictError(
        `connection ${other.id} already leads to ${host}, and its records are stored under that name, so ${host} cannot become another name of ${was}: leave out sameHalo`,
        { details: { field: 'body.sameHalo' } },
      );
    }
    halo = was;
  } else {
    const isUsed = others.some(
      (one) => haloOf(configuration, one).id === now && spelledHost(one.resourceServer) !== host,
    );
    if (now !== was && !isUsed) return;
    halo = unused(configuration, host);
  }
  await tx
    .insert(haloHosts)
    .values({ organization, host, halo })
    .onConflictDoUpdate({ target: [haloHosts.organization, haloHosts.host], set: { halo } });
}

/** A name for a Halo at a host that has been another one. */
function unused({ haloHosts: said = [] }: Configuration, host: string): string {
  const taken = new Set(said.map(({ halo }) => halo));
  for (let number = 2; ; number += 1) {
    const name = `${host}+${number}`;
    if (!taken.has(name)) return name;
  }
}
