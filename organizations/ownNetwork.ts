/** Who may have connections that lead into the network of this machine: a check of one tells what is in it. */
import { eq } from 'drizzle-orm';
import type { Principal } from '../access/principal.ts';
import { ForbiddenError } from '../errors.ts';
import { organizations } from '../store/schema/configuration.ts';
import type { Store } from '../store/store.ts';
import type { Connector } from './connector.ts';

/** Where a connection leads, as people say it. */
export interface Addresses {
  readonly resourceServer: string;
  readonly authServer: string | null;
  readonly onPremise: boolean;
}

/**
 * Names are looked up when they are connected to, and one of a hosted Halo that has a private address is refused then.
 *
 * @throws ForbiddenError for such addresses, unless who asks reaches the whole installation or all of an MSP.
 */
export async function demandOwnNetwork(
  { db }: Pick<Store, 'db'>,
  principal: Principal,
  connector: Connector,
  { resourceServer, authServer, onPremise }: Addresses,
): Promise<void> {
  const inside = Object.entries({ resourceServer, authServer }).find(
    ([, address]) => address !== null && connector.isOwnNetwork(address),
  );
  if (!onPremise && !inside) return;
  if (await reachesMsp({ db }, principal)) return;
  const { actor, organization } = principal;
  const [field] = inside ?? ['onPremise'];
  throw new ForbiddenError(
    `${field}: ${actor} reaches ${organization} only, and a connection with onPremise, plain http, a short name or an ` +
      "address that is not public leads into this haloflow's own network: give a public https address, or ask an admin " +
      'of the MSP or of the whole installation to make this connection',
    { details: { field: `body.${field}` } },
  );
}

/** Whether who asks reaches the whole installation or all of an MSP. */
export async function reachesMsp({ db }: Pick<Store, 'db'>, { organization }: Principal): Promise<boolean> {
  if (organization === null) return true;
  const [own] = await db
    .select({ parent: organizations.parent })
    .from(organizations)
    .where(eq(organizations.slug, organization));
  return own?.parent === null;
}
