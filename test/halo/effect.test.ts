import { effectOf } from '../../halo/effect.ts';
import { findAction } from '../../actions/index.ts';

test.each<[id: string, input: unknown, effect: string]>([
  ['tickets.list', {}, 'read'],
  ['tickets.update', { effect: 'read' }, 'update'],
  ['reports.preview', { sql: 'x' }, 'read'],
  ['halo.request', { method: 'GET' }, 'read'],
  ['halo.request', { method: 'get' }, 'read'],
  ['halo.request', { method: 'POST' }, 'upsert'],
  ['halo.request', { method: 'DELETE' }, 'delete'],
  ['halo.request', { method: 'POST', effect: 'read' }, 'read'],
  ['halo.request', { method: 'GET', effect: 'update' }, 'update'],
  ['halo.request', { method: 'constructor' }, 'upsert'],
  ['halo.request', undefined, 'upsert'],
])('%s with %j: %s', (id, input, effect) => {
  expect(effectOf(findAction(id)!, input)).toBe(effect);
});
