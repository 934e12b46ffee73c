/** A new client secret for a connection. */
import { rotateSecret } from '../../../organizations/rotateSecret.ts';
import { answer, origin, slug, text } from '../schema.ts';
import { route } from '../types.ts';

export const connectionSecretRoutes = [
  route<{ id: string }, object, { clientSecret: string }>({
    id: 'connections.rotateSecret',
    method: 'POST',
    path: '/connections/{id}/secret',
    role: 'admin',
    summary: 'Give a connection a new client secret, once Halo has given a token for it',
    description: 'What Halo refuses changes nothing: the old secret stays in use.',
    params: { properties: { id: slug('the connection') } },
    body: { properties: { clientSecret: text('the new one; never shown again', { maxLength: 4000 }) } },
    reply: answer({
      connection: answer({
        id: slug('the connection'),
        organization: slug('whose it is'),
        origin,
      }),
    }),
    handle: async ({ store, halo }, { principal, params, body, signal }) => ({
      connection: await rotateSecret(
        {
          store,
          principal,
          authenticate: (connection, clientSecret) => halo.authenticate({ connection, clientSecret, signal }),
        },
        params.id,
        body.clientSecret,
      ),
    }),
  }),
];
