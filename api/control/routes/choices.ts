/** What a form has to offer whoever makes a trigger. */
import { triggerTypes } from '../../../triggers/catalogue/index.ts';
import { anything, answer, listOf, oneOf, text } from '../schema.ts';
import { route } from '../types.ts';

const types = Object.values(triggerTypes).map(({ type, title, description, source, parameters }) => ({
  type,
  title,
  description,
  source,
  parameters,
}));

export const choiceRoutes = [
  route({
    id: 'workflows.list',
    method: 'GET',
    path: '/workflows',
    role: 'editor',
    summary: "The workflows that a trigger may start: haloflow's own and those of the workflows folder",
    reply: answer({ workflows: listOf(text('its name'), 'in the order of the alphabet') }),
    handle: async ({ files }) => ({ workflows: await files.workflowNames() }),
  }),
  route({
    id: 'trigger-types.list',
    method: 'GET',
    path: '/trigger-types',
    role: 'viewer',
    summary: 'What a trigger may watch, and the parameters of each type',
    reply: answer({
      types: listOf(
        answer({
          type: oneOf(Object.keys(triggerTypes), 'as a trigger names it'),
          title: text('for people'),
          description: text('a sentence or two'),
          source: text('where its events come from: feed, manual, schedule, webhook, halo or run'),
          parameters: anything(
            'JSON Schema of `parameters`: every property described, with its default where it may be left out',
          ),
        }),
      ),
    }),
    handle: () => Promise.resolve({ types }),
  }),
];
