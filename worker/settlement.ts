/** What settling a write needs of its call: reads through the same credentials and budget, which are no tries of it. */
import { heartbeat } from '@temporalio/activity';
import { findAction } from '../actions/index.ts';
import type { Action } from '../actions/types.ts';
import { ConfigurationError, HaloflowError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import { credentialsOf } from './credentials.ts';
import { budgetFor } from './hostBudget.ts';
import type { Evidence } from './judge.ts';
import type { Plan } from './plan.ts';
import type { Settlement } from './settle.ts';
import { settleMs } from './settleMs.ts';
import type { Writing } from './writing.ts';

/** Which agent a connection's credentials stand for; no action of the catalogue, since it names no id. */
const ME: Action = {
  id: 'agents.me',
  title: 'Get Own Agent',
  method: 'GET',
  path: '/Agent/me',
  effect: 'read',
  input: {},
  output: {},
};

/** `kept`: what is stored of a record that was found. */
export function settlementOf(writing: Writing, plan: Plan, kept: Settlement['kept']): Settlement {
  const { parts, configuration, decision, attempt, lane } = writing;
  const { connection } = decision;
  let isGranted = false;
  let clockMs: number | null = null;

  async function ask(action: Action, input: unknown, fields?: readonly string[]): Promise<unknown> {
    const budget = budgetFor(
      parts,
      { configuration, connection },
      {
        organization: attempt.organization,
        lane,
        key: `${attempt.key}/look`,
        mayGiveUp: () => !isGranted,
        signal: attempt.signal,
        leftMs: () => attempt.leftMs,
      },
    );
    return await parts.halo.execute({
      action,
      input,
      ...(fields ? { options: { fields } } : {}),
      credentials: await credentialsOf(parts.store, connection),
      secrets: writing.secrets.values,
      budget: {
        take: async () => {
          const grant = await budget.take();
          isGranted = true;
          return {
            replied: (reply) => grant.replied(reply),
            ...(grant.refusal ? { refusal: grant.refusal } : {}),
            clock: (now) => {
              clockMs = now - Date.now();
            },
          };
        },
      },
      signal: attempt.signal,
      isUnderWay: isGranted,
      onProgress: (done) => heartbeat(done),
    });
  }

  return {
    store: parts.store,
    plan,
    kept,
    settleMs: settleMs(connection),
    signal: attempt.signal,
    haloClockMs: () => clockMs,
    read: async (id, input) => {
      const action = findAction(id);
      if (!action) throw new ConfigurationError(`there is no action ${id}`);
      return await ask(action, input);
    },
    agent: async () => {
      const { agents } = parts.writes;
      const known = agents.get(connection) ?? me(ask);
      agents.set(connection, known);
      known.catch(() => agents.delete(connection));
      return await known;
    },
  };
}

/** Null where the agent may not read itself: then records that name an agent cannot be told apart by it. */
async function me(
  ask: (action: Action, input: unknown, fields: readonly string[]) => Promise<unknown>,
): Promise<Evidence['agent']> {
  try {
    const agent = await ask(ME, {}, ['id', 'name']);
    return isObject(agent) ? { id: agent['id'], name: agent['name'] } : null;
  } catch (error) {
    if (error instanceof HaloflowError && !error.retryable) return null;
    throw error;
  }
}
