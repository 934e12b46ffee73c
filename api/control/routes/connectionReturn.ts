/** Whether a connection would come back to a Halo that its feeds have polled before. */
import { SchemaError } from '../../../errors.ts';
import { getConnection } from '../../../organizations/connections.ts';
import { returnsOf } from '../../../triggers/feeds/returns.ts';
import { CONTINUES_DAYS } from '../../../triggers/feeds/places.ts';
import { answer, flag, moment, orNull, slug, text } from '../schema.ts';
import { route } from '../types.ts';

export const connectionReturnRoutes = [
  route<{ id: string }, { resourceServer?: string }>({
    id: 'connections.return',
    method: 'GET',
    path: '/connections/{id}/return',
    role: 'admin',
    summary: 'Whether feeds would continue at another Halo that they have polled before',
    description:
      `A feed continues at a Halo that it has polled within the last ${CONTINUES_DAYS} days: records created there meanwhile ` +
      'start runs. At any other one it starts with new records.',
    params: { properties: { id: slug('its name in commands and files') } },
    query: {
      properties: {
        resourceServer: text('an address, such as https://northwind.halopsa.com; default: the one it has', {
          maxLength: 2000,
        }),
      },
      optional: 'all',
    },
    reply: answer({
      polledUntil: orNull(moment('the last good poll there; null: it leads there now, or never has')),
      continues: flag('whether its feeds would continue there'),
    }),
    handle: async ({ store, configuration }, { principal, params, query }) => {
      const { organization, ...found } = await getConnection(store.db, principal, params.id);
      const resourceServer = query.resourceServer ?? found.resourceServer;
      if (!URL.canParse(resourceServer)) {
        throw new SchemaError(
          'query.resourceServer: it is no URL: give an address such as https://northwind.halopsa.com',
          { details: { field: 'query.resourceServer' } },
        );
      }
      const after = { id: params.id, organization, resourceServer };
      const known = (await returnsOf(store.db, await configuration.current(), [after])).get(params.id);
      return { polledUntil: known?.polledUntil ?? null, continues: known?.continues ?? false };
    },
  }),
];
