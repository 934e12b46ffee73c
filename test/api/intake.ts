/** The API on a database of its own, and triggers written straight into it. */
import type { FastifyBaseLogger } from 'fastify';
import { files } from '../../cli/files.ts';
import { createBudgets } from '../../calls/budget.ts';
import { createHaloClient } from '../../halo/client.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { seal } from '../../store/seal.ts';
import { dispatchEvents } from '../../triggers/dispatch/dispatch.ts';
import type { Dispatching } from '../../triggers/dispatch/dispatch.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { createConnector } from '../../worker/check/connector.ts';
import { createHaloPort } from '../../worker/haloPort.ts';
import { startApi } from '../../api/server.ts';
import type { RunningApi } from '../../api/server.ts';
import type { Intake } from '../../api/types.ts';
import type { TestHaloflow } from '../support/haloflow.ts';

export interface TestApi extends RunningApi {
  readonly parts: Dispatching;
}

/** The API as `haloflow start` runs it; `changes` take the place of its parts. */
export async function startTestApi(
  haloflow: TestHaloflow,
  changes: Partial<Intake> = {},
  log?: FastifyBaseLogger,
): Promise<TestApi> {
  const { store, starter } = haloflow;
  const configuration = configurationReader(store);
  const client = createHaloClient();
  const budgets = createBudgets(store);
  const halo = createHaloPort({ store, budgets, halo: client, configuration });
  const triggers = triggerReader(store);
  const parts = { store, configuration, triggers, halo, starter };
  const intake: Intake = {
    ...parts,
    connector: createConnector({ store, configuration, triggers, budgets, client, port: halo }),
    dispatch: (ids) => dispatchEvents(parts, { ids }),
    files,
    ...changes,
  };
  const api = await startApi(intake, { host: '127.0.0.1', port: 0, ...(log ? { log } : {}) });
  return {
    url: api.url,
    parts,
    async close() {
      await api.close();
      await budgets.close();
      await client.close();
    },
  };
}

interface TestTrigger {
  readonly id: string;
  readonly type: string;
  readonly secret?: string;
  readonly organization?: string;
  readonly connection?: string;
  readonly workflow?: string;
  readonly runAs?: 'client' | 'owner';
  readonly runFor?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly enabled?: boolean;
}

/** Puts a trigger's row, as `apply` would. */
export async function putTrigger(haloflow: TestHaloflow, trigger: TestTrigger): Promise<void> {
  const { id, type, secret, organization = 'northwind', connection = null, workflow = 'smoke' } = trigger;
  const runFor = { owner: true, organizations: [], tags: [], allClients: false, ...trigger.runFor };
  const sealed = secret === undefined ? null : await seal(haloflow.store.key, secret);
  await haloflow.reconfigure(
    `insert into triggers (id, organization, type, connection, workflow, run_as, run_for, overrides, criteria,
       parameters, variables, enabled, sealed_secret, origin)
     values ($1, $2, $3, $4, $5, $6, $7, '{}', null, $8, '{}', $9, $10, 'manual')
     on conflict (id) do update set parameters = excluded.parameters, enabled = excluded.enabled`,
    [
      id,
      organization,
      type,
      connection,
      workflow,
      trigger.runAs ?? 'owner',
      JSON.stringify(runFor),
      JSON.stringify(trigger.parameters ?? {}),
      trigger.enabled ?? true,
      sealed,
    ],
  );
}
