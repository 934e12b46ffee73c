/**
 * Stores what a user says about the new host of a connection: the same Halo under another name, or a different Halo.
 */
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
  /** Undefined if not stated: then it is a different Halo, unless its name already stands for this one. */
  readonly isSame: boolean | undefined;
  /** The organization of the principal; null: the whole installation. */
  readonly reach: string | null;
}

/** Whether the host of a connection changes. */
export const asksAnotherHost = ({ before, after }: Pick<ChangedHost, 'before' | 'after'>): boolean =>
  spelledHost(before.resourceServer) !== spelledHost(after.resourceServer);

/**
 * Stores the statement for the tree of the connection, in the transaction of its change.
 *
 * @param configuration as it was before the change.
 * @throws what haloNamed throws.
 */
export async function sayHalo(
  tx: Pick<Store['db'], 'insert'>,
  configuration: Configuration,
  changed: ChangedHost,
): Promise<void> {
  const named = haloNamed(configuration, changed);
  if (named === null) return;
  await tx
    .insert(haloHosts)
    .values(named)
    .onConflictDoUpdate({ target: [haloHosts.organization, haloHosts.host], set: { halo: named.halo } });
}

/**
 * Which Halo the new host is to stand for in the tree of the connection; null if that needs no statement.
 *
 * @param configuration as it was before the change.
 * @throws ForbiddenError if it would affect connections out of reach, ConflictError if another connection of the tree
 * already uses the host as a different Halo.
 */
export function haloNamed(
  configuration: Configuration,
  changed: ChangedHost,
): typeof haloHosts.$inferInsert | null {
  const { before, after, isSame, reach } = changed;
  if (isSame === undefined || !asksAnotherHost(changed)) return null;
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
  if (isSame) {
    if (now === was) return null;
    const other = others.find((one) => spelledHost(one.resourceServer) === host);
    if (other) {
      throw new ConflictError(
        `connection ${other.id} already leads to ${host}, and its records are stored under that name, so ${host} cannot become another name of ${was}: leave out sameHalo`,
        { details: { field: 'body.sameHalo' } },
      );
    }
    return { organization, host, halo: was };
  }
  const isUsed = others.some(
    (one) => haloOf(configuration, one).id === now && spelledHost(one.resourceServer) !== host,
  );
  return now !== was && !isUsed ? null : { organization, host, halo: unused(configuration, host) };
}

/** An unused name for a Halo whose host used to stand for a different one. */
function unused({ haloHosts: said = [] }: Configuration, host: string): string {
  const taken = new Set(said.map(({ halo }) => halo));
  for (let number = 2; ; number += 1) {
    const name = `${host}+${number}`;
    if (!taken.has(name)) return name;
  }
}
