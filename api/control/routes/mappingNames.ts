/** Ids in the place of the names in a request about a mapping. */
import { lookUp } from '../../../configuration/options/lookUp.ts';
import { optionsOf } from '../../../configuration/options/optionsOf.ts';
import type { Lookup } from '../../../configuration/options/kinds.ts';
import { ConfigurationError } from '../../../errors.ts';
import { reach } from '../../../organizations/mapping/reach.ts';
import type { Asked, Control } from '../types.ts';
import type { OnConnection } from './mappingShapes.ts';

type IdOrName = number | { readonly name: string };

export interface Naming {
  readonly client: IdOrName;
  readonly contact?: IdOrName | null;
  readonly site?: IdOrName | null;
}

type Ids<Named extends Naming> = {
  readonly [Key in keyof Named]: Exclude<Named[Key], { readonly name: string }>;
};

/**
 * The same with ids: of the connection's clients, and of the client's contacts and sites. `at`: where it is in the body.
 *
 * @throws NotFoundError for a connection out of reach, ConfigurationError for a name that Halo does not have, or has more
 * than once, and the errors of Halo where it does not answer.
 */
export async function withIds<Named extends Naming>(
  { store, halo }: Control,
  {
    principal,
    params: { connection: id },
  }: Pick<Asked<OnConnection, unknown, unknown>, 'principal' | 'params'>,
  { named, at }: { readonly named: Named; readonly at: string },
): Promise<Ids<Named>> {
  const ask = optionsOf({ store, halo });
  const idOf = async (key: string, said: IdOrName, lookup: Lookup): Promise<number> => {
    if (typeof said === 'number') return said;
    await reach(store.db, principal, id);
    const option = await lookUp({ ...lookup, id, name: said.name }, (isFresh) =>
      ask({ ...lookup, id, named: null, isFresh }),
    );
    if ('id' in option) return option.id;
    throw new ConfigurationError(option.shown, { details: { field: `${at}.${key}` } });
  };
  const { client: said, contact, site } = named;
  const client = await idOf('client', said, { kind: 'clients' });
  const ofClient = async (key: string, kind: 'contacts' | 'sites', given: IdOrName | null | undefined) =>
    given === undefined ? {} : { [key]: given && (await idOf(key, given, { kind, of: client })) };
  // Each key has its id now, and nothing else has changed.
  return {
    ...named,
    client,
    ...(await ofClient('contact', 'contacts', contact)),
    ...(await ofClient('site', 'sites', site)),
  } as Ids<Named>;
}
