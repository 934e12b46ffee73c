/** Single changes of mappings: set, removed, a client left out, a catch-all organization. */
import {
  ignoreClient,
  removeMapping,
  setCatchAll,
  setKnownMapping,
  unignoreClient,
} from '../../../organizations/mapping/edit.ts';
import { answer, flag, orNull, slug, text } from '../schema.ts';
import { route } from '../types.ts';
import type { Asked, Control } from '../types.ts';
import { withIds } from './mappingNames.ts';
import type { Naming } from './mappingNames.ts';
import {
  asking,
  haloId,
  haloIdOrName,
  idOrName,
  mapping,
  namedClient,
  onConnection,
  warning,
} from './mappingShapes.ts';
import type { OnConnection } from './mappingShapes.ts';

/** The id of a client that a path names. */
async function clientOf(
  control: Control,
  asked: Pick<Asked<OnConnection & { client: string }, unknown, unknown>, 'principal' | 'params'>,
): Promise<{ readonly client: number }> {
  return await withIds(control, asked, {
    named: { client: idOrName(asked.params.client) },
    at: 'params',
  });
}

export const mappingEditRoutes = [
  route<OnConnection & { organization: string }, object, Naming & { use?: boolean }>({
    id: 'mappings.set',
    method: 'PUT',
    path: '/connections/{connection}/mappings/{organization}',
    role: 'editor',
    summary: 'Say which client an organization is',
    description:
      'What is left out stays as it is; with another client, contact and site are forgotten. Halo is asked for the client: 404 when it has none.',
    params: { properties: { ...onConnection, organization: slug('the organization') } },
    body: {
      properties: {
        client: haloIdOrName("Halo's id of the client"),
        contact: orNull(haloIdOrName("Halo's id of its default contact")),
        site: orNull(haloIdOrName("Halo's id of its default site")),
        use: flag('choose this one where the organization is mapped on several connections'),
      },
      optional: ['contact', 'site', 'use'],
    },
    reply: answer({ mapping, changed: flag('whether it was otherwise before'), warning }),
    handle: async (control, asked) =>
      await setKnownMapping(asking(control, asked), {
        organization: asked.params.organization,
        ...(await withIds(control, asked, { named: asked.body, at: 'body' })),
      }),
  }),
  route<OnConnection & { organization: string }>({
    id: 'mappings.remove',
    method: 'DELETE',
    path: '/connections/{connection}/mappings/{organization}',
    role: 'editor',
    summary: 'Forget which client an organization is',
    params: { properties: { ...onConnection, organization: slug('the organization') } },
    reply: answer({ mapping }),
    handle: async (control, asked) => ({
      mapping: await removeMapping(asking(control, asked), asked.params.organization),
    }),
  }),
  route<OnConnection & { client: string }, object, { reason?: string | null }>({
    id: 'mappings.ignore',
    method: 'PUT',
    path: '/connections/{connection}/mappings/ignored/{client}',
    role: 'editor',
    summary: 'Leave a client out: it is no customer to be mapped',
    params: { properties: { ...onConnection, client: namedClient } },
    body: { properties: { reason: orNull(text('why')) }, optional: 'all' },
    reply: answer({ client: haloId("Halo's id of the client"), reason: orNull(text('why')) }),
    handle: async (control, asked) =>
      await ignoreClient(asking(control, asked), {
        ...(await clientOf(control, asked)),
        reason: asked.body.reason ?? null,
      }),
  }),
  route<OnConnection & { client: string }>({
    id: 'mappings.unignore',
    method: 'DELETE',
    path: '/connections/{connection}/mappings/ignored/{client}',
    role: 'editor',
    summary: 'Take a client back among those to be mapped',
    params: { properties: { ...onConnection, client: namedClient } },
    reply: answer({ client: haloId("Halo's id of the client"), reason: orNull(text('why it was ignored')) }),
    handle: async (control, asked) =>
      await unignoreClient(asking(control, asked), (await clientOf(control, asked)).client),
  }),
  route<OnConnection, object, { organization: string | null }>({
    id: 'mappings.catch-all',
    method: 'PUT',
    path: '/connections/{connection}/catch-all',
    role: 'editor',
    summary: 'Say which organization stands for clients that are mapped to nobody',
    params: { properties: onConnection },
    body: { properties: { organization: orNull(slug("the owner or one below it; null: nobody's")) } },
    reply: answer({
      catchAll: orNull(slug('the organization')),
      changed: flag('whether it was otherwise before'),
    }),
    handle: async (control, asked) => await setCatchAll(asking(control, asked), asked.body.organization),
  }),
];
