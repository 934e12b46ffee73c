import { heartbeat } from '@temporalio/activity';
import type { Action } from '../actions/types.ts';
import { checkOutput } from '../actions/validate.ts';
import type { Budgets } from '../calls/budget.ts';
import type { BegunCall } from '../calls/record.ts';
import { SchemaError } from '../errors.ts';
import type { HaloCall, HaloClient } from '../halo/types.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Configuration } from '../organizations/types.ts';
import type { CallRequest, Lane } from '../sdk/options.ts';
import type { Store } from '../store/store.ts';
import { credentialsOf } from './credentials.ts';
import { decide } from './decide.ts';
import { budgetFor } from './hostBudget.ts';
import type { LongCalls } from './longCalls.ts';
import { openSecrets } from './secrets.ts';
import { checkSize } from './size.ts';
import type { Try } from './try.ts';
import type { WriteMemory } from './writeMemory.ts';
import { write } from './writing.ts';

/** What reaching Halo needs, made once per worker. */
export interface Performing {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly budgets: Budgets;
  readonly halo: HaloClient;
  readonly longCalls: LongCalls;
  /** The time limit of one request, which the client keeps. */
  readonly requestTimeoutMs: number;
  readonly writes: WriteMemory;
}

export interface Performance {
  readonly action: Action;
  readonly input: unknown;
  readonly request: CallRequest;
  readonly begun: BegunCall;
  readonly configuration: Configuration;
  readonly attempt: Try;
}

/** One request of the call (or several, for a list), with its credentials and its budget. */
export type Ask = (call: Pick<HaloCall, 'action' | 'input'> & Partial<HaloCall>) => Promise<unknown>;

function laneOf(request: CallRequest, startedBy: string): Lane {
  if (request.lane) return request.lane;
  if (request.all && request.limit === undefined) return 'bulk';
  return startedBy === 'cli' || startedBy === 'smoke' ? 'interactive' : 'normal';
}

/** Several requests, with waits between them. */
const isLong = (request: CallRequest, input: unknown): boolean =>
  request.all === true || (Array.isArray(input) && input.length > 1);

/**
 * Carries out a checked call: whose connection, a place in the budget of its host, the requests, the reply checked.
 *
 * @throws the classes of errors.ts, BudgetWait, or the reason of the try's signal.
 */
export async function perform(parts: Performing, performance: Performance): Promise<unknown> {
  const { action, input, request, begun, configuration, attempt } = performance;
  const { run } = begun;
  const decision = decide(configuration, run, request);
  attempt.decision = decision;
  const secrets = await openSecrets(parts.store, {
    organization: attempt.organization,
    names: request.secrets ?? [],
  });
  const leave = isLong(request, input) ? parts.longCalls.enter() : undefined;
  try {
    const lane = laneOf(request, run.startedBy);
    const budget = budgetFor(
      parts,
      { configuration, connection: decision.connection },
      {
        organization: attempt.organization,
        lane,
        key: attempt.key,
        mayGiveUp: () => !attempt.isGranted,
        signal: attempt.signal,
        leftMs: () => attempt.leftMs,
      },
    );
    const credentials = await credentialsOf(parts.store, decision.connection);
    const ask: Ask = async (call) =>
      secrets.blank(
        await parts.halo.execute({
          onRequest: () => attempt.sending(),
          onProgress: (done) => heartbeat(done),
          ...call,
          input: secrets.reveal(call.input),
          options: secrets.reveal(call.options ?? {}),
          secrets: secrets.values,
          credentials,
          budget: attempt.counting(budget),
          signal: attempt.signal,
        }),
      );
    const ready = (): Promise<void> =>
      parts.halo.ready({ credentials, budget: attempt.counting(budget), signal: attempt.signal });
    const output = attempt.isWrite
      ? await write({ ...performance, parts, decision, lane, ask, ready, secrets })
      : await ask({ action, input, options: request });
    checkReply(performance, output);
    return output;
  } catch (error) {
    throw secrets.blankError(error);
  } finally {
    leave?.();
  }
}

function checkReply({ action, request, attempt }: Performance, output: unknown): void {
  try {
    if (!request.fields) checkOutput(action, output);
    checkSize(action, output);
  } catch (error) {
    if (!(error instanceof SchemaError) || !attempt.isWrite) throw error;
    throw new SchemaError(`${error.message}; Halo has carried it out, so do not send it again`, {
      cause: error,
      ...(error.details ? { details: error.details } : {}),
    });
  }
}
