/** Triggers: how they are doing, on and off, start by hand. */
import { demandRole, subtreeHolds } from '../../../access/principal.ts';
import { SchemaError } from '../../../errors.ts';
import { apiAddress } from '../../../home/apiAddress.ts';
import { feeds } from '../../../store/schema/triggers.ts';
import { triggerTypes } from '../../../triggers/catalogue/index.ts';
import { listedTriggers, listTriggers, triggerDocument } from '../../../triggers/show/triggers.ts';
import type { FeedKind } from '../../../triggers/types.ts';
import { asName, onePage, positionOf } from '../cursor.ts';
import { checkNames } from '../names.ts';
import { triggerOf } from '../triggerOf.ts';
import { fireTrigger, switchTrigger } from '../operations.ts';
import { reachOf } from '../reach.ts';
import {
  anything,
  answer,
  flag,
  listOf,
  moment,
  next,
  oneOf,
  orNull,
  paging,
  slug,
  text,
  whole,
} from '../schema.ts';
import { route } from '../types.ts';

const one = { properties: { id: text("the trigger's id") } };

const common = {
  id: text('its id'),
  type: oneOf(Object.keys(triggerTypes), 'its type'),
  organization: slug('the owner'),
  workflow: text('what it starts'),
  enabled: flag('whether it starts anything'),
};

const feed = {
  connection: orNull(text('what is polled')),
  kind: oneOf(feeds.kind.enumValues, 'for what'),
  state: text('in a few words: ok, off, not polled yet, 3 errors in a row, late by 2 min'),
};

const trigger = answer({
  ...common,
  enabledAt: moment('when it was made or last enabled'),
  connection: orNull(text('where its records come from')),
  connectionEnabled: orNull(flag('false: that is paused, and what comes from Halo waits')),
  runAs: oneOf(['client', 'owner'], 'for whom its runs are'),
  runFor: anything('which organizations it runs for'),
  runsFor: listOf(answer({ organization: slug('one of them now'), enabled: flag('whether it may run') })),
  overrides: anything('connections chosen instead of the default'),
  criteria: anything('which events start it; null: all'),
  parameters: anything('as its type has them'),
  variables: anything('what its workflow is given'),
  feeds: listOf(
    answer({
      ...feed,
      everySeconds: orNull(whole('how often')),
      lastPoll: orNull(moment('when')),
      lastSuccess: orNull(moment('when it last went well')),
      nextPoll: orNull(moment('when')),
      cursor: orNull(whole('the newest id read')),
      lagSeconds: orNull({ type: 'number', description: 'age of the newest record read' }),
      errors: whole('in a row'),
      error: orNull(text('the last one')),
      wentBack: orNull(anything('when its Halo was last restored, and the first id of the new generation')),
    }),
  ),
  nextTimes: listOf(moment('when a schedule fires next')),
  haloWebhook: anything("how Halo's own webhook is doing, where the trigger listens to it"),
  url: orNull(text('what others, or Halo, call; it holds a secret, see `url`')),
  events: anything('how many events there are of each status'),
  refused: listOf(
    answer({
      status: whole('the HTTP status that the sender got'),
      reason: text('why, without the data that was sent'),
      count: whole('how often'),
      firstAt: moment('when it first happened'),
      lastAt: moment('when it last happened'),
    }),
    'deliveries with the right secret that were refused in the last 30 days, the newest kind first',
  ),
});

const fired = answer({
  trigger: text('its id'),
  event: answer({
    id: whole('its id'),
    key: text('manual/…'),
    status: text('accepted, filtered, failed, or pending while Halo or Temporal is away'),
    reason: orNull(text('why nothing was started')),
  }),
  runs: listOf(
    answer({
      run: text('id'),
      workflowId: text("Temporal's id of it"),
      organization: slug('for whom'),
    }),
  ),
});

interface Firing {
  readonly record?: unknown;
  readonly ticket?: number;
  readonly kind?: FeedKind;
  readonly organization?: string;
}

const switching = (verb: 'enable' | 'disable', summary: string) =>
  route<{ id: string }>({
    id: `triggers.${verb}`,
    method: 'POST',
    path: `/triggers/{id}/${verb}`,
    role: 'editor',
    summary,
    description: 'The next `haloflow apply` brings it back to what the file says.',
    params: one,
    reply: answer({
      trigger: answer({ id: text('its id'), enabled: flag('as it is now') }),
      changed: flag('whether it was otherwise before'),
    }),
    handle: async ({ store }, { principal, params }) => {
      const { id, organization } = await triggerOf(store, principal, params.id);
      const enabled = verb === 'enable';
      const changed = await switchTrigger(store, principal, { id, organization, enabled });
      return { trigger: { id, enabled }, changed };
    },
  });

