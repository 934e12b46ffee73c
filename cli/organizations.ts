/** What `haloflow organizations` does. */
import type { OrganizationChanges, OrganizationView } from '../organizations/organizations.ts';
import type { Overview } from '../organizations/overview.ts';
import { ConfigurationError } from '../errors.ts';
import { withApi } from './api.ts';
import { facts } from './facts.ts';
import { comesBack } from './origin.ts';
import type { Outcome } from './outcome.ts';
import { everyRow } from './paging.ts';
import { agreed } from './prompt.ts';
import { table } from './table.ts';

type Shown = Pick<
  OrganizationView,
  | 'slug'
  | 'name'
  | 'parent'
  | 'tags'
  | 'enabled'
  | 'domain'
  | 'retentionDays'
  | 'minRetentionDays'
  | 'maxOrganizations'
  | 'origin'
>;

const pathOf = (slug: string): string => `/organizations/${encodeURIComponent(slug)}`;

interface InTree {
  readonly row: Shown;
  readonly depth: number;
}

/** Each below its parent; whose parent is not among them is at the left. */
function treeOf(rows: readonly Shown[]): InTree[] {
  const known = new Set(rows.map(({ slug }) => slug));
  const below = new Map<string | null, Shown[]>();
  for (const row of rows) {
    const parent = row.parent !== null && known.has(row.parent) ? row.parent : null;
    const siblings = below.get(parent) ?? [];
    siblings.push(row);
    below.set(parent, siblings);
  }
  const walk = (parent: string | null, depth: number): InTree[] =>
    (below.get(parent) ?? []).flatMap((row) => [{ row, depth }, ...walk(row.slug, depth + 1)]);
  return walk(null, 0);
}

/** One of a tree and all below it. */
function branchOf(tree: readonly InTree[], slug: string): readonly InTree[] {
  const from = tree.findIndex(({ row }) => row.slug === slug);
  const top = tree[from];
  if (!top)
    throw new ConfigurationError(
      `there is no organization ${slug}: haloflow organizations list shows those that there are, haloflow organizations add makes one`,
    );
  const rest = tree.slice(from + 1);
  const end = rest.findIndex(({ depth }) => depth <= top.depth);
  const branch = [top, ...(end === -1 ? rest : rest.slice(0, end))];
  return branch.map(({ row, depth }) => ({ row, depth: depth - top.depth }));
}

export async function listed({
  search,
  below,
}: {
  readonly search?: string;
  readonly below?: string;
}): Promise<Outcome> {
  return await withApi(async (api) => {
    const tree = treeOf(await everyRow<Shown>(api, 'organizations', { search }));
    const shown = below === undefined ? tree : branchOf(tree, below);
    const rows = shown.map(({ row, depth }) => [
      `${'  '.repeat(depth)}${row.slug}`,
      row.name,
      row.enabled ? 'yes' : 'no',
      row.tags.join(' ') || '-',
      row.domain ?? '-',
      row.retentionDays === null ? '-' : `${row.retentionDays} days`,
    ]);
    const none =
      search === undefined
        ? 'No organizations: haloflow organizations add makes one.'
        : 'No organization has that in its slug or name.';
    return {
      ok: true,
      json: { ok: true, organizations: shown.map(({ row }) => row) },
      text:
        rows.length === 0
          ? none
          : table(['organization', 'name', 'enabled', 'tags', 'domain', 'runs kept'], rows),
    };
  });
}

interface Found {
  readonly organization: Shown;
  readonly overview: Overview;
}

export async function shown(slug: string): Promise<Outcome> {
  return await withApi(async (api) => {
    const found = await api.call<Found>({ path: pathOf(slug) });
    return { ok: true, json: { ok: true, ...found }, text: page(found) };
  });
}

function page({ organization, overview }: Found): string {
  const { connections, mappings, overrides, variables, retention, children } = overview;
  const own = connections.map(({ id, default: isDefault }) => `${id}${isDefault ? ' (default)' : ''}`);
  const mapped = mappings.map(({ connection, client, contact, site, use }) =>
    [
      `client ${client} of ${connection}`,
      ...(contact === null ? [] : [`contact ${contact}`]),
      ...(site === null ? [] : [`site ${site}`]),
      ...(use ? ['in use'] : []),
    ].join(', '),
  );
  const others = overrides.map(
    ({ trigger, organization: owner, halo }) => `trigger ${trigger} of ${owner}: ${overrideText(halo)}`,
  );
  return facts([
    ...factsOf(organization),
    ['below it', children],
    ['connections', lines(own)],
    ['mappings', lines(mapped)],
    ['overrides', lines(others)],
    ['variables', `${variables} of its own`],
    ['runs are kept', keptText(organization, retention)],
    ...limitFacts(organization),
  ]);
}

const lines = (all: readonly string[]): string => (all.length === 0 ? 'none' : all.join('\n'));

