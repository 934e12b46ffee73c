import { activityInfo } from '@temporalio/activity';
import { eq } from 'drizzle-orm';
import { isRunId, notStarted } from '../calls/unknownRun.ts';
import { ConfigurationError, SchemaError } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import { effectiveVariables, unknownVariable } from '../organizations/effectiveVariables.ts';
import { runs } from '../store/schema/runs.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_ATTEMPTS, toFailure } from './failure.ts';
import { currentRun } from './runHeader.ts';

/**
 * The activity behind `variables.get()`: the trigger's variable, or the one in force for the run's organization.
 *
 * @throws ApplicationFailure only, with the error's class name as type (worker/failure.ts).
 */
export function createGetVariable(store: Store): (input: { readonly name: unknown }) => Promise<unknown> {
  return async function getVariable({ name }): Promise<unknown> {
    try {
      return await retrying(() => read(store, currentRun()?.run, name));
    } catch (error) {
      // It waits for no budget, so that each of Temporal's attempts is a try.
      throw toFailure(error, { reached: activityInfo().attempt, allowed: DEFAULT_ATTEMPTS });
    }
  };
}

async function read(store: Store, id: string | undefined, name: unknown): Promise<unknown> {
  if (typeof name !== 'string' || name === '') {
    throw new SchemaError('variables.get: the name of a variable is a text that is not empty');
  }
  const { organization, trigger, input } = await runOf(store, id);
  const own = trigger === null ? {} : variablesOf(input);
  if (Object.hasOwn(own, name)) return own[name];
  const known = await effectiveVariables(store, organization);
  const found = known.find((variable) => variable.name === name);
  if (!found) {
    throw unknownVariable(name, organization, [...Object.keys(own), ...known.map((one) => one.name)]);
  }
  if (found.type === 'secret') {
    throw new ConfigurationError(
      `the variable ${name} of ${found.from} is a secret, which a workflow does not see: put variables.secret('${name}') where an action needs it`,
    );
  }
  return found.value;
}

async function runOf(
  { db }: Store,
  id: string | undefined,
): Promise<Pick<typeof runs.$inferSelect, 'organization' | 'trigger' | 'input'>> {
  const { organization, trigger, input } = runs;
  const [run] = isRunId(id)
    ? await db.select({ organization, trigger, input }).from(runs).where(eq(runs.id, id))
    : [];
  if (!run) throw notStarted('variables.get');
  return run;
}

/** A trigger's, as they were when it started the run: they are in its argument (sdk/triggers.ts). */
function variablesOf(input: unknown): Readonly<Record<string, unknown>> {
  const [argument] = Array.isArray(input) ? (input as unknown[]) : [];
  const variables = isObject(argument) ? argument['variables'] : undefined;
  return isObject(variables) ? variables : {};
}
