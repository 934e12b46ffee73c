/** Looks at connections for the control plane: through the Halo client, within the rate budget. */
import { randomUUID } from 'node:crypto';
import type { Budgets } from '../../calls/budget.ts';
import { ConfigurationError, HaloRateLimitError } from '../../errors.ts';
import { isOwnNetwork, normaliseAuthServer, normaliseResourceServer } from '../../halo/host.ts';
import type { HaloClient } from '../../halo/types.ts';
import { STEPS } from '../../organizations/checkReport.ts';
import type { CheckReport, CheckStep } from '../../organizations/checkReport.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import type { Connector, Examining } from '../../organizations/connector.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { HaloPort } from '../../triggers/haloPort.ts';
import { anyOf, leftOf, timeLimit } from '../../timeLimit.ts';
import type { TriggerReader } from '../../triggers/registry.ts';
import { credentialsOf } from '../credentials.ts';
import { budgetFor, hostBudget } from '../hostBudget.ts';
import { enabledStep, limitStep, stampStep } from './host.ts';
import { changesTickets, demandOf, needsOf } from './needs.ts';
import { clockStep, reachSteps, scopesStep } from './reach.ts';
import { customersStep, seeAgent, seeTickets, teamsStep, writeStep } from './sight.ts';
import type { Call } from './sight.ts';

export interface ConnectorParts {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly budgets: Budgets;
  /** The same as behind `port`, so that both go by one token. */
  readonly client: HaloClient;
  readonly port: HaloPort;
  /** A check that takes longer is given up: who asks is a person. Default 100 s. */
  readonly checkMs?: number;
}

const CHECK_MS = 100_000;

/** What the API and `haloflow doctor` reach Halo through when a connection is made, changed or checked. */
export function createConnector(parts: ConnectorParts): Connector {
  return {
    normaliseServer: (pasted, { field, onPremise }) =>
      field === 'authServer'
        ? normaliseAuthServer(pasted, { onPremise })
        : normaliseResourceServer(pasted, { onPremise }),
    isOwnNetwork,
    async check(id, asking) {
      const configuration = await parts.configuration.current();
      const connection = configuration.connections.find((candidate) => candidate.id === id);
      if (!connection) throw new ConfigurationError(`connection ${id} does not exist`);
      return await check(parts, { configuration, connection, ...asking });
    },
  };
}

interface Checking extends Examining {
  readonly configuration: Configuration;
  readonly connection: Connection;
}

async function check(parts: ConnectorParts, checking: Checking): Promise<CheckReport> {
  const { configuration, connection, reach } = checking;
  const steps: CheckStep[] = [enabledStep(connection)];
  const triggers = await parts.triggers.at(configuration.version);
  const demand = await demandOf({ configuration, triggers, connection, reach });
  const budget = hostBudget(configuration, connection);
  const checkMs = parts.checkMs ?? CHECK_MS;
  const limit = timeLimit(checkMs);
  let granted: readonly string[] | null = null;
  try {
    const signal = anyOf(checking.signal, limit);
    granted = await ask(parts, { ...checking, signal, demand, steps });
  } catch (error) {
    const isBudget = error instanceof HaloRateLimitError && !error.retryable;
    if (!(limit.aborted || isBudget) || checking.signal.aborted) throw error;
    steps.push({
      step: STEPS.find((step) => !steps.some((taken) => taken.step === step)) ?? 'rate limit',
      verdict: 'fail',
      seen: isBudget
        ? error.message
        : `not finished after ${checkMs / 1000} s: Halo is slow, or the rate budget of ${budget.host} is used up`,
      remedy: 'Try again when this Halo gets fewer requests; `haloflow budget show` prints them',
    });
  }
  const taken = new Set(steps.map(({ step }) => step));
  if (!taken.has('stamp')) steps.push(await stampStep(parts.store, budget));
  if (!taken.has('rate limit')) steps.push(await limitStep(parts.store, budget, connection.id));
  const order = (step: CheckStep): number => STEPS.indexOf(step.step);
  const sorted = steps.toSorted((a, b) => order(a) - order(b));
  return {
    connection: connection.id,
    organization: connection.organization,
    host: budget.host,
    ok: sorted.every(({ verdict }) => verdict !== 'fail'),
    steps: sorted,
    skipped: STEPS.filter((step) => !sorted.some((one) => one.step === step)),
    needs: needsOf(demand, granted),
  };
}

interface Asking extends Checking {
  readonly demand: Awaited<ReturnType<typeof demandOf>>;
  /** Where each step is put as it is taken, so that what was seen survives the end of the time. */
  readonly steps: CheckStep[];
}

/** Asks Halo; answers the scopes that it granted, null where it did not say. */
async function ask(parts: ConnectorParts, asking: Asking): Promise<readonly string[] | null> {
  const { configuration, connection, demand, steps, signal } = asking;
  let reached: Parameters<typeof reachSteps>[1] | null = null;
  const asked = parts.client.probe({
    credentials: await credentialsOf(parts.store, connection),
    budget: budgetFor(
      parts,
      { configuration, connection },
      {
        organization: connection.organization,
        lane: 'interactive',
        key: `interactive/${connection.id}/${randomUUID()}`,
        mayGiveUp: () => false,
        signal,
        leftMs: () => leftOf(signal),
      },
    ),
    signal,
    onFound: (found) => {
      reached = found;
    },
  });
  const found = await asked.catch((error: unknown) => {
    if (reached) steps.push(...reachSteps(connection, reached));
    throw error;
  });
  steps.push(...reachSteps(connection, found));
  if (found.clockAheadMs !== null) steps.push(clockStep(found));
  if (found.token?.kind !== 'issued') return null;
  const { scopes } = found.token;
  steps.push(scopesStep(connection, scopes, needsOf(demand, scopes)));

  const call: Call = (action, input, options) =>
    parts.port.call({
      connection: connection.id,
      action,
      input,
      lane: 'interactive',
      signal,
      ...(options ? { options } : {}),
    });
  const { step: agentStep, agent } = await seeAgent(call);
  steps.push(agentStep);
  const { step: readStep, tickets } = await seeTickets(call);
  steps.push(readStep, await teamsStep(call, { agent, tickets }));
  const mapped = configuration.mappings
    .filter((mapping) => mapping.connection === connection.id)
    .map(({ client }) => client);
  steps.push(await customersStep(call, { agent, mapped }));
  steps.push(await writeStep(call, { isNeeded: changesTickets(demand) }));
  return scopes;
}
