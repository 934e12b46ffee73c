/** Makes, changes and deletes one trigger outside a file, by the readers, the checks and the statements of a file. */
import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../access/audit.ts';
import { demandFreeName, refusePastMove } from '../../access/names.ts';
import { subtreeHolds, within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { ConfigurationError, ConflictError } from '../../errors.ts';
import { alone } from '../../organizations/changing.ts';
import type { Transaction } from '../../organizations/changing.ts';
import type { Store } from '../../store/store.ts';
import type { Trigger } from '../../triggers/types.ts';
import type { ConfigurationFile } from '../file/scope.ts';
import { resolveNames } from '../options/resolveNames.ts';
import { checkTriggers } from './checkTriggers.ts';
import { consequencesOf } from './consequences.ts';
import { comparePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { NOTHING, readRows, settle } from './rows.ts';
import type { Database, Desired, Rows } from './rows.ts';
import { lostSecretsOf } from './secrets.ts';
import { illFormed, readBody, unfit } from './triggerBody.ts';
import type { GivenFields, TriggerBody, TriggerFields } from './triggerBody.ts';
import { writePlan } from './write.ts';

/** What is needed to change triggers. */
export interface ChangingTriggers {
  readonly store: Store;
  readonly principal: Principal;
  /** What they are held against beside the store. */
  readonly files: Pick<ConfigurationFile, 'workflowNames' | 'optionsOf'>;
  /** Say what would change, and change nothing. */
  readonly isPlan: boolean;
  /** Finds the one that is asked for, throws NotFoundError where there is none in the principal's reach. */
  readonly find: (db: Pick<Store, 'db'>, id: string) => Promise<Trigger>;
}

/** What becomes of the trigger. */
export type TriggerPlan = Plan;

/**
 * Makes a trigger. What lies out of the principal's reach counts as not there.
 *
 * @throws NotFoundError for the owner, SchemaError and ConfigurationError with `details.errors` for its fields,
 * ConflictError when the id is taken.
 */
export async function createTrigger(
  by: Omit<ChangingTriggers, 'find'>,
  { id, ...given }: GivenFields & { readonly id: string; readonly organization: string },
): Promise<TriggerPlan> {
  await subtreeHolds(by.store, by.principal, given.organization, 'body.organization');
  const body = await settled(by, readBody(id, given), null);
  return await alone(by.store, async (tx) => {
    const all = await readRows(tx);
    if (all.triggers.some((row) => row.id === id)) {
      throw new ConflictError(
        `the id ${id} is taken by another trigger: give this one another id, or change that one`,
        { details: { field: 'body.id' } },
      );
    }
    await subtreeHolds({ db: tx }, by.principal, given.organization, 'body.organization');
    const name = { kind: 'trigger', name: id, owner: given.organization, field: 'body.id' } as const;
    await demandFreeName(tx, by.principal, name);
    return await put(tx, by, body, all);
  });
}

/**
 * Changes the fields that are given; of another type it has that one's parameters.
 *
 * @throws NotFoundError, and as for a new one.
 */
export async function changeTrigger(
  by: ChangingTriggers,
  id: string,
  given: GivenFields & { readonly organization?: string },
): Promise<TriggerPlan> {
  for (;;) {
    const before = await by.find(by.store, id);
    const { organization = before.organization } = given;
    await subtreeHolds(by.store, by.principal, organization, 'body.organization');
    const body = await settled(by, readBody(id, given, shownOf(before)), before);
    const done = await alone(by.store, async (tx) => {
      const now = await by.find({ db: tx }, id);
      // Somebody else was faster, and this one is to stand on what that one wrote.
      if (!isDeepStrictEqual(shownOf(now), shownOf(before))) return null;
      await subtreeHolds({ db: tx }, by.principal, organization, 'body.organization');
      const [from, to] = [now.organization, organization];
      await refusePastMove(tx, { kind: 'trigger', name: id, from, to, field: 'body.organization' });
      return await put(tx, by, body, await readRows(tx));
    });
    if (done) return done;
  }
}

/**
 * Deletes a trigger, and returns what it was; its events and runs stay.
 *
 * @throws NotFoundError.
 */
export async function deleteTrigger(
  { store, principal, find }: Pick<ChangingTriggers, 'store' | 'principal' | 'find'>,
  id: string,
): Promise<Pick<Trigger, 'id'> & TriggerFields> {
  return await alone(store, async (tx) => {
    const before = await find({ db: tx }, id);
    const all = await readRows(tx);
    await carryOut(tx, { store, principal, isPlan: false }, { all, id, desired: NOTHING, effects: [] });
    return { id, ...shownOf(before) };
  });
}

/** Ids in the place of its names. Nothing is asked of a Halo before it is known that the principal may. */
async function settled(
  by: Omit<ChangingTriggers, 'find'>,
  body: TriggerBody,
  before: Trigger | null,
): Promise<TriggerBody & { readonly workflows: readonly string[]; readonly found: readonly string[] }> {
  const workflows = await by.files.workflowNames();
  const visible = await visibleRows(by.store.db, by.principal);
  const { content } = body;
  const problems = [...content.problems, ...checked(body, visible, workflows)];
  if (content.problems.length > 0) throw illFormed(body, problems);
  if (problems.length > 0) throw unfit(body, problems);
  const [trigger] = content.triggers;
  if (!trigger) throw new ConfigurationError(`${before?.id ?? body.id} could not be read`);
  const connection = trigger.connection ?? defaultOf(visible, trigger.organization);
  const asked = { ...content, triggers: [{ ...trigger, connection }] };
  const resolved = await resolveNames(by.store, asked, by.files.optionsOf);
  if (resolved.problems.length > 0) throw unfit(body, resolved.problems);
  const triggers = resolved.content.triggers.map((row) => ({ ...row, connection: trigger.connection }));
  return {
    ...body,
    content: { ...content, triggers },
    workflows,
    found: [...new Set(resolved.found.map(({ said }) => said))],
  };
}

const defaultOf = ({ connections }: Rows, owner: string): string | null =>
  connections.find(({ organization, isDefault }) => organization === owner && isDefault)?.id ?? null;

const visibleRows = (db: Database, principal: Principal): Promise<Rows> =>
  readRows(db, (slug) => within(principal, slug));

const besides = (rows: Rows, id: string): Rows => ({
  ...rows,
  triggers: rows.triggers.filter((row) => row.id !== id),
});

const checked = ({ id, content }: TriggerBody, rows: Rows, workflows: readonly string[] | null) =>
  checkTriggers(content, besides(rows, id), workflows);

async function put(
  tx: Transaction,
  by: Omit<ChangingTriggers, 'find'>,
  body: TriggerBody & { readonly workflows: readonly string[]; readonly found: readonly string[] },
  all: Rows,
): Promise<TriggerPlan> {
  const { id, content, workflows } = body;
  const visible = await visibleRows(tx, by.principal);
  const problems = checked(body, visible, workflows);
  if (problems.length > 0) throw unfit(body, problems);
  const hidden = checked(body, all, workflows);
  if (hidden.length > 0) {
    throw new ConflictError(
      `trigger ${id} and triggers of organizations that you cannot see would start each other for ever: follow other workflows`,
      { details: { field: 'body.parameters.workflows' } },
    );
  }
  const desired = settle(content, NOTHING);
  const [old, now] = [visible.triggers, [...besides(visible, id).triggers, ...desired.triggers]];
  const state = { version: 0, ...visible };
  const { effects } = consequencesOf(content, { ...state, triggers: old }, { ...state, triggers: now });
  return await carryOut(tx, by, { all, id, desired, effects: [...effects, ...body.found] });
}

async function carryOut(
  tx: Transaction,
  { store, principal, isPlan }: Omit<ChangingTriggers, 'find' | 'files'>,
  parts: {
    readonly all: Rows;
    readonly id: string;
    readonly desired: Desired;
    readonly effects: readonly string[];
  },
): Promise<TriggerPlan> {
  const { all, id, desired, effects } = parts;
  const stored: Rows = { ...NOTHING, triggers: all.triggers.filter((row) => row.id === id) };
  const { items: compared } = comparePlan({
    desired,
    stored,
    leaving: desired.triggers.length === 0 ? stored : NOTHING,
    origin: 'manual',
    secrets: new Map(),
    variableSecrets: new Map(),
    lostSecrets: await lostSecretsOf(store.key, stored.triggers),
    isHidden: () => false,
  });
  // Who says what is there already has not made it theirs.
  const items = compared.filter(
    ({ op, changes }) => op !== '~' || changes.some(({ field }) => field !== 'origin'),
  );
  const plan = { items, effects };
  if (isPlan || items.length === 0) return plan;
  await writePlan(tx, { plan, desired, stored, origin: 'manual', key: store.key });
  const [before, after] = [stored.triggers[0], desired.triggers[0]];
  const deed = before === undefined ? 'create' : after === undefined ? 'delete' : 'change';
  await audit(tx, principal, {
    action: `triggers.${deed}`,
    object: `trigger ${id}`,
    organization: (after ?? before)?.organization ?? null,
    ...(before ? { before: shownOf(before) } : {}),
    ...(after ? { after: shownOf(after) } : {}),
  });
  return plan;
}

/** All that is no secret and that people write. */
const shownOf = (row: TriggerFields): TriggerFields => ({
  organization: row.organization,
  type: row.type,
  connection: row.connection,
  workflow: row.workflow,
  runAs: row.runAs,
  runFor: row.runFor,
  overrides: row.overrides,
  criteria: row.criteria,
  parameters: row.parameters,
  variables: row.variables,
  enabled: row.enabled,
});
