/** The tree of organizations. */
import {
  changeOrganization,
  createOrganization,
  getOrganization,
  listOrganizations,
} from '../../../organizations/organizations.ts';
import type { NewOrganization, OrganizationChanges } from '../../../organizations/organizations.ts';
import { onePage, positionOf } from '../cursor.ts';
import { answer, flag, listOf, moment, next, orNull, paging, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

const fields = {
  name: text('what people call it'),
  parent: orNull(slug('the organization above it; null: it is a root')),
  tags: { ...listOf(text('a tag'), 'what triggers may choose it by'), maxItems: 100 },
  enabled: flag('whether it may run workflows'),
  domain: orNull(text('its web or e-mail domain, which may tell which Halo client it is')),
  retentionDays: orNull(
    whole('how many days its runs are kept; null: as of the organization above', {
      minimum: 1,
      maximum: 36_500,
    }),
  ),
} as const;

const params = { properties: { slug: slug('the organization') } };

const organization = answer({
  slug: slug('its name in commands and files'),
  ...fields,
  origin: text('who wrote it last: `file`, `manual` or `demo`'),
  createdAt: moment('when'),
});

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
      const after = cursor === undefined ? {} : { after: positionOf(cursor, asText) };
      const found = await listOrganizations(store, principal, { ...filters, ...after, limit: limit + 1 });
      const { page, next } = onePage(found, limit, ({ slug }) => slug);
      return { organizations: page, next };
    },
  }),
  route<{ slug: string }>({
    id: 'organizations.get',
    method: 'GET',
    path: '/organizations/{slug}',
    role: 'viewer',
    summary: 'One organization',
    params,
    reply: answer({ organization }),
    handle: async ({ store }, { principal, params: { slug: id } }) => ({
      organization: await getOrganization(store.db, principal, id),
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
      optional: ['parent', 'tags', 'enabled', 'domain', 'retentionDays'],
    },
    status: 201,
    reply: answer({ organization }),
    handle: async ({ store }, { principal, body }) => ({
      organization: await createOrganization(store, principal, body),
    }),
  }),
  route<{ slug: string }, object, OrganizationChanges>({
    id: 'organizations.change',
    method: 'PATCH',
    path: '/organizations/{slug}',
    role: 'admin',
    summary: 'Change an organization; another parent moves it with everything below it',
    description: 'Refused (409) where that would make a circle, or take away what triggers name.',
    params,
    body: { properties: fields, optional: 'all' },
    reply: answer({ organization }),
    handle: async ({ store }, { principal, params: { slug: id }, body }) => ({
      organization: await changeOrganization(store, principal, { slug: id, asked: body }),
    }),
  }),
];

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
