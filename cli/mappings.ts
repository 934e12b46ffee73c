/** What `haloflow mappings` does to single mappings, and how it shows them. */
import { ConfigurationError } from '../errors.ts';
import { withApi } from './api.ts';
import type { IdOrName } from './json.ts';
import { warned } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

/** All of these commands work on one connection. */
export interface On {
  readonly connection: string;
}

/** Below the API's `/connections/{connection}`. */
export const pathOn = ({ connection }: On, ...rest: readonly (string | number)[]): string =>
  `/connections/${[connection, ...rest].map((part) => encodeURIComponent(part)).join('/')}`;

interface ClientState {
  readonly client: number;
  readonly name: string;
  readonly inactive: boolean;
  readonly state: string;
  readonly organization: string | null;
  readonly contact: number | null;
  readonly site: number | null;
  readonly use: boolean;
  readonly reason: string | null;
  readonly missing: boolean;
}

interface States {
  readonly clients: readonly ClientState[];
  readonly counts: Readonly<Record<'unmapped' | 'mapped' | 'ignored' | 'all', number>>;
  readonly unmappedOrganizations: number;
  readonly catchAll: string | null;
  readonly next: string | null;
}

export interface Paged {
  readonly limit?: number;
  readonly cursor?: string;
  readonly refresh?: boolean;
}

export type ListOptions = On & Paged & { readonly state: string; readonly search?: string };

const moreLine = (next: string | null): string =>
  next === null ? '' : `\n\nThere are more: --cursor ${next} shows them`;

export async function listed(options: ListOptions): Promise<Outcome> {
  const { connection, state, search, limit, cursor, refresh } = options;
  return await withApi(async (api) => {
    const page = await api.call<States>({
      path: pathOn({ connection }, 'mappings'),
      query: { state, search, limit, cursor, refresh },
    });
    const rows = page.clients.map((row) => [
      row.client,
      row.name,
      row.state,
      row.organization ?? '-',
      remarks(row),
    ]);
    const { unmapped, mapped, ignored, all } = page.counts;
    const sum =
      `${all} clients: ${mapped} mapped, ${unmapped} unmapped, ${ignored} ignored; ` +
      `${page.unmappedOrganizations} organizations without a client; catch-all: ${page.catchAll ?? 'none'}`;
    const drawn =
      rows.length === 0
        ? 'No clients.'
        : table(['client', 'name', 'state', 'organization', 'remarks'], rows, { prose: true });
    return {
      ok: true,
      json: { ok: true, ...page },
      text: `${drawn}${moreLine(page.next)}\n\n${sum}`,
    };
  });
}

function remarks({ inactive, contact, site, use, reason, missing }: ClientState): string {
  return [
    missing ? 'not listed by Halo' : '',
    inactive ? 'inactive' : '',
    contact === null ? '' : `contact ${contact}`,
    site === null ? '' : `site ${site}`,
    use ? 'in use' : '',
    reason ?? '',
  ]
    .filter((remark) => remark !== '')
    .join(', ');
}

interface Suggestion {
  readonly client: number;
  readonly clientName: string;
  readonly organization: string;
  readonly organizationName: string;
  readonly score: number;
  readonly tied: boolean;
  readonly reasons: readonly string[];
}

export type SuggestOptions = On &
  Paged & { readonly above?: number; readonly inactive?: boolean; readonly details?: boolean };

export async function suggested({ connection, ...query }: SuggestOptions): Promise<Outcome> {
  const { above, inactive, details, refresh, limit, cursor } = query;
  return await withApi(async (api) => {
    const page = await api.call<{
      suggestions: readonly Suggestion[];
      total: number;
      acceptable: { readonly exact: number; readonly above: number };
      next: string | null;
    }>({
      path: pathOn({ connection }, 'mappings', 'suggestions'),
      query: { above, inactive, details, refresh, limit, cursor },
    });
    const sum =
      `${page.total} suggestions. \`haloflow mappings accept --exact\` would map ${page.acceptable.exact}, ` +
      `\`--above ${above ?? 0.9}\` ${page.acceptable.above}.`;
    return {
      ok: true,
      json: { ok: true, ...page },
      text: `${drawn(page.suggestions)}${moreLine(page.next)}\n\n${sum}`,
    };
  });
}

function drawn(suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0) return 'No suggestions.';
  const rows = suggestions.map((one) => [
    one.score.toFixed(2),
    one.client,
    one.clientName,
    one.organization,
    one.organizationName,
    [...(one.tied ? ['another one is as good'] : []), ...one.reasons].join('; '),
  ]);
  return table(['score', 'client', 'its name', 'organization', 'its name', 'reasons'], rows, { prose: true });
}

