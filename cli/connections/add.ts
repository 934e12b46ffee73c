/** What `haloflow connections add` does: takes what the flags say, asks for the rest, shows what it makes of it. */
import { ConfigurationError, ConflictError } from '../../errors.ts';
import type { NewConnection } from '../../organizations/connectionInput.ts';
import type { ConnectionView } from '../../organizations/connections.ts';
import { withApi } from '../api.ts';
import { normaliseServer } from '../normaliseServer.ts';
import { say } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { asked, canAsk, confirmed } from '../prompt.ts';
import { readSecret } from '../secretInput.ts';
import { corrections, plainOf, unasked } from './input.ts';
import type { ConnectionOptions } from './input.ts';
import { connectionLines } from './page.ts';

export async function added(id: string | undefined, options: ConnectionOptions): Promise<Outcome> {
  const { said, wanted } = await complete(id, options);
  const { clientSecret: _, ...shown } = wanted;
  const corrected = corrections(said, wanted);
  const told = [...connectionLines(shown), ...corrected].join('\n');
  if (options.yes !== true) {
    if (options.json === true || !canAsk()) return unasked(shown, told);
    if (!(await confirmed(`${told}\nSave it?`))) {
      return { ok: true, json: { ok: true, connection: shown, saved: false }, text: 'Nothing was saved.' };
    }
  }
  return await withApi(async (api) => {
    const { connection } = await api.call<{ connection: ConnectionView }>({
      method: 'POST',
      path: '/connections',
      body: wanted,
    });
    return {
      ok: true,
      json: { ok: true, connection, saved: true },
      text: [
        ...connectionLines(connection),
        ...corrected,
        '',
        `Saved. See whether it works: haloflow doctor --connection ${connection.id}`,
      ].join('\n'),
    };
  });
}

interface Servers {
  readonly resourceServer: string;
  readonly authServer?: string | undefined;
}

interface Complete {
  /** As they were pasted. */
  readonly said: Servers;
  /** The body of the request. */
  readonly wanted: NewConnection;
}

async function complete(id: string | undefined, options: ConnectionOptions): Promise<Complete> {
  const given = options.resourceServer !== undefined && options.clientId !== undefined;
  // Whoever gives what has to be given is not asked for what may be left out.
  const optional = (flag: string | undefined, question: string): Promise<string> =>
    flag !== undefined ? Promise.resolve(flag) : given ? Promise.resolve('') : askIfPossible(question);
  const wantedId = await needed(id, 'Id of the connection, for example northwind-halo:', '<id>');
  const organization = await needed(options.org, 'Slug of the organization that owns it:', '--org');
  // Before somebody types all the rest; who gives it all is told when it is saved.
  if (!given && canAsk()) await refuseEarly(wantedId, organization);
  const onPremise =
    options.onPremise ??
    (given || !canAsk() ? false : await confirmed('Is Halo on-premise, in your own network?'));
  const resourceServer = await server('resourceServer', onPremise, () =>
    needed(
      options.resourceServer,
      'Resource server, for example northwind.halopsa.com:',
      '--resource-server',
    ),
  );
  const authServer = await server('authServer', onPremise, () =>
    optional(options.authServer, 'Authorization server, if it is another one (empty: as Halo says):'),
  );
  const tenant = onPremise
    ? (options.tenant ?? '')
    : await optional(options.tenant, 'Tenant (empty: as Halo says):');
  const clientId = await needed(options.clientId, 'Client id:', '--client-id');
  return {
    said: { resourceServer: resourceServer.said, authServer: authServer.said },
    wanted: {
      id: wantedId,
      organization,
      resourceServer: resourceServer.stored,
      ...(authServer.stored === '' ? {} : { authServer: authServer.stored }),
      onPremise,
      ...(tenant === '' ? {} : { tenant }),
      clientId,
      ...plainOf(options),
      clientSecret: (await readSecret('the client secret', options)).trim(),
    },
  };
}

async function refuseEarly(id: string, organization: string): Promise<void> {
  await withApi(async (api) => {
    await api.call({ path: `/organizations/${encodeURIComponent(organization)}` });
    const isFree = await api.call({ path: `/connections/${encodeURIComponent(id)}` }).then(
      () => false,
      (error: unknown) => {
        if ((error as Error).name === 'NotFoundError') return true;
        throw error;
      },
    );
    if (!isFree)
      throw new ConflictError(`the id ${id} is taken by another connection: give this one another id`);
  });
}

/** As it was pasted and as it is stored; who typed what is no address is told why and asked again. */
async function server(
  field: 'resourceServer' | 'authServer',
  onPremise: boolean,
  ask: () => Promise<string>,
): Promise<{ readonly said: string; readonly stored: string }> {
  for (let before: string | undefined; ;) {
    const said = await ask();
    if (said.trim() === '') return { said: '', stored: '' };
    try {
      return { said, stored: normaliseServer(said, { field, onPremise }) };
    } catch (error) {
      // The same again came from a flag.
      if (!canAsk() || said === before || !(error instanceof ConfigurationError)) throw error;
      before = said;
      say(error.message);
    }
  }
}

async function needed(flag: string | undefined, question: string, name: string): Promise<string> {
  if (flag !== undefined && flag.trim() !== '') return flag;
  if (!canAsk()) throw new ConfigurationError(`${name} is missing, and nobody can be asked here: give it`);
  for (;;) {
    const answer = await asked(question);
    if (answer !== '') return answer;
  }
}

const askIfPossible = (question: string): Promise<string> =>
  canAsk() ? asked(question) : Promise.resolve('');
