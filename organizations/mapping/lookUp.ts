/** Whether Halo has what a mapping names, before it is written. */
import { HaloflowError, HaloNotFoundError, NotFoundError } from '../../errors.ts';
import { anyOf, timeLimit } from '../../timeLimit.ts';
import { keptClients, readClients } from './clients.ts';
import type { Halo } from './clients.ts';
import type { Asking } from './suggestions.ts';

/** Who writes a mapping waits for Halo no longer. */
const PATIENCE_MS = 15_000;
const YOUNG = '15 minutes';

export interface Named {
  readonly client: number;
  readonly contact?: number | null | undefined;
  readonly site?: number | null | undefined;
}

/**
 * Looks a mapping's client up, and its contact and site where they are given. `field`: where the request names the client.
 *
 * @returns what is to be said of it all the same, in words: Halo could not be asked, or contact or site do not fit the
 * client; null when all is well
 * @throws NotFoundError when Halo has no such client, or its agent may not see it
 */
export async function lookUp(
  asking: Asking,
  { client, contact, site }: Named,
  field: string,
): Promise<string | null> {
  return await patiently(asking, async (halo) => {
    const kept = await keptClients(asking.store.db, asking.connection, YOUNG);
    if (kept?.rows.some(({ id }) => id === client) !== true) {
      const found = await recordOf(halo, asking.connection, { action: 'clients.get', id: client });
      if (!found) throw noClient(asking.connection, client, field);
    }
    const own = [
      { what: 'contact', action: 'users.get', id: contact ?? null },
      { what: 'site', action: 'sites.get', id: site ?? null },
    ];
    const doubts: string[] = [];
    for (const { what, action, id } of own) {
      if (id === null) continue;
      const record = await recordOf(halo, asking.connection, { action, id });
      const of = Number(record?.['client_id']);
      if (!record) doubts.push(`Halo has no ${what} ${id} that the agent of ${asking.connection} may see`);
      else if (of > 0 && of !== client) doubts.push(`${what} ${id} is of client ${of}, and not of ${client}`);
    }
    return doubts.length === 0 ? null : `${doubts.join('; ')}: correct it with \`haloflow mappings set\``;
  });
}

/** Which of these clients Halo lists; `warning` says why that could not be found out. */
export async function listedOf(
  asking: Asking,
  clients: readonly number[],
): Promise<{ readonly listed: ReadonlySet<number> | null; readonly warning: string | null }> {
  let listed: ReadonlySet<number> | null = null;
  const warning = await patiently(asking, async (halo, signal) => {
    for (const refresh of [false, true]) {
      const { rows } = await readClients({ store: asking.store, halo }, asking.connection, {
        refresh,
        signal,
      });
      listed = new Set(rows.map(({ id }) => id));
      // A client that was made since the list was read is asked for anew.
      if (clients.every((id) => listed?.has(id))) break;
    }
    return null;
  });
  return { listed: warning === null ? listed : null, warning };
}

/** Why a client that Halo does not have cannot be mapped. */
export const unknownClient = (connection: string, client: number): string =>
  `Halo of ${connection} has no client ${client}, or the agent of the connection may not see it`;

const noClient = (connection: string, client: number, field: string): NotFoundError =>
  new NotFoundError(
    `${unknownClient(connection, client)}: \`haloflow mappings list --connection ${connection} --search NAME\` shows ids`,
    { details: { field } },
  );

/** Halo that does not answer, or not in time, holds nobody up: that becomes the warning. */
async function patiently(
  { halo, connection, signal }: Asking,
  look: (halo: Halo, signal: AbortSignal) => Promise<string | null>,
): Promise<string | null> {
  const limit = timeLimit(PATIENCE_MS);
  const either = signal ? anyOf(signal, limit) : limit;
  const impatient: Halo = { call: (request) => halo.call({ ...request, signal: either }) };
  try {
    return await look(impatient, either);
  } catch (error) {
    if (error instanceof NotFoundError || signal?.aborted === true) throw error;
    const reason = error instanceof HaloflowError ? error.message : 'haloflow failed at it';
    const why = limit.aborted ? `no answer within ${PATIENCE_MS / 1000} s` : reason;
    return `Halo could not be asked whether this is right: ${why} (\`haloflow doctor --connection ${connection}\` says more)`;
  }
}

/** Null: Halo has none. */
async function recordOf(
  halo: Halo,
  connection: string,
  { action, id }: { readonly action: string; readonly id: number },
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const record = await halo.call({ connection, action, input: { id }, lane: 'interactive' });
    return record as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof HaloNotFoundError) return null;
    throw error;
  }
}
