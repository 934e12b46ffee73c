/** Triggers and the records there are already: what would become of them, and looking at them once more. */
import { SchemaError } from '../../../errors.ts';
import { feeds } from '../../../store/schema/triggers.ts';
import { backfill, planBackfill, planRewind, rewind } from '../../../triggers/feeds/rewind.ts';
import type { Rewound, RewindPlan } from '../../../triggers/feeds/rewind.ts';
import { testedDocument, testTrigger } from '../../../triggers/show/tested.ts';
import { idPrefix } from '../../../triggers/start.ts';
import type { Trigger } from '../../../triggers/types.ts';
import { notesRefired } from '../operations.ts';
import { anything, answer, flag, listOf, moment, oneOf, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';
import { triggerOf } from '../triggerOf.ts';

const one = { properties: { id: text("the trigger's id") } };
const ticket = whole('id of a ticket', { minimum: 1, maximum: 2 ** 31 - 1 });
const plan = { ...flag('only count, and do nothing'), default: false };

const counted = answer({
  trigger: text('its id'),
  enabled: flag('whether it starts anything: a disabled one filters each'),
  records: whole('how many there are'),
  ran: whole('of them accepted before'),
  refused: whole('of them filtered or failed before'),
  waiting: whole('of them pending'),
  unknown: whole('of them never looked at by this trigger'),
  fired: whole('how many are to be looked at because of this; 0 with `plan`'),
});

const counts = ({ id, enabled }: Trigger, found: RewindPlan | Rewound): object => ({
  trigger: id,
  enabled,
  fired: 0,
  ...found,
});

export const triggerPastRoutes = [
  route<{ id: string }, object, { limit: number }>({
    id: 'triggers.test',
    method: 'POST',
    path: '/triggers/{id}/test',
    role: 'operator',
    summary: 'What would become of the latest records; starts nothing',
    params: one,
    body: {
      properties: { limit: whole('so many records', { minimum: 1, maximum: 50, default: 5 }) },
      optional: 'all',
    },
    reply: answer({
      trigger: answer({ id: text('its id'), enabled: flag('now'), workflow: text('what it starts') }),
      tickets: listOf(
        answer({
          kind: oneOf(feeds.kind.enumValues, 'what it is'),
          id: whole("Halo's id"),
          summary: { type: 'string' },
          status: text('what it would be'),
          reason: orNull(text('why')),
          about: orNull(slug('the organization that it is about')),
          organization: orNull(slug('for whom it would run')),
          workflowId: orNull(text('of the run')),
          predicates: listOf(anything('a predicate of the criteria, and what it found')),
        }),
      ),
    }),
    handle: async (control, { principal, params, body }) => {
      const { store, configuration, halo } = control;
      const trigger = await triggerOf(store, principal, params.id);
      const testing = { store, configuration, halo, idPrefix: idPrefix(control) };
      const { id, enabled, workflow } = trigger;
      const tested = await testTrigger(testing, trigger, body.limit);
      return { trigger: { id, enabled, workflow }, tickets: tested.map(testedDocument) };
    },
  }),
  route<{ id: string }, object, { ticket?: number; since?: string; again: boolean; plan: boolean }>({
    id: 'triggers.rewind',
    method: 'POST',
    path: '/triggers/{id}/rewind',
    role: 'operator',
    summary:
      'Look at records once more, from a ticket or a time on; what ran does not run again unless asked',
    params: one,
    body: {
      properties: {
        ticket: { ...ticket, description: 'from this one on' },
        since: moment('instead: from what was created then on'),
        again: { ...flag('also what already ran'), default: false },
        plan,
      },
      optional: 'all',
    },
    reply: counted,
    handle: async (control, { principal, params, body }) => {
      const trigger = await triggerOf(control.store, principal, params.id);
      const to = body.ticket ?? (body.since === undefined ? undefined : new Date(body.since));
      if (to === undefined || (body.ticket !== undefined && body.since !== undefined)) {
        throw new SchemaError('body: give ticket or since, and not both', {
          details: { field: 'body.ticket' },
        });
      }
      const onFired = notesRefired(principal, trigger, 'triggers.rewind');
      const request = { trigger, to, again: body.again, onFired };
      return counts(trigger, await (body.plan ? planRewind(control, request) : rewind(control, request)));
    },
  }),
  route<{ id: string }, object, { since: string; limit: number; plan: boolean }>({
    id: 'triggers.backfill',
    method: 'POST',
    path: '/triggers/{id}/backfill',
    role: 'operator',
    summary: 'Look at records from before the trigger was there',
    params: one,
    body: {
      properties: {
        since: moment('from what was created then on'),
        limit: whole('records at most, the oldest first', { minimum: 1, maximum: 100_000, default: 1_000 }),
        plan,
      },
      optional: ['limit', 'plan'],
    },
    reply: counted,
    handle: async (control, { principal, params, body }) => {
      const trigger = await triggerOf(control.store, principal, params.id);
      const onFired = notesRefired(principal, trigger, 'triggers.backfill');
      const request = { trigger, since: new Date(body.since), limit: body.limit, onFired };
      return counts(trigger, await (body.plan ? planBackfill(control, request) : backfill(control, request)));
    },
  }),
];
