/** Which Halo client is which organization, on one connection: seen, suggested, accepted, undone. */
import { SchemaError } from '../../../errors.ts';
import { acceptAll, acceptOne, undo } from '../../../organizations/mapping/accept.ts';
import { listStates } from '../../../organizations/mapping/list.ts';
import type { Suggestion } from '../../../organizations/mapping/suggest.ts';
import { chosen, suggestions } from '../../../organizations/mapping/suggestions.ts';
import { answer, flag, listOf, moment, next, oneOf, orNull, paging, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';
import { withIds } from './mappingNames.ts';
import type { Naming } from './mappingNames.ts';
import {
  asking,
  batchId,
  haloId,
  haloIdOrName,
  onConnection,
  pageOf,
  pair,
  warning,
} from './mappingShapes.ts';
import type { OnConnection } from './mappingShapes.ts';

const refresh = flag('ask Halo for its clients, even where the last list is younger than 15 minutes');
const inactive = flag('inactive clients too');

const suggestion = answer({
  client: haloId("Halo's id of the client"),
  clientName: text('as Halo calls it'),
  organization: slug('the organization that it may be'),
  organizationName: text('as people call it'),
  score: { type: 'number', minimum: 0, maximum: 1, description: 'how well they fit' },
  exact: flag('the same name or the same external id'),
  tied: flag('another one is as good: it is not accepted together with others'),
  reasons: listOf(text('in words'), 'why'),
});

const shown = (suggestion: Suggestion, tied: ReadonlySet<Suggestion>): object => {
  const { client, organization, score, exact, reasons } = suggestion;
  return {
    client: client.id,
    clientName: client.name,
    organization: organization.slug,
    organizationName: organization.name,
    score,
    exact,
    tied: tied.has(suggestion),
    reasons,
  };
};

interface Pages {
  readonly limit: number;
  readonly cursor?: string;
}

export const mappingRoutes = [
  route<
    OnConnection,
    Pages & { state: 'unmapped' | 'mapped' | 'ignored' | 'all'; search?: string; refresh?: boolean }
  >({
    id: 'mappings.list',
    method: 'GET',
    path: '/connections/{connection}/mappings',
    role: 'viewer',
    summary: 'The clients of a Halo, each with the organization that it is',
    params: { properties: onConnection },
    query: {
      properties: {
        state: { ...oneOf(['unmapped', 'mapped', 'ignored', 'all'], 'only these'), default: 'all' },
        search: text("part of the client's or the organization's name, or the client's id"),
        refresh,
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({
      clients: listOf(
        answer({
          client: haloId("Halo's id"),
          name: text('as Halo calls it'),
          inactive: flag('retired in Halo'),
          type: orNull(text('the kind of customer')),
          state: oneOf(['unmapped', 'mapped', 'ignored'], 'what became of it'),
          organization: orNull(slug('what it is mapped to; null also where you may not see that')),
          organizationName: orNull(text('as people call it')),
          contact: orNull(haloId('default contact')),
          site: orNull(haloId('default site')),
          use: flag('chosen where the organization is mapped on several connections'),
          batch: orNull(batchId),
          reason: orNull(text('why it is ignored')),
          missing: flag('Halo does not list it'),
        }),
      ),
      counts: answer({
        unmapped: whole('of all'),
        mapped: whole('of all'),
        ignored: whole('of all'),
        all: whole('of all'),
      }),
      unmappedOrganizations: whole('organizations of the owner that are no client yet'),
      catchAll: orNull(slug('the organization that stands for clients without a mapping')),
      fetchedAt: moment("when Halo's list was read"),
      next,
    }),
    handle: async (control, asked) => {
      const { limit, cursor, ...options } = asked.query;
      const { rows, ...rest } = await listStates(asking(control, asked), options);
      const { page, next } = pageOf(rows, { limit, cursor });
      return { clients: page, ...rest, next };
    },
  }),
  route<OnConnection, Pages & { refresh?: boolean; inactive?: boolean; details?: boolean; above?: number }>({
    id: 'mappings.suggest',
    method: 'GET',
    path: '/connections/{connection}/mappings/suggestions',
    role: 'viewer',
    summary: 'Which organization each unmapped client may be, best first, with the reasons',
    params: { properties: onConnection },
    query: {
      properties: {
        refresh,
        inactive,
        details: flag(
          'read up to 100 clients without an exact match in full before, one request to Halo each: their domains and websites',
        ),
        above: { type: 'number', minimum: 0, maximum: 1, description: 'only of this score and better' },
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({
      suggestions: listOf(suggestion),
      total: whole('so many in all'),
      acceptable: answer({
        exact: whole('so many `exact` would accept'),
        above: whole('so many would be accepted by their score, from `above` (default 0.9)'),
      }),
      fetchedAt: moment("when Halo's list was read"),
      next,
    }),
    handle: async (control, asked) => {
      const { limit, cursor, above, ...options } = asked.query;
      const found = await suggestions(asking(control, asked), options);
      const tied = new Set(chosen(found.suggestions, { exact: true }).tied);
      const wanted = found.suggestions.filter(({ score }) => score >= (above ?? 0));
      const { page, next } = pageOf(wanted, { limit, cursor });
      return {
        suggestions: page.map((one) => shown(one, tied)),
        total: wanted.length,
        acceptable: {
          exact: chosen(found.suggestions, { exact: true }).accepted.length,
          above: chosen(found.suggestions, { above: above ?? 0.9 }).accepted.length,
        },
        fetchedAt: found.fetchedAt,
        next,
      };
    },
  }),
  route<
    OnConnection,
    object,
    {
      exact?: boolean;
      above?: number;
      pair?: Naming & { organization: string };
      refresh?: boolean;
      inactive?: boolean;
      plan?: boolean;
    }
  >({
    id: 'mappings.accept',
    method: 'POST',
    path: '/connections/{connection}/mappings/accept',
    role: 'editor',
    summary: 'Map what was suggested: exact matches, what has at least a score, or one pair',
    description: 'Exactly one of exact, above and pair. What another one is as good as is never taken.',
    params: { properties: onConnection },
    body: {
      properties: {
        exact: flag('all exact matches'),
        above: { type: 'number', minimum: 0, maximum: 1, description: 'all of this score and better' },
        pair: {
          type: 'object',
          additionalProperties: false,
          required: ['organization', 'client'],
          properties: {
            organization: slug('the organization'),
            client: haloIdOrName("Halo's id of the client"),
          },
        },
        refresh,
        inactive,
        plan: flag('say what would be mapped, and change nothing'),
      },
      optional: 'all',
    },
    reply: answer({
      batch: orNull(batchId),
      mappings: listOf(pair, 'what was mapped'),
      tied: listOf(suggestion, 'what a person has to choose from'),
      left: listOf(pair, 'what was mapped or ignored by somebody else in the meantime'),
      warning,
    }),
    handle: async (control, asked) => {
      const { exact, above, pair: one, plan = false, ...options } = asked.body;
      const parts = asking(control, asked);
      if ([exact === true, above !== undefined, one !== undefined].filter(Boolean).length !== 1) {
        throw new SchemaError('body: give exactly one of exact, above and pair', {
          details: { field: 'body' },
        });
      }
      if (one) {
        const pair = await withIds(control, asked, { named: one, at: 'body.pair' });
        return { ...(await acceptOne(parts, pair, plan)), tied: [], left: [] };
      }
      const found = await suggestions(parts, options);
      const which = above === undefined ? { exact: true as const } : { above };
      const { accepted, tied } = chosen(found.suggestions, which);
      const pairs = accepted.map(({ client, organization }) => ({
        organization: organization.slug,
        client: client.id,
      }));
      const done = plan ? { batch: null, mappings: pairs, left: [] } : await acceptAll(parts, pairs);
      const all = new Set(tied);
      return { ...done, tied: tied.map((suggestion) => shown(suggestion, all)) };
    },
  }),
  route<OnConnection, object, { batch?: string }>({
    id: 'mappings.undo',
    method: 'POST',
    path: '/connections/{connection}/mappings/undo',
    role: 'editor',
    summary: 'Take back what was accepted together: the last batch, or a named one',
    params: { properties: onConnection },
    body: { properties: { batch: batchId }, optional: 'all' },
    reply: answer({ batch: batchId, mappings: listOf(pair, 'what is no longer mapped') }),
    handle: async (control, asked) => await undo(asking(control, asked), asked.body.batch),
  }),
];
