/** What `haloflow connections add` does: takes what the flags say, asks for the rest, shows what it makes of it. */
import { ConfigurationError } from '../../errors.ts';
import type { NewConnection } from '../../organizations/connectionInput.ts';
import type { ConnectionView } from '../../organizations/connections.ts';
import { withApi } from '../api.ts';
import { normaliseServer } from '../normaliseServer.ts';
import { say } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { asked, canAsk, confirmed } from '../prompt.ts';
import { readSecret } from '../secretInput.ts';
import type { SecretOptions } from '../secretInput.ts';
import { connectionLines } from './page.ts';

export interface AddOptions extends SecretOptions {
  readonly org?: string;
  readonly resourceServer?: string;
  readonly authServer?: string;
  readonly tenant?: string;
  readonly onPremise?: boolean;
  readonly clientId?: string;
  readonly scope?: string;
  readonly requests?: number;
  readonly perSeconds?: number;
  readonly default?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function added(id: string | undefined, options: AddOptions): Promise<Outcome> {
  const { said, wanted } = await complete(id, options);
  const { clientSecret: _, ...shown } = wanted;
  const corrections = (['resourceServer', 'authServer'] as const).flatMap((field) =>
    wanted[field] === undefined || said[field] === wanted[field]
      ? []
      : [`${field} "${said[field]}" is stored as ${wanted[field]}`],
  );
  const told = [...connectionLines(shown), ...corrections].join('\n');
  if (options.yes !== true) {
    if (options.json === true || !canAsk()) {
      return {
        ok: false,
        json: { ok: false, connection: shown, saved: false, error: UNASKED },
        text: told,
        complaint: UNASKED.message,
      };
    }
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
        ...corrections,
        '',
        `Saved. See whether it works: haloflow doctor --connection ${connection.id}`,
      ].join('\n'),
    };
  });
}

const UNASKED = {
  type: 'ConfigurationError',
  message: 'Nothing was saved: nobody can be asked here. Say --yes to save it as shown.',
};

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

async function complete(id: string | undefined, options: AddOptions): Promise<Complete> {
  const given = options.resourceServer !== undefined && options.clientId !== undefined;
  // Whoever gives what has to be given is not asked for what may be left out.
  const optional = (flag: string | undefined, question: string): Promise<string> =>
    flag !== undefined ? Promise.resolve(flag) : given ? Promise.resolve('') : askIfPossible(question);
  const wantedId = await needed(id, 'Id of the connection, for example northwind-halo:', '<id>');
  const organization = await needed(options.org, 'Slug of the organization that owns it:', '--org');
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
      ...(options.scope === undefined ? {} : { scope: options.scope }),
      ...(options.default === undefined ? {} : { default: options.default }),
      ...limitOf(options),
      clientSecret: (await readSecret('the client secret', options)).trim(),
    },
  };
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

function limitOf({ requests, perSeconds }: AddOptions): Pick<NewConnection, 'rateLimit'> {
  if (requests === undefined && perSeconds === undefined) return {};
  return {
    rateLimit: {
      ...(requests === undefined ? {} : { requests }),
      ...(perSeconds === undefined ? {} : { perSeconds }),
    },
  };
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
