/** Reports: saved SQL queries, and previews of one that is not saved. */
import { defineResource } from '../define.ts';

export const reports = defineResource('reports', {
  list: {
    title: 'List Reports',
    get: '/Report',
    items: 'reports',
    paged: true,
    input: 'ReportsListInput',
    output: 'ReportRow',
  },
  get: {
    title: 'Get Report',
    description:
      'With `loadreport` and `includedetails` Halo runs the report and puts its rows under `report.rows`.',
    get: '/Report/{id}',
    input: 'ReportsGetInput',
    output: 'Report',
  },
  upsert: {
    title: 'Add or Update Reports',
    one: 'Report',
    post: '/Report',
    input: 'Report',
    output: 'Report',
    createNeeds: ['name', 'sql'],
  },
  preview: {
    title: 'Preview Report',
    description:
      "Runs SQL and saves nothing. Halo answers 200 even when the SQL fails; here that is an error with Halo's text.",
    post: '/Report',
    effect: 'read',
    body: { id: 0, name: '', apiquery_id: 0, _testonly: false, _loadreportonly: true },
    unwrap: ['report', ''],
    errorKey: 'load_error',
    input: 'ReportsPreviewInput',
    output: 'ReportPreview',
  },
});