interface Pair {
  readonly organization: string;
  readonly client: number;
}

export interface AcceptOptions extends On {
  readonly exact?: boolean;
  readonly above?: number;
  readonly inactive?: boolean;
  readonly refresh?: boolean;
  readonly plan?: boolean;
}

/** @throws ConfigurationError unless it is said what to accept, in one way. */
export async function accepted(
  organization: string | undefined,
  client: IdOrName | undefined,
  { connection, ...options }: AcceptOptions,
): Promise<Outcome> {
  const pair = organization === undefined || client === undefined ? undefined : { organization, client };
  const ways = [options.exact === true, options.above !== undefined, organization !== undefined];
  if (ways.filter(Boolean).length !== 1 || (organization !== undefined && !pair)) {
    throw new ConfigurationError(
      'what is to be accepted? Give --exact, or --above with a score, or an organization and the id or name of its client',
    );
  }
  return await withApi(async (api) => {
    const done = await api.call<{
      batch: string | null;
      mappings: readonly Pair[];
      tied: readonly Suggestion[];
      left: readonly Pair[];
      warning?: string;
    }>({
      method: 'POST',
      path: pathOn({ connection }, 'mappings', 'accept'),
      body: { ...options, ...(pair ? { pair } : {}) },
    });
    const lines = [
      ...done.mappings.map((row) => `+ ${row.organization}: client ${row.client}`),
      ...(done.tied.length === 0 ? [] : ['', 'Not clear, to be accepted one by one:', drawn(done.tied)]),
      ...(done.left.length === 0
        ? []
        : [`${done.left.length} were mapped by somebody else in the meantime.`]),
      `${done.mappings.length} ${options.plan ? 'would be mapped' : 'mapped'}.`,
      ...(done.batch === null
        ? []
        : [`\`haloflow mappings undo ${done.batch} --connection ${connection}\` takes it back.`]),
    ];
    return { ok: true, json: { ok: true, ...done }, text: lines.join('\n'), ...warned(done) };
  });
}

export async function undone(batch: string | undefined, { connection }: On): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ batch: string; mappings: readonly Pair[] }>({
      method: 'POST',
      path: pathOn({ connection }, 'mappings', 'undo'),
      body: batch === undefined ? {} : { batch },
    });
    const lines = done.mappings.map((row) => `- ${row.organization}: client ${row.client}`);
    return {
      ok: true,
      json: { ok: true, ...done },
      text: [...lines, `${lines.length} taken back.`].join('\n'),
    };
  });
}

export interface SetOptions extends On {
  /** False: none. */
  readonly contact?: IdOrName | false;
  readonly site?: IdOrName | false;
  readonly use?: boolean;
}

const orNone = (name: string, value: IdOrName | false | undefined): object =>
  value === undefined ? {} : { [name]: value === false ? null : value };

export async function set(
  organization: string,
  client: IdOrName,
  { connection, contact, site, use }: SetOptions,
): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ mapping: Pair; changed: boolean; warning?: string }>({
      method: 'PUT',
      path: pathOn({ connection }, 'mappings', organization),
      body: {
        client,
        ...orNone('contact', contact),
        ...orNone('site', site),
        ...(use === undefined ? {} : { use }),
      },
    });
    return {
      ok: true,
      json: { ok: true, ...done },
      text: `${organization} is client ${done.mapping.client} of ${connection}${done.changed ? '.' : ' already.'}`,
      ...warned(done),
    };
  });
}

export async function removed(organization: string, { connection }: On): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ mapping: Pair }>({
      method: 'DELETE',
      path: pathOn({ connection }, 'mappings', organization),
    });
    return {
      ok: true,
      json: { ok: true, ...done },
      text: `${organization} is no client of ${connection} any more; it was client ${done.mapping.client}.`,
    };
  });
}

/** `none`: nobody; `slug:none`: the organization of that slug. */
export async function caughtBy(organization: string, { connection }: On): Promise<Outcome> {
  return await withApi(async (api) => {
    const done = await api.call<{ catchAll: string | null }>({
      method: 'PUT',
      path: pathOn({ connection }, 'catch-all'),
      body: { organization: organization === 'none' ? null : organization.replace(/^slug:/, '') },
    });
    const text =
      done.catchAll === null
        ? `Clients of ${connection} that are mapped to nobody stand for nobody.`
        : `${done.catchAll} stands for clients of ${connection} that are mapped to nobody.`;
    return { ok: true, json: { ok: true, ...done }, text };
  });
}
