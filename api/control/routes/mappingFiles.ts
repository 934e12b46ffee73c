/** All mappings of a connection, out of haloflow and into it. */
import { exportRows } from '../../../organizations/mapping/exportRows.ts';
import { importRows } from '../../../organizations/mapping/importRows.ts';
import { answer, flag, listOf, oneOf, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';
import { asking, haloId, onConnection, warning } from './mappingShapes.ts';
import type { OnConnection } from './mappingShapes.ts';

const MOST_ROWS = 10_000;

export const mappingFileRoutes = [
  route<OnConnection>({
    id: 'mappings.export',
    method: 'GET',
    path: '/connections/{connection}/mappings/export',
    role: 'viewer',
    summary: 'All mappings and ignored clients, as `mappings.import` takes them',
    params: { properties: onConnection },
    reply: answer({
      rows: listOf(
        answer({
          organization: orNull(slug('the organization; null for an ignored client')),
          client: haloId("Halo's id of the client"),
          contact: orNull(haloId("Halo's id of its default contact")),
          site: orNull(haloId("Halo's id of its default site")),
          use: flag('chosen where the organization is mapped on several connections'),
          ignored: flag('not to be mapped'),
          reason: orNull(text('why it is ignored')),
          clientName: orNull(text('as Halo called it when its list was read last')),
          organizationName: orNull(text('as people call it')),
        }),
      ),
    }),
    handle: async (control, asked) => ({ rows: await exportRows(asking(control, asked)) }),
  }),
  route<
    OnConnection,
    object,
    {
      rows: readonly { line: number; values: Readonly<Record<string, unknown>> }[];
      plan?: boolean;
    }
  >({
    id: 'mappings.import',
    method: 'POST',
    path: '/connections/{connection}/mappings/import',
    role: 'editor',
    summary: 'Bring mappings to what rows say; bad rows are named and do not block the others',
    description: 'What is in none of the rows stays as it is. The same rows a second time change nothing.',
    params: { properties: onConnection },
    body: {
      properties: {
        rows: {
          type: 'array',
          maxItems: MOST_ROWS,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['line', 'values'],
            properties: {
              line: whole('by which a bad row is named'),
              values: {
                type: 'object',
                description:
                  'organization, client, contact, site, use, ignored, reason; texts of numbers and of true and false too',
              },
            },
          },
        },
        plan: flag('say what would change, and change nothing'),
      },
      optional: ['plan'],
    },
    reply: answer({
      changes: listOf(
        answer({
          line: whole('of the row'),
          op: oneOf(['+', '~'], 'new, or otherwise before'),
          organization: orNull(slug('the organization; null for an ignored client')),
          client: haloId("Halo's id of the client"),
        }),
      ),
      unchanged: whole('rows that were so already'),
      bad: listOf(answer({ line: whole('of the row'), reason: text('what is wrong with it') })),
      warning,
    }),
    handle: async (control, asked) =>
      await importRows(asking(control, asked), asked.body.rows, { plan: asked.body.plan === true }),
  }),
];
