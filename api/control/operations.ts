/** What people do to runs and triggers, by the API or by a command, each with its line in the audit log. */
import { audit, undertake } from '../../access/audit.ts';
import type { Principal } from '../../access/principal.ts';
import type { Store } from '../../store/store.ts';
import { fire } from '../../triggers/dispatch/fire.ts';
import type { Fire, Fired } from '../../triggers/dispatch/fire.ts';
import type { Dispatching } from '../../triggers/dispatch/dispatch.ts';
import type { RewindRequest } from '../../triggers/feeds/rewind.ts';
import { setEnabled } from '../../triggers/registry.ts';
import { cancelRun, rerunRun } from '../../triggers/runs.ts';
import type { RunRow } from '../../triggers/runs.ts';
import type { StartedRun, Starter } from '../../triggers/start.ts';
import type { Trigger } from '../../triggers/types.ts';

/** Switches a trigger; whether that changed anything. */
export async function switchTrigger(
  store: Store,
  principal: Principal,
  { id, organization, enabled }: Pick<Trigger, 'id' | 'organization' | 'enabled'>,
): Promise<boolean> {
  return await setEnabled(store, id, enabled, (tx) =>
    audit(tx, principal, {
      action: enabled ? 'triggers.enable' : 'triggers.disable',
      object: `trigger ${id}`,
      organization,
      before: { enabled: !enabled },
      after: { enabled },
    }),
  );
}

/** Starts a trigger by hand; throws as `fire` does. */
export async function fireTrigger(
  parts: Dispatching,
  principal: Principal,
  request: Fire & { readonly owner: string },
): Promise<Fired> {
  const { owner, ...asked } = request;
  return await fire(parts, {
    ...asked,
    onFired: (tx, event) =>
      audit(tx, principal, {
        action: 'triggers.fire',
        object: `trigger ${asked.trigger}`,
        organization: owner,
        after: { event, organization: asked.organization ?? null },
      }),
  });
}

/** Asks a run to stop; throws as `cancelRun` does. */
export async function stopRun({ store, client }: Starter, principal: Principal, id: string): Promise<RunRow> {
  return await cancelRun(store, client, id, (run, work) =>
    undertake(store, principal, {
      action: 'runs.cancel',
      object: `run ${run.id}`,
      organization: run.organization,
      before: { status: 'running' },
      work,
    }),
  );
}

/** Starts a run again; throws as `rerunRun` does. */
export async function repeatRun(
  starter: Starter,
  principal: Principal,
  { id, organization }: Pick<RunRow, 'id' | 'organization'>,
): Promise<StartedRun> {
  return await rerunRun(starter, id, (repeat, work) =>
    undertake(starter.store, principal, {
      action: 'runs.rerun',
      object: `run ${id}`,
      organization,
      after: { run: repeat.id },
      work,
    }),
  );
}

/** Writes down, where they are fired, that records of the past are looked at once more. */
export const notesRefired =
  (
    principal: Principal,
    { id, organization }: Pick<Trigger, 'id' | 'organization'>,
    action: 'triggers.rewind' | 'triggers.backfill',
  ): NonNullable<RewindRequest['onFired']> =>
  (tx, { records, fired }) =>
    audit(tx, principal, { action, object: `trigger ${id}`, organization, after: { records, fired } });
