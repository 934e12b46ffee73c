/** Keeps a stored secret from servers that only who does not know it names: nobody gets it by having it sent to them. */
import type { Principal } from '../access/principal.ts';
import { ForbiddenError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { reachesMsp } from './ownNetwork.ts';
import type { Addresses } from './ownNetwork.ts';

type Servers = Pick<Addresses, 'resourceServer' | 'authServer'>;

/**
 * Addresses in their stored form are asked for.
 *
 * @throws ForbiddenError when the secret would go to another server than now, unless who asks reaches the whole
 * installation or all of an MSP.
 */
export async function demandSecretStays(
  { db }: Pick<Store, 'db'>,
  principal: Principal,
  before: Servers,
  after: Servers,
): Promise<void> {
  const known = [before.resourceServer, before.authServer].map(originOf);
  const field = (['resourceServer', 'authServer'] as const).find(
    (name) => after[name] !== null && !known.includes(originOf(after[name])),
  );
  if (field === undefined || (await reachesMsp({ db }, principal))) return;
  throw new ForbiddenError(
    `${field}: another server gets the client secret that is stored only from an admin of the MSP or of the whole ` +
      'installation: give clientSecret with it',
    { details: { field: `body.${field}` } },
  );
}

const originOf = (address: string | null): string | null =>
  address === null ? null : new URL(address).origin;
