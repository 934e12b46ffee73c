/** The rate budgets of Halo hosts: lists them, and resets what a 429 has changed. */
import { listBudgets, resetBudgets } from '../../../organizations/budgets.ts';
import { answer, listOf, moment, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

const budget = answer({
  organization: slug('the root of its organization tree'),
  host: text('host and port of Halo'),
  requests: whole('the configured number of requests'),
  perSeconds: whole('the window of that number, in seconds'),
  allowed: whole('the number that haloflow assumes since the last 429'),
  used: whole('requests that count now'),
  waiting: whole('requests that wait for their place'),
  pausedUntil: orNull(moment('until when requests pause because of a 429')),
  refusedAt: orNull(moment('when Halo last answered 429')),
  refusal: orNull(text('the text of that answer')),
  connections: listOf(text('a connection that shares it')),
});

export const budgetRoutes = [
  route({
    id: 'budgets.list',
    method: 'GET',
    path: '/budgets',
    role: 'viewer',
    summary: 'The rate budgets of your Halo hosts',
    description:
      'Each organization tree has its own. A token for a part of a tree sees the budgets that only connections of that part ' +
      'share.',
    reply: answer({ budgets: listOf(budget) }),
    handle: async ({ store }, { principal }) => ({ budgets: await listBudgets(store, principal) }),
  }),
  route<object, object, { host: string; organization?: string }>({
    id: 'budgets.reset',
    method: 'POST',
    path: '/budgets/reset',
    role: 'operator',
    summary: 'Clear the limit that haloflow assumes since a 429, and the pause after it',
    description: 'Granted requests still count. 404 if you see no budget of that host.',
    body: {
      properties: {
        host: text('host and port of Halo, as the list shows it', { maxLength: 300 }),
        organization: slug('only in the tree of this root organization'),
      },
      optional: ['organization'],
    },
    reply: answer({ budgets: listOf(budget) }),
    handle: async ({ store }, { principal, body }) => ({
      budgets: await resetBudgets(store, principal, body),
    }),
  }),
];
