/** Options for names in a configuration file, also of connections that it is the first to name. */
import { LOCAL } from '../../access/principal.ts';
import { HaloConnectionError } from '../../errors.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Connection, UnsealedConnection } from '../../organizations/types.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import type { HaloAccess } from '../../triggers/haloPort.ts';
import { optionKinds, optionsFrom } from './kinds.ts';
import { readOptions, withPatience } from './options.ts';
import type { OptionsOf } from './source.ts';

/** What is not stored as the file has it is asked with the file's own credentials, and nothing of it is kept. */
export function optionsOf(parts: { readonly store: Store; readonly halo: HaloAccess }): OptionsOf {
  const { store, halo } = parts;
  return async ({ id, named, kind, isFresh }) => {
    const { connections } = await readConfiguration(store);
    const stored = connections.find((connection) => connection.id === id);
    if (named && !(stored && (await isSame(store, stored, named)))) {
      const { action, input = {} } = optionKinds[kind];
      const rows = await withPatience(`the ${kind} of connection ${id}`, (signal) =>
        halo.callWith({ connection: named, action, input, signal }),
      );
      return optionsFrom(kind, rows);
    }
    // Whoever applies a file reaches everything.
    const { options, problem } = await readOptions(parts, LOCAL, { connection: id, kind, refresh: isFresh });
    if (problem !== null) throw new HaloConnectionError(problem);
    return options;
  };
}

/** Whether the file has the Halo and the credentials that are stored. */
async function isSame(store: Store, stored: Connection, named: UnsealedConnection): Promise<boolean> {
  const isPlace = (['resourceServer', 'authServer', 'tenant', 'clientId', 'scope'] as const).every(
    (key) => stored[key] === named[key],
  );
  const secret = await unseal(store.key, stored.sealedSecret).catch(() => null);
  return isPlace && secret === named.secret;
}
