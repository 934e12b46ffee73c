/** What names stand for, in a configuration file and elsewhere, also on connections that a file is the first to name. */
import { LOCAL } from '../../access/principal.ts';
import { ConfigurationError, HaloConnectionError } from '../../errors.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { readClients } from '../../organizations/mapping/clients.ts';
import type { Connection, UnsealedConnection } from '../../organizations/types.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import type { HaloAccess } from '../../triggers/haloPort.ts';
import { choicesFrom, isOptionKind, optionsFrom, requestOf } from './kinds.ts';
import type { HaloOption, Lookup } from './kinds.ts';
import { readOptions, withPatience } from './options.ts';
import type { OptionsOf } from './source.ts';

/** What is not stored as the file has it is asked with the file's own credentials, and nothing of it is kept. */
export function optionsOf(parts: { readonly store: Store; readonly halo: HaloAccess }): OptionsOf {
  const { store, halo } = parts;
  return async ({ id, named, kind, of, isFresh }) => {
    const { connections } = await readConfiguration(store);
    const stored = connections.find((connection) => connection.id === id);
    const lookup: Lookup = { kind, ...(of === undefined ? {} : { of }) };
    const what = `the ${kind} of connection ${id}`;
    if (named && !(stored && (await isSame(store, stored, named)))) {
      const ask = (signal: AbortSignal): Promise<unknown> =>
        halo.callWith({ connection: named, ...requestOf(lookup), signal });
      return optionsIn(lookup, await withPatience(what, ask));
    }
    if (kind === 'clients') {
      const ask = (signal: AbortSignal) => readClients(parts, id, { refresh: isFresh, signal });
      return (await withPatience(what, ask)).rows;
    }
    if (!isOptionKind(kind)) {
      const ask = (signal: AbortSignal): Promise<unknown> =>
        halo.call({ connection: id, ...requestOf(lookup), lane: 'interactive', signal });
      return optionsIn(lookup, await withPatience(what, ask));
    }
    // Whoever applies a file reaches everything.
    const { options, problem } = await readOptions(parts, LOCAL, { connection: id, kind, refresh: isFresh });
    if (problem !== null) throw new HaloConnectionError(problem);
    return options;
  };
}

function optionsIn({ kind, of }: Lookup, rows: unknown): readonly HaloOption[] {
  if (kind !== 'choices') return optionsFrom(kind, rows);
  const choices = choicesFrom(rows, String(of));
  if (choices !== null) return choices;
  throw new ConfigurationError(
    `there is no custom field ${of}: \`haloflow options custom-fields\` lists them`,
  );
}

/** Whether the file has the Halo and the credentials that are stored. */
async function isSame(store: Store, stored: Connection, named: UnsealedConnection): Promise<boolean> {
  const isPlace = (['resourceServer', 'authServer', 'tenant', 'clientId', 'scope'] as const).every(
    (key) => stored[key] === named[key],
  );
  const secret = await unseal(store.key, stored.sealedSecret).catch(() => null);
  return isPlace && secret === named.secret;
}
