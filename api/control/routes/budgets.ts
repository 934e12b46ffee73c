/** The rate budgets of Halo hosts: what is used and believed, and how that is forgotten. */
import { listBudgets, resetBudgets } from '../../../organizations/budgets.ts';
import { answer, listOf, moment, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

const budget = answer({
  organization: slug('the root of the tree of organizations that it is of'),
  host: text('host and port of Halo'),
  requests: whole('so many requests are configured'),
  perSeconds: whole('in any so many seconds'),
  allowed: whole('what Halo seems to allow of them, by its last 429'),
  used: whole('requests that count now'),
  waiting: whole('requests that wait for their place'),
  pausedUntil: orNull(moment('until when Halo has asked for no more requests')),
  refusedAt: orNull(moment('when it answered 429 last')),
  refusal: orNull(text('what it said then')),
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
      'Each tree of organizations has its own. A token for a part of a tree sees those that only connections of that part ' +
      'share.',
    reply: answer({ budgets: listOf(budget) }),
    handle: async ({ store }, { principal }) => ({ budgets: await listBudgets(store, principal) }),
  }),
  route<object, object, { host: string; organization?: string }>({
    id: 'budgets.reset',
    method: 'POST',
    path: '/budgets/reset',
    role: 'operator',
    summary: 'Forget the limit that a 429 made haloflow believe, and the pause after it',
    description: 'Requests that were granted still count. 404 where you see no budget of that host.',
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
