/** What `haloflow mappings create-organizations` and `create-clients` do. */
import { withApi } from './api.ts';
import type { Api } from './api.ts';
import { pathOn } from './mappings.ts';
import type { On } from './mappings.ts';
import { say } from './outcome.ts';
import type { Creating } from '../organizations/mapping/createOrganizations.ts';
import type { Outcome } from './outcome.ts';

export interface OrganizationsOptions extends On, Creating {}

export async function createdOrganizations({ connection, ...body }: OrganizationsOptions): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{
      created: readonly { organization: string; name: string; client: number }[];
      skipped: readonly { client: number; name: string; organization: string }[];
      unknown?: readonly number[];
    }>({ method: 'POST', path: pathOn({ connection }, 'mappings', 'organizations'), body });
    const unknown = done.unknown ?? [];
    const lines = [
      ...done.created.map((one) => `+ ${one.organization} (${one.name}): client ${one.client}`),
      ...done.skipped.map((one) => `  ${one.name}, client ${one.client}, seems to be ${one.organization}`),
      `${done.created.length} ${body.plan ? 'would be created' : 'created'}, ${done.skipped.length} skipped.`,
      ...(done.skipped.length === 0
        ? []
        : ['`haloflow mappings accept` maps those, `--anyway` creates them.']),
    ];
    const error = {
      type: 'NotFoundError',
      message: `Halo of ${connection} lists no client ${unknown.join(', ')}: check --clients, or ask anew with --refresh`,
    };
    const ok = unknown.length === 0;
    return {
      ok,
      json: { ok, ...done, ...(ok ? {} : { error }) },
      text: lines.join('\n'),
      ...(ok ? {} : { complaint: error.message }),
    };
  });
}

export interface ClientsOptions extends On {
  readonly orgs?: readonly string[];
  readonly tags?: readonly string[];
  readonly plan?: boolean;
}

interface Created {
  readonly created: readonly { organization: string; name: string; client: number | null }[];
  readonly skipped: readonly { organization: string; client: number; name: string }[];
  readonly failed: readonly { organization: string; reason: string }[];
  readonly remaining: number;
}

/** In batches, until there is nobody left or a batch brings nothing. */
export async function createdClients(options: ClientsOptions): Promise<Outcome> {
  // They are created by runs, so that each is created once.
  return await withApi((api) => createClients(api, options), { needs: 'worker' });
}

async function createClients(api: Api, { connection, orgs, tags, plan }: ClientsOptions): Promise<Outcome> {
  const ask = async (): Promise<Created> => await askOnce(api, { connection, orgs, tags, plan });
  let done = await ask();
  const isGoingOn = ({ created, failed, remaining }: Created): boolean =>
    plan !== true && created.length > 0 && failed.length === 0 && remaining > 0;
  while (isGoingOn(done)) {
    say(`${done.created.length} created, ${done.remaining} to go …`);
    const more = await ask();
    done = { ...more, created: [...done.created, ...more.created] };
  }
  const ok = done.failed.length === 0;
  const error = { type: 'ConfigurationError', message: `${done.failed.length} could not be created` };
  const lines = [
    ...done.created.map(
      ({ organization, client }) => `+ ${organization}${client === null ? '' : `: client ${client}`}`,
    ),
    ...done.skipped.map((one) => `  ${one.organization} seems to be client ${one.client}, ${one.name}`),
    `${done.created.length + (plan ? done.remaining : 0)} ${plan ? 'would be created' : 'created'}, ${done.skipped.length} skipped.`,
  ];
  return {
    ok,
    json: { ok, ...done, ...(ok ? {} : { error }) },
    text: lines.join('\n'),
    complaint: done.failed.map((one) => `${one.organization}: ${one.reason}`).join('\n'),
  };
}

async function askOnce(
  api: Api,
  {
    connection,
    orgs,
    tags,
    plan,
  }: { readonly [Name in keyof ClientsOptions]-?: ClientsOptions[Name] | undefined },
): Promise<Created> {
  return await api.call<Created>({
    method: 'POST',
    path: pathOn({ connection: connection ?? '' }, 'mappings', 'clients'),
    body: {
      ...(orgs ? { organizations: orgs } : {}),
      ...(tags ? { tags } : {}),
      ...(plan ? { plan, limit: 100 } : {}),
    },
  });
}
