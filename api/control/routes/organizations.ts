/** The tree of organizations. */
import type { Principal } from '../../../access/principal.ts';
import { unbroken } from '../../../configuration/apply/unbroken.ts';
import {
  changeOrganization,
  createOrganization,
  getOrganization,
  listOrganizations,
  shownOrganization,
} from '../../../organizations/organizations.ts';
import type {
  NewOrganization,
  OrganizationChanges,
  OrganizationView,
} from '../../../organizations/organizations.ts';
import { MOST_BELOW } from '../../../organizations/limits.ts';
import { overviewOf } from '../../../organizations/overview.ts';
import { removeOrganization } from '../../../organizations/removeOrganization.ts';
import type { Removing } from '../../../organizations/removeOrganization.ts';
import type { Store } from '../../../store/store.ts';
import { asName, onePage, positionOf } from '../cursor.ts';
import { maskFor } from '../mask.ts';
import { checkNames } from '../names.ts';
import {
  answer,
  anything,
  flag,
  line,
  listOf,
  moment,
  next,
  origin,
  orNull,
  paging,
  slug,
  text,
  whole,
} from '../schema.ts';
import { route } from '../types.ts';

const fields = {
  name: line('what people call it'),
  parent: orNull(slug('the organization above it; null: none, or one that you may not see')),
  tags: { ...listOf(line('a tag'), 'what triggers may choose it by'), maxItems: 100 },
  enabled: flag('whether it may run workflows'),
  domain: orNull(line('its web or e-mail domain, which may tell which Halo client it is')),
  retentionDays: orNull(
    whole('how many days its runs are kept; null: as of the organization above', {
      minimum: 1,
      maximum: 36_500,
    }),
  ),
  minRetentionDays: orNull(
    whole(
      'the fewest days that tokens for it may set on organizations below it; null: its own retentionDays',
      {
        minimum: 1,
        maximum: 36_500,
      },
    ),
  ),
  maxOrganizations: orNull(
    whole(
      `how many organizations may be below it when tokens create them; null: ${MOST_BELOW.msp} for an MSP, ${MOST_BELOW.others} for others`,
      { minimum: 0, maximum: 1_000_000 },
    ),
  ),
} as const;

const params = { properties: { slug: slug('the organization') } };

const organization = answer({
  slug: slug('its name in commands and files'),
  ...fields,
  origin,
  createdAt: moment('when'),
});

const overview = answer({
  children: whole('how many organizations are right below it'),
  connections: listOf(answer({ id: slug('its own'), default: flag('whether it is the one that it uses') })),
  mappings: listOf(
    answer({
      connection: slug('where it is mapped'),
      client: whole("Halo's id of the client"),
      contact: orNull(whole("Halo's id of its default contact")),
      site: orNull(whole("Halo's id of its default site")),
      use: flag('whether this one is chosen among several'),
    }),
    'those on connections that you may see',
  ),
  overrides: listOf(
    answer({
      trigger: slug('one that runs for it'),
      organization: slug('the owner of the trigger'),
      halo: anything('which connection its calls use instead'),
    }),
    'of triggers that you may see',
  ),
  variables: whole('how many it has set itself'),
  retention: answer({
    days: whole('how long its runs are kept'),
    from: orNull(slug('who says so; null: nobody, or an organization that you may not see')),
  }),
});

const shownTo = async (store: Store, principal: Principal, row: OrganizationView) =>
  (await maskFor(store, principal)).organization(shownOrganization(row));

export const organizationRoutes = [
  route<object, { parent?: string; search?: string; limit: number; cursor?: string }>({
    id: 'organizations.list',
    method: 'GET',
    path: '/organizations',
    role: 'viewer',
    summary: 'The organizations that you may reach, by slug',
    query: {
      properties: {
        parent: slug('only those right below this one'),
        search: text('only those with this in slug or name'),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({ organizations: listOf(organization), next }),
    handle: async ({ store }, { principal, query: { cursor, limit, ...filters } }) => {
      await checkNames(store, principal, filters);
      const after = positionOf(cursor, asName);
      const found = await listOrganizations(store, principal, { ...filters, after, limit: limit + 1 });
      const { page, next } = onePage(found, limit, ({ slug }) => slug);
      const mask = await maskFor(store, principal);
      return { organizations: page.map((row) => mask.organization(shownOrganization(row))), next };
    },
  }),
  route<{ slug: string }>({
    id: 'organizations.get',
    method: 'GET',
    path: '/organizations/{slug}',
    role: 'viewer',
    summary: 'One organization, and what there is of it',
    params,
    reply: answer({ organization, overview }),
    handle: async ({ store }, { principal, params: { slug: id } }) => ({
      organization: await shownTo(store, principal, await getOrganization(store.db, principal, id)),
      overview: await overviewOf(store, principal, id),
    }),
  }),
  route<object, object, NewOrganization>({
    id: 'organizations.create',
    method: 'POST',
    path: '/organizations',
    role: 'admin',
    summary: 'Make an organization',
    body: {
      properties: { slug: slug('its name in commands and files'), ...fields },
      optional: [
        'parent',
        'tags',
        'enabled',
        'domain',
        'retentionDays',
        'minRetentionDays',
        'maxOrganizations',
      ],
    },
    status: 201,
    reply: answer({ organization }),
    handle: async ({ store }, { principal, body }) => ({
      organization: await shownTo(store, principal, await createOrganization(store, principal, body)),
    }),
  }),
  route<{ slug: string }, object, OrganizationChanges>({
    id: 'organizations.change',
    method: 'PATCH',
    path: '/organizations/{slug}',
    role: 'admin',
    summary: 'Change an organization; another parent moves it with everything below it',
    description:
      'A move is checked like one in a file: refused (409) with `problems` and `triggers` where it would break something.',
    params,
    body: { properties: fields, optional: 'all' },
    reply: answer({ organization }),
    handle: async ({ store }, { principal, params: { slug: id }, body }) => ({
      organization: await shownTo(
        store,
        principal,
        await changeOrganization({ store, principal, guarded: unbroken }, id, body),
      ),
    }),
  }),
  route<{ slug: string }, Removing>({
    id: 'organizations.delete',
    method: 'DELETE',
    path: '/organizations/{slug}',
    role: 'admin',
    summary: 'Delete an organization that nothing stands on; its tokens go with it',
    description:
      'Refused (409) with `organizations`, `connections`, `catchAll`, `triggers`, `mappings`, `variables` and `runs` (those ' +
      'under way) while there are some. Nobody deletes the organization that their own token is for (403).',
    params,
    query: {
      properties: {
        withMappings: { ...flag('delete its mappings, too'), default: false },
        withVariables: { ...flag('delete its variables, too'), default: false },
      },
      optional: 'all',
    },
    reply: answer({ organization, tokens: listOf(text('the id of a token that ended with it')) }),
    handle: async ({ store }, { principal, params: { slug: id }, query }) => {
      const { organization: gone, tokens } = await removeOrganization({ store, principal }, id, query);
      return { organization: await shownTo(store, principal, gone), tokens };
    },
  }),
];
