/** Triggers made, changed and deleted. */
import { changeTrigger, createTrigger, deleteTrigger } from '../../../configuration/apply/changeTriggers.ts';
import type { ChangingTriggers, TriggerPlan } from '../../../configuration/apply/changeTriggers.ts';
import type { GivenFields } from '../../../configuration/apply/triggerBody.ts';
import { optionsOf } from '../../../configuration/options/optionsOf.ts';
import type { Principal } from '../../../access/principal.ts';
import { triggerTypes } from '../../../triggers/catalogue/index.ts';
import { triggerDocument } from '../../../triggers/show/triggers.ts';
import type { Trigger } from '../../../triggers/types.ts';
import { anything, answer, flag, line, listOf, object, oneOf, orNull, slug, text } from '../schema.ts';
import { triggerOf } from '../triggerOf.ts';
import { route } from '../types.ts';
import type { Control } from '../types.ts';

/** A page of criteria and variables is more than people write; reading more takes its time. */
const BODY_BYTES = 256 * 1024;

const fields = {
  organization: slug('the owner'),
  type: oneOf(Object.keys(triggerTypes), 'what it watches'),
  connection: orNull(slug("where its records come from; null: the owner's default")),
  workflow: line('the workflow that it starts'),
  runAs: oneOf(['client', 'owner'], 'for whom its runs are; default client'),
  runFor: {
    ...object({
      properties: {
        owner: flag('for the owner; default true'),
        organizations: listOf(slug('one at or below the owner')),
        tags: listOf(line('for those below the owner that have it')),
        allClients: flag('for all below the owner, now and later'),
      },
      optional: 'all',
    }),
    description: 'which organizations it runs for; default the owner',
  },
  overrides: {
    type: 'object',
    description: 'connections chosen instead of the default: `{"halo": {"use": "mapping"}}`',
  },
  criteria: anything('which events start it (docs/criteria.md); null: all'),
  parameters: { type: 'object', description: 'as its type has them (docs/configuration.md)' },
  variables: { type: 'object', description: 'what its workflow is given' },
  enabled: flag('whether it starts anything; default true'),
} as const;

const shown = { id: slug('its id'), ...fields, runFor: anything('which organizations it runs for') };

const plan = flag('say what would change, and change nothing');
const params = { properties: { id: text("the trigger's id") } };

const reply = answer({
  applied: flag('false with `plan`'),
  changes: listOf(
    answer({
      field: text('as a file spells it'),
      from: anything('what it was; null: nothing'),
      to: anything('what it is'),
    }),
    'empty when it was so already',
  ),
  effects: listOf(text('what to know of it beside; also which ids its names were found to stand for')),
  trigger: { ...orNull(answer(shown)), description: 'as `triggers.show` has it; null with `plan`' },
});

interface Planned {
  readonly plan?: boolean;
}

const finding =
  (principal: Principal) =>
  (store: Pick<Control['store'], 'db'>, id: string): Promise<Trigger> =>
    triggerOf(store, principal, id);

const by = (control: Control, principal: Principal, isPlan = false): ChangingTriggers => ({
  store: control.store,
  principal,
  isPlan,
  files: { workflowNames: control.files.workflowNames, optionsOf: optionsOf(control) },
  find: finding(principal),
});

async function answered(
  { store, configuration }: Control,
  principal: Principal,
  done: { readonly id: string; readonly plan: TriggerPlan; readonly isPlan: boolean | undefined },
): Promise<object> {
  const { id, plan, isPlan = false } = done;
  return {
    applied: !isPlan,
    changes: plan.items.flatMap(({ changes }) => changes),
    effects: plan.effects,
    trigger: isPlan
      ? null
      : await triggerDocument(store, await configuration.current(), await triggerOf(store, principal, id), {
          publicUrl: undefined,
        }),
  };
}

export const triggerChangeRoutes = [
  route<object, object, GivenFields & Planned & { readonly id: string; readonly organization: string }>({
    id: 'triggers.create',
    method: 'POST',
    path: '/triggers',
    role: 'editor',
    summary: 'Make a trigger, with the fields that one has in a file',
    description:
      'Where names stand for ids, Halo is asked for them. `errors` names each field that does not fit: 400 for what it ' +
      'is, 422 for what it does not fit to, such as a workflow that there is not. It stays when a file that does not ' +
      'name it is applied.',
    bodyLimit: BODY_BYTES,
    body: {
      properties: { id: slug('its name in commands and files'), ...fields, plan },
      optional: [
        'connection',
        'runAs',
        'runFor',
        'overrides',
        'criteria',
        'parameters',
        'variables',
        'enabled',
        'plan',
      ],
    },
    status: 201,
    reply,
    handle: async (control, { principal, body: { plan: isPlan, ...given } }) => {
      const plan = await createTrigger(by(control, principal, isPlan), given);
      return await answered(control, principal, { id: given.id, plan, isPlan });
    },
  }),
  route<{ id: string }, object, GivenFields & Planned & { readonly organization?: string }>({
    id: 'triggers.change',
    method: 'PATCH',
    path: '/triggers/{id}',
    role: 'editor',
    summary: 'Change a trigger: each field that is given, as a whole',
    description:
      'Checked as a new one. With another `type` the parameters are those of that type: give them, too, or it has its ' +
      'defaults. The next `haloflow apply` of a file that names it brings back what the file says.',
    params,
    bodyLimit: BODY_BYTES,
    body: { properties: { ...fields, plan }, optional: 'all' },
    reply,
    handle: async (control, { principal, params: { id }, body: { plan: isPlan, ...given } }) => {
      const plan = await changeTrigger(by(control, principal, isPlan), id, given);
      return await answered(control, principal, { id, plan, isPlan });
    },
  }),
  route<{ id: string }>({
    id: 'triggers.delete',
    method: 'DELETE',
    path: '/triggers/{id}',
    role: 'editor',
    summary: 'Delete a trigger; its events and runs stay, its URL is gone',
    description:
      'Runs under way go on; events that are still pending become `failed`. The next `haloflow apply` of a file that ' +
      'names it makes it anew.',
    params,
    reply: answer({ trigger: answer(shown) }),
    handle: async ({ store }, { principal, params: { id } }) => ({
      trigger: await deleteTrigger({ store, principal, find: finding(principal) }, id),
    }),
  }),
];
