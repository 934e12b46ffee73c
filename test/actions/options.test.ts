/** Which options a call takes. */
import { findAction } from '../../actions/index.ts';
import type { CallRequest } from '../../sdk/options.ts';
import { checkRequest } from '../../worker/request.ts';

function verdict(id: string, options: CallRequest): string {
  try {
    checkRequest(findAction(id)!, options);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[id: string, options: CallRequest, message: string]>([
  ['tickets.upsert', { extra: { newer: 1 } }, 'accepted'],
  ['reports.upsert', { extra: { newer: 1 } }, 'accepted'],
  [
    'reports.preview',
    { extra: { _loadreportonly: false } },
    'reports.preview: option extra is for writes only',
  ],
  ['tickets.list', { extra: {} }, 'tickets.list: option extra is for writes only'],
  ['halo.request', { extra: {} }, 'halo.request: option extra is for writes only'],
  ['tickets.list', { limit: 3 }, 'accepted'],
  ['reports.preview', { limit: 3 }, 'accepted'],
  ['reports.preview', { all: true }, 'reports.preview: option all is for lists only'],
  ['tickets.get', { limit: 3 }, 'tickets.get: option limit is for lists and report previews only'],
])('%s with %j: %s', (id, options, message) => {
  expect(verdict(id, options)).toBe(message);
});
