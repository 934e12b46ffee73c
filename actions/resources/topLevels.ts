/** Top levels: groups of clients. */
import { defineResource } from '../define.ts';

export const topLevels = defineResource('topLevels', {
  list: {
    title: 'List Top Levels',
    description: 'The Rewst page writes /Toplevel; the route is /TopLevel.',
    get: '/TopLevel',
    items: 'tree',
    paged: true,
    input: 'TopLevelsListInput',
    output: 'TopLevelRow',
  },
  get: { title: 'Get Top Level', get: '/TopLevel/{id}', input: 'TopLevelsGetInput', output: 'TopLevel' },
});
