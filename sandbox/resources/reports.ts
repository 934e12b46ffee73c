import { asText } from '../rest/text.ts';
import { json } from '../http/reply.ts';
import { among, is } from '../rest/filters.ts';
import { exception } from '../rest/refusal.ts';
import { parseArray } from '../rest/write.ts';
import { loadReport } from '../reports/run.ts';
import type { Context, Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { need, words } from './shared.ts';

/** A report that is only to be run and not stored. SQL that fails is answered with 200 and `load_error`. */
function preview(body: string, context: Context) {
  const elements = parseArray(body) as Row[];
  const report = elements.find((element) => element['_loadreportonly'] === true);
  if (!report) return null;
  return json(200, {
    id: 0,
    name: report['name'] ?? '',
    sql: report['sql'] ?? '',
    apiquery_id: report['apiquery_id'] ?? 0,
    report: { id: 0, ...loadReport(asText(report['sql']), context.db) },
  });
}

export const reports: Resource = {
  route: 'Report',
  area: 'reporting',
  table: 'reports',
  list: {
    items: 'reports',
    paging: 'paged',
    fields: words(
      'id name group_id group_name description type datasource_id restrictaccess systemreportid mainentity',
    ),
    filters: [is('reportgroup_id', 'group_id'), is('type'), among('ids', 'id')],
    search: ['name', 'description'],
  },
  details: (row, query, { db }) =>
    query.flag('loadreport') ? { report: { id: row['id'], ...loadReport(asText(row['sql']), db) } } : {},
  write: {
    types: { sql: 'text', description: 'text', type: 'integer', apiquery_id: 'integer' },
    needs: [need('name', exception('Please enter a Name')), need('sql', exception('Please enter the SQL'))],
    unique: { field: 'name' },
    defaults: () => ({
      description: '',
      group_id: 1,
      group_name: 'General',
      type: 0,
      datasource_id: 0,
      apiquery_id: 0,
      restrictaccess: false,
    }),
  },
  remove: {},
  special: { POST: ({ body, context }) => preview(body, context) },
};
