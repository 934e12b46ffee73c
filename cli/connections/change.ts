/** What `haloflow connections change` does: shows what it makes of the flags, and saves that. */
import { ConfigurationError } from '../../errors.ts';
import type { ConnectionChanges } from '../../organizations/connectionInput.ts';
import type { ConnectionView } from '../../organizations/connections.ts';
import { spelledHost } from '../../organizations/halo.ts';
import { moment } from '../../moments.ts';
import { withApi } from '../api.ts';
import type { Api } from '../api.ts';
import { normaliseServer } from '../normaliseServer.ts';
import { comesBack } from '../origin.ts';
import type { Outcome } from '../outcome.ts';
import { canAsk, confirmed } from '../prompt.ts';
import { namesSecret, readSecret } from '../secretInput.ts';
import { corrections, plainOf, SERVERS, unasked } from './input.ts';
import type { ConnectionOptions } from './input.ts';
import { connectionLines } from './page.ts';

export async function changed(id: string, options: ConnectionOptions): Promise<Outcome> {
  const path = `/connections/${encodeURIComponent(id)}`;
  const clientSecret = namesSecret(options) ? (await readSecret('the client secret', options)).trim() : null;
  return await withApi(async (api) => {
    const { connection: before } = await api.call<{ connection: ConnectionView }>({ path });
    const wanted = changesOf(before, options);
    if (Object.keys(wanted).length === 0 && clientSecret === null) {
      throw new ConfigurationError(
        `there is nothing to change of ${id}: say what, for example --tenant northwind`,
      );
    }
    const { rateLimit, ...rest } = wanted;
    const shown = { ...before, ...rest, rateLimit: { ...before.rateLimit, ...rateLimit } };
    const corrected = corrections(options, wanted);
    const secretLine = clientSecret === null ? [] : ['the client secret is replaced without being tried'];
    const isElsewhere = spelledHost(shown.resourceServer) !== spelledHost(before.resourceServer);
    const known = isElsewhere ? await knownAt(api, id, shown.resourceServer) : null;
    const sameHalo = isElsewhere ? await saidSame(before, shown.resourceServer, options, known) : undefined;
    const haloLine = isElsewhere ? [haloText(sameHalo, known)] : [];
    const told = [...connectionLines(shown), ...corrected, ...secretLine, ...haloLine].join('\n');
    if (options.yes !== true) {
      if (options.json === true || !canAsk()) return unasked(shown, told);
      if (!(await confirmed(`${told}\nSave it?`))) {
        return { ok: true, json: { ok: true, connection: before, saved: false }, text: 'Nothing was saved.' };
      }
    }
    const { connection } = await api.call<{ connection: ConnectionView }>({
      method: 'PATCH',
      path,
      body: {
        ...wanted,
        ...(clientSecret === null ? {} : { clientSecret }),
        ...(sameHalo === undefined ? {} : { sameHalo }),
      },
    });
    return {
      ok: true,
      json: { ok: true, connection, saved: true },
      text: [
        ...connectionLines(connection),
        ...corrected,
        ...haloLine,
        '',
        `Saved. See whether it works: haloflow doctor --connection ${id}`,
        ...comesBack(before),
      ].join('\n'),
    };
  });
}

/** The answer from the flags or from the terminal; undefined if there is none. */
async function saidSame(
  { id, resourceServer }: ConnectionView,
  to: string,
  { sameHalo, yes, json }: ConnectionOptions,
  known: Known | null,
): Promise<boolean | undefined> {
  if (sameHalo !== undefined) return sameHalo;
  if (known !== null || yes === true || json === true || !canAsk()) return undefined;
  return await confirmed(
    `${id} changes from ${resourceServer} to ${to}. Is it the same Halo under another name?`,
  );
}

/** A Halo that the connection has led to before. */
interface Known {
  readonly polledUntil: string;
  readonly continues: boolean;
}

async function knownAt(api: Api, id: string, resourceServer: string): Promise<Known | null> {
  const { polledUntil, continues } = await api.call<{ polledUntil: string | null; continues: boolean }>({
    path: `/connections/${encodeURIComponent(id)}/return`,
    query: { resourceServer },
  });
  return polledUntil === null ? null : { polledUntil: moment(new Date(polledUntil)), continues };
}

function haloText(same: boolean | undefined, known: Known | null): string {
  if (same === true) return 'the same Halo under another name: its feeds, keys and mappings stay as they are';
  if (known?.continues) {
    return `a Halo that its feeds polled until ${known.polledUntil}: they continue there, and records created there since then start runs`;
  }
  if (known) {
    return `a Halo that its feeds polled until ${known.polledUntil}, too long ago to continue: they start with new records`;
  }
  return 'a different Halo: its feeds start with new records (--same-halo if it is the same Halo under another name)';
}

/** The body of the request, without the secret; an empty authorization server or tenant is none. */
function changesOf(before: ConnectionView, options: ConnectionOptions): ConnectionChanges {
  const { org, tenant, clientId } = options;
  const onPremise = options.onPremise ?? before.onPremise;
  const servers = SERVERS.flatMap((field): [string, string | null][] => {
    const said = options[field];
    if (said === undefined) return [];
    if (field === 'authServer' && said.trim() === '') return [[field, null]];
    return [[field, normaliseServer(said, { field, onPremise })]];
  });
  return {
    ...(org === undefined ? {} : { organization: org }),
    ...Object.fromEntries(servers),
    ...(options.onPremise === undefined ? {} : { onPremise }),
    ...(tenant === undefined ? {} : { tenant: tenant.trim() === '' ? null : tenant.trim() }),
    ...(clientId === undefined ? {} : { clientId }),
    ...plainOf(options),
  };
}
