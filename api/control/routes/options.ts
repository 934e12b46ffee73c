/** Reference data of a Halo. */
import { optionKinds } from '../../../configuration/options/kinds.ts';
import { readOptions } from '../../../configuration/options/options.ts';
import { answer, flag, listOf, moment, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

const kinds = Object.keys(optionKinds).join(', ');

export const optionRoutes = [
  route<{ connection: string; kind: string }, { refresh: boolean }>({
    id: 'options.list',
    method: 'GET',
    path: '/connections/{connection}/options/{kind}',
    role: 'viewer',
    summary: "Reference data of a connection's Halo, as Halo listed it within the last 15 minutes",
    description: 'Where Halo does not answer, what it listed last, with its age and the reason.',
    params: { properties: { connection: slug('its id'), kind: text(`one of ${kinds}`) } },
    query: {
      properties: { refresh: { ...flag('ask Halo now'), default: false } },
      optional: 'all',
    },
    reply: answer({
      connection: slug('its id'),
      kind: text('as asked'),
      options: listOf(
        answer({ id: { type: 'integer', description: "Halo's id" }, name: text('what people see') }),
      ),
      fetchedAt: moment('when Halo listed them'),
      ageSeconds: whole('how long ago that was'),
      problem: orNull(text('why they could not be read anew; null: they are as fresh as asked for')),
    }),
    handle: async ({ store, halo }, { principal, params, query, signal }) => ({
      ...params,
      ...(await readOptions({ store, halo }, principal, { ...params, ...query, signal })),
    }),
  }),
];
