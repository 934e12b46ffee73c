/** API tokens. */
import { demandRole, ROLES } from '../../../access/principal.ts';
import type { Role } from '../../../access/principal.ts';
import { createToken, findToken, listTokens, revokeToken } from '../../../access/tokens.ts';
import { SchemaError } from '../../../errors.ts';
import { maskFor } from '../mask.ts';
import { answer, listOf, moment, oneOf, orNull, slug, text } from '../schema.ts';
import { route } from '../types.ts';

const token = answer({
  id: text('the part of the token that may be seen'),
  name: text('what it is for'),
  organization: orNull(slug('the root of what it may reach; null: the whole installation')),
  role: oneOf(ROLES, 'what it may do'),
  createdBy: text('who made it'),
  createdAt: moment('when'),
  expiresAt: orNull(moment('when it ends by itself; null: never')),
  lastUsedAt: orNull(moment('to the minute')),
  revokedAt: orNull(moment('when it was revoked')),
});

export const tokenRoutes = [
  route({
    id: 'tokens.whoami',
    method: 'GET',
    path: '/me',
    role: 'viewer',
    summary: 'Whose token this is: what it may reach, what it may do there, and when it ends',
    reply: answer({
      actor: text("the token's id, as the audit log has it; `local`: the command line of haloflow's machine"),
      name: orNull(text('what it is for; null for `local`')),
      organization: orNull(slug('the root of what it may reach; null: the whole installation')),
      role: oneOf(ROLES, 'what it may do'),
      expiresAt: orNull(moment('when it ends by itself; null: never')),
    }),
    handle: async ({ store }, { principal: { actor, organization, role } }) => {
      const { name = null, expiresAt = null } = (await findToken(store, actor)) ?? {};
      return { actor, name, organization, role, expiresAt };
    },
  }),
  route({
    id: 'tokens.list',
    method: 'GET',
    path: '/tokens',
    role: 'admin',
    summary: 'The tokens of your organizations',
    reply: answer({ tokens: listOf(token) }),
    handle: async ({ store }, { principal }) => {
      const mask = await maskFor(store, principal);
      return { tokens: (await listTokens(store, principal)).map((one) => mask.token(one)) };
    },
  }),
  route<
    object,
    object,
    { name: string; organization?: string | null; role: Role; expiresAt?: string | null }
  >({
    id: 'tokens.create',
    method: 'POST',
    path: '/tokens',
    role: 'admin',
    summary: 'Make a token; its text is shown this once',
    body: {
      properties: {
        name: text('what it is for'),
        organization: orNull(slug('the root of what it may reach; default: what your own token may reach')),
        role: oneOf(ROLES, 'what it may do'),
        expiresAt: orNull(
          moment('when it ends by itself; default: when your own token does, which is also the latest'),
        ),
      },
      optional: ['organization', 'expiresAt'],
    },
    status: 201,
    reply: answer({ token, text: text('the token itself: keep it, it cannot be shown again') }),
    handle: async ({ store }, { principal, body }) => {
      demandRole(principal, body.role);
      const organization = body.organization ?? principal.organization;
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
      if (expiresAt !== null && expiresAt <= new Date()) {
        throw new SchemaError('expiresAt: it is in the past: give a time to come', {
          details: { field: 'body.expiresAt' },
        });
      }
      return await createToken(store, principal, {
        name: body.name,
        organization,
        role: body.role,
        expiresAt,
      });
    },
  }),
  route<{ id: string }>({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: '/tokens/{id}',
    role: 'admin',
    summary: 'End a token at once',
    params: { properties: { id: text('the id of the token') } },
    reply: answer({ token }),
    handle: async ({ store }, { principal, params }) => ({
      token: await revokeToken(store, principal, params.id),
    }),
  }),
];