function factsOf(organization: Shown): (readonly [string, string])[] {
  const { slug, name, parent, tags, enabled, domain, origin } = organization;
  return [
    ['organization', slug],
    ['name', name],
    ['parent', parent ?? '(none: it is at the top)'],
    ['enabled', enabled ? 'yes' : 'no'],
    ['tags', tags.join(' ') || 'none'],
    ['domain', domain ?? 'none'],
    ['written by', origin],
  ];
}

const savedFacts = (organization: Shown): (readonly [string, string])[] => [
  ...factsOf(organization),
  ...(organization.retentionDays === null
    ? []
    : [['runs kept', `${organization.retentionDays} days`] as const]),
  ...limitFacts(organization),
];

const limitFacts = ({ minRetentionDays, maxOrganizations }: Shown): (readonly [string, string])[] => [
  ...(minRetentionDays === null ? [] : [['minimum retention below', `${minRetentionDays} days`] as const]),
  ...(maxOrganizations === null ? [] : [['maximum below', `${maxOrganizations} organizations`] as const]),
];

function overrideText({ use, connection, name, fallback }: Overview['overrides'][number]['halo']): string {
  const what = connection ?? name;
  return `${use}${what === undefined ? '' : ` ${what}`}${fallback === 'default' ? ', else the default' : ''}`;
}

function keptText({ slug }: Shown, { days, from }: Overview['retention']): string {
  if (from === slug) return `${days} days`;
  return `${days} days, ${from === null ? 'as nobody here says otherwise' : `as ${from} says`}`;
}

export interface Saying {
  readonly name?: string;
  readonly parent?: string;
  readonly tags?: readonly string[];
  readonly enabled?: boolean;
  readonly domain?: string;
  readonly retentionDays?: number | 'inherit';
  readonly minRetentionDays?: number | 'own';
  readonly maxOrganizations?: number | 'default';
}

/** An empty parent, domain or list of tags is none. */
function changesOf({
  name,
  parent,
  tags,
  enabled,
  domain,
  retentionDays,
  minRetentionDays,
  maxOrganizations,
}: Saying): OrganizationChanges {
  return {
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { parent: parent === '' ? null : parent }),
    ...(tags === undefined ? {} : { tags }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(domain === undefined ? {} : { domain: domain === '' ? null : domain }),
    ...(retentionDays === undefined
      ? {}
      : { retentionDays: retentionDays === 'inherit' ? null : retentionDays }),
    ...(minRetentionDays === undefined
      ? {}
      : { minRetentionDays: minRetentionDays === 'own' ? null : minRetentionDays }),
    ...(maxOrganizations === undefined
      ? {}
      : { maxOrganizations: maxOrganizations === 'default' ? null : maxOrganizations }),
  };
}

interface Saved {
  readonly organization: Shown;
}

export async function added(slug: string, saying: Saying): Promise<Outcome> {
  return await withApi(async (api) => {
    const { organization } = await api.call<Saved>({
      method: 'POST',
      path: '/organizations',
      body: { slug, name: slug, ...changesOf(saying) },
    });
    return {
      ok: true,
      json: { ok: true, organization },
      text: `${facts(savedFacts(organization))}\n\nSaved.`,
    };
  });
}

export async function changed(slug: string, saying: Saying): Promise<Outcome> {
  const body = changesOf(saying);
  if (Object.keys(body).length === 0) {
    throw new ConfigurationError(`there is nothing to change of ${slug}: say what, for example --name Acme`);
  }
  return await withApi(async (api) => {
    const { organization: before } = await api.call<Saved>({ path: pathOf(slug) });
    const { organization } = await api.call<Saved>({ method: 'PATCH', path: pathOf(slug), body });
    return {
      ok: true,
      json: { ok: true, organization },
      text: [facts(savedFacts(organization)), '', 'Saved.', ...comesBack(before)].join('\n'),
    };
  });
}

export interface RemoveOptions {
  readonly withMappings?: boolean;
  readonly withVariables?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function removed(
  slug: string,
  { withMappings = false, withVariables = false, yes = false, json = false }: RemoveOptions,
): Promise<Outcome> {
  return await withApi(async (api) => {
    const { organization: before } = await api.call<Saved>({ path: pathOf(slug) });
    if (!(await agreed(`Delete organization ${slug} (${before.name})?`, { yes, json }))) {
      return {
        ok: true,
        json: { ok: true, organization: before, removed: false, tokens: [] },
        text: 'Nothing was deleted.',
      };
    }
    const { organization, tokens } = await api.call<Saved & { tokens: readonly string[] }>({
      method: 'DELETE',
      path: pathOf(slug),
      query: { withMappings, withVariables },
    });
    const ended = tokens.length === 0 ? '' : ` Its tokens have ended: ${tokens.join(', ')}.`;
    return {
      ok: true,
      json: { ok: true, organization, removed: true, tokens },
      text: `Organization ${organization.slug} is deleted.${ended}`,
    };
  });
}
