/** What people do to runs and triggers, by the API or by a command, each with its line in the audit log. */
import { audit } from '../../access/audit.ts';
import type { Principal } from '../../access/principal.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { fire } from '../../triggers/dispatch/fire.ts';
import type { Fire, Fired } from '../../triggers/dispatch/fire.ts';
import type { Dispatching } from '../../triggers/dispatch/dispatch.ts';
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
  return await store.db.transaction(async (tx) => {
    const changed = await setEnabled(tx, id, enabled);
    if (changed) {
      await audit(tx, principal, {
        action: enabled ? 'triggers.enable' : 'triggers.disable',
        object: `trigger ${id}`,
        organization,
        before: { enabled: !enabled },
        after: { enabled },
      });
    }
    return changed;
  });
}

/** Starts a trigger by hand; throws as `fire` does. */
export async function fireTrigger(
  parts: Dispatching,
  principal: Principal,
  request: Fire & { readonly owner: string },
): Promise<Fired> {
  const { owner, ...asked } = request;
  const fired = await fire(parts, asked);
  const { event, runs } = fired;
  await retrying(() =>
    audit(parts.store.db, principal, {
      action: 'triggers.fire',
      object: `trigger ${asked.trigger}`,
      organization: owner,
      after: {
        event: event.id,
        organization: asked.organization ?? null,
        status: event.status,
        runs: runs.map(({ run }) => run),
      },
    }),
  );
  return fired;
}

/** Asks a run to stop; throws as `cancelRun` does. */
export async function stopRun({ store, client }: Starter, principal: Principal, id: string): Promise<RunRow> {
  const run = await cancelRun(store, client, id);
  await retrying(() =>
    audit(store.db, principal, {
      action: 'runs.cancel',
      object: `run ${run.id}`,
      organization: run.organization,
      before: { status: 'running' },
    }),
  );
  return run;
}

/** Starts a run again; throws as `rerunRun` does. */
export async function repeatRun(
  starter: Starter,
  principal: Principal,
  { id, organization }: Pick<RunRow, 'id' | 'organization'>,
): Promise<StartedRun> {
  const started = await rerunRun(starter, id);
  await retrying(() =>
    audit(starter.store.db, principal, {
      action: 'runs.rerun',
      object: `run ${id}`,
      organization,
      after: { run: started.run },
    }),
  );
  return started;
}

/** Writes down that records of the past are looked at once more. */
export async function noteRefired(
  store: Store,
  principal: Principal,
  again: {
    readonly trigger: Pick<Trigger, 'id' | 'organization'>;
    readonly action: 'triggers.rewind' | 'triggers.backfill';
    readonly records: number;
    readonly fired: number;
  },
): Promise<void> {
  const { trigger, action, records, fired } = again;
  await retrying(() =>
    audit(store.db, principal, {
      action,
      object: `trigger ${trigger.id}`,
      organization: trigger.organization,
      after: { records, fired },
    }),
  );
}