export const triggerRoutes = [
  route<object, { organization?: string; limit: number; cursor?: string }>({
    id: 'triggers.list',
    method: 'GET',
    path: '/triggers',
    role: 'viewer',
    summary: 'Triggers by id, each with its last event and the state of its feeds',
    query: {
      properties: {
        organization: slug('only of this owner and those below it'),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({
      triggers: listOf(
        answer({
          ...common,
          lastEvent: orNull(
            answer({ id: whole('its id'), at: moment('when'), status: text('what became of it') }),
          ),
          feeds: listOf(answer(feed)),
        }),
      ),
      next,
    }),
    handle: async ({ store, configuration }, { principal, query: { organization, limit, cursor } }) => {
      await checkNames(store, principal, organization === undefined ? {} : { organization });
      const found = await listTriggers(store, {
        reach: reachOf(principal),
        organization,
        after: positionOf(cursor, asName),
        limit: limit + 1,
      });
      const { page, next } = onePage(found, limit, ({ id }) => id);
      return { triggers: await listedTriggers(store, await configuration.current(), page), next };
    },
  }),
  route<{ id: string }, { url: boolean }>({
    id: 'triggers.show',
    method: 'GET',
    path: '/triggers/{id}',
    role: 'viewer',
    summary: 'One trigger: what it does, how its feeds are doing, what became of its events',
    params: one,
    query: {
      properties: {
        url: {
          ...flag('also the secret URL that others, or Halo, call: needs the role editor'),
          default: false,
        },
      },
      optional: 'all',
    },
    reply: answer({ trigger }),
    handle: async ({ store, configuration }, { principal, params, query }) => {
      const found = await triggerOf(store, principal, params.id);
      if (query.url) demandRole(principal, 'editor');
      const publicUrl = query.url ? (await apiAddress()).publicUrl : undefined;
      return {
        trigger: await triggerDocument(store, await configuration.current(), found, { publicUrl }),
      };
    },
  }),
  switching('enable', 'Switch a trigger on: what is new from now on starts runs'),
  switching('disable', 'Switch a trigger off; runs under way go on'),
  route<{ id: string }, object, Firing>({
    id: 'triggers.fire',
    method: 'POST',
    path: '/triggers/{id}/fire',
    role: 'operator',
    summary: 'Start it by hand: with a ticket, a record of your own, or nothing',
    params: one,
    body: {
      properties: {
        ticket: whole('id of a ticket of its connection', { minimum: 1, maximum: 2 ** 31 - 1 }),
        record: anything('instead of a ticket: the ticket itself, or the event'),
        kind: oneOf(feeds.kind.enumValues, 'which of them `ticket` is; default tickets'),
        organization: slug("for this organization; default: the ticket's, else each it runs for"),
      },
      optional: 'all',
    },
    reply: fired,
    handle: async (control, { principal, params, body }) => {
      const { id, type, organization: owner } = await triggerOf(control.store, principal, params.id);
      const { record, ticket, kind, organization } = body;
      if (record !== undefined && ticket !== undefined) {
        throw new SchemaError('ticket and record exclude each other: a ticket is the record', {
          details: { field: 'body.record' },
        });
      }
      if (ticket !== undefined && type !== 'new-ticket-record') {
        throw new SchemaError(
          `${id} is of the type ${type}, which takes no ticket: give a record, or nothing`,
          {
            details: { field: 'body.ticket' },
          },
        );
      }
      if (organization !== undefined)
        await subtreeHolds(control.store, principal, organization, 'body.organization');
      const { store, configuration, triggers, halo, starter } = control;
      const { event, runs } = await fireTrigger(
        { store, configuration, triggers, halo, starter: await starter() },
        principal,
        {
          trigger: id,
          owner,
          ...(record === undefined && ticket === undefined ? {} : { record: ticket ?? record }),
          ...(kind === undefined ? {} : { kind }),
          ...(organization === undefined ? {} : { organization }),
        },
      );
      const { key, status, reason } = event;
      return { trigger: id, event: { id: event.id, key, status, reason }, runs };
    },
  }),
];
