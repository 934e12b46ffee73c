/** Variables of organizations. */
import { listVariables, setVariable, unsetVariable } from '../../../organizations/variables.ts';
import { variableTypes } from '../../../organizations/variableValues.ts';
import type { VariableType } from '../../../organizations/variableValues.ts';
import { answer, anything, flag, listOf, oneOf, orNull, origin, slug, text } from '../schema.ts';
import { route } from '../types.ts';

const organization = slug('whose variables');
const name = text('its name');
const description = orNull(
  text('what it is for', {
    maxLength: 1000,
    pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\s\\x00-\\x1f\\x7f-\\x9f][^\\x00-\\x1f\\x7f-\\x9f]*$',
  }),
);

const variable = answer({
  name,
  type: oneOf(variableTypes, 'what it holds'),
  value: anything('the value; `{ "secret": true }` for a secret, which is never shown'),
  description,
  origin,
  from: orNull(slug('the organization that has set it; null: one above what your token may reach')),
});

interface At {
  readonly organization: string;
  readonly name: string;
}

export const variableRoutes = [
  route<Pick<At, 'organization'>, { effective: boolean }>({
    id: 'variables.list',
    method: 'GET',
    path: '/organizations/{organization}/variables',
    role: 'viewer',
    summary: 'The variables that an organization has set, or that are in force for it',
    params: { properties: { organization } },
    query: {
      properties: { effective: { ...flag('also those inherited from above'), default: false } },
      optional: 'all',
    },
    reply: answer({ organization, variables: listOf(variable) }),
    handle: async ({ store }, { principal, params, query }) => ({
      organization: params.organization,
      variables: await listVariables(store, principal, {
        organization: params.organization,
        effective: query.effective,
      }),
    }),
  }),
  route<At, object, { type?: VariableType; value: unknown; description?: string | null }>({
    id: 'variables.set',
    method: 'PUT',
    path: '/organizations/{organization}/variables/{name}',
    role: 'editor',
    summary: 'Set a variable of an organization, for it and those below it',
    params: { properties: { organization, name } },
    body: {
      properties: {
        type: oneOf(variableTypes, 'what it holds; default: what the value is, never a secret'),
        value: anything('the value; a text for a secret'),
        description,
      },
      optional: ['type', 'description'],
    },
    reply: answer({ variable }),
    handle: async ({ store }, { principal, params, body }) => ({
      variable: await setVariable(store, principal, { ...params, ...body }),
    }),
  }),
  route<At>({
    id: 'variables.unset',
    method: 'DELETE',
    path: '/organizations/{organization}/variables/{name}',
    role: 'editor',
    summary: 'Take away what an organization has set; what is above it is in force again',
    params: { properties: { organization, name } },
    reply: answer({ variable }),
    handle: async ({ store }, { principal, params }) => ({
      variable: await unsetVariable(store, principal, params),
    }),
  }),
];
