/** Fires a trigger from a run: inserts its event, once for each call; the dispatchers decide and start. */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { isRunId, notStarted } from '../../calls/unknownRun.ts';
import { ConfigurationError, SchemaError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { findOrganization, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes, showBytes } from '../../sdk/size.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { retrying } from '../../store/store.ts';
import { storable } from '../../store/text.ts';
import type { Store } from '../../store/store.ts';
import { insertEvents } from '../events.ts';
import type { TriggerReader } from '../registry.ts';

import type { Trigger } from '../types.ts';
import { checkOrganization } from './checkOrganization.ts';

export interface FiringParts {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
}

export interface RunFire {
  /** Id of the row of the run that fires. */
  readonly run: string | undefined;
  /** Stable over the tries of one call. */
  readonly call: string;
  readonly trigger: unknown;
  readonly record: unknown;
  readonly organization: unknown;
}

/** Runs in a row of which each has started the next: workflows that fire each other would go on for ever. */
const LONGEST_CHAIN = 10;

/** Room for what goes with the event: the names of properties, and the organization. */
const ENVELOPE_BYTES = 1_000;

/**
 * The id of the event, the same for every try of the call.
 *
 * @throws ConfigurationError for a trigger that the run may not fire, SchemaError for a record that its runs cannot take.
 */
export async function fireByRun(parts: FiringParts, fire: RunFire): Promise<number> {
  const key = `call/${createHash('sha256').update(fire.call).digest('hex')}`;
  const id = typeof fire.trigger === 'string' ? fire.trigger : '';
  const earlier = await find(parts.store, id, key);
  if (earlier !== null) return earlier;
  const run = await runOf(parts.store, fire.run);
  const configuration = await parts.configuration.current();
  const all = await parts.triggers.at(configuration.version);
  const trigger = allowed(configuration, all, run.organization, String(fire.trigger));
  const row = {
    trigger: trigger.id,
    key,
    source: 'run' as const,
    payload: checkRecord(trigger, fire.record),
    organization: checkOrganization(configuration, trigger, fire.organization),
    firedBy: run.id,
  };
  await checkChain(parts.store, trigger, run.id);
  const [inserted] = await retrying(() => parts.store.db.transaction((tx) => insertEvents(tx, [row])));
  // A commit whose reply got lost, or another try of the same call, has put it there.
  const event = inserted?.id ?? (await find(parts.store, id, key));
  if (event === null) throw new Error(`the event of trigger ${id} is neither new nor there`);
  return event;
}

async function find(store: Store, trigger: string, key: string): Promise<number | null> {
  const [row] = await retrying(() =>
    store.db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.trigger, storable(trigger)), eq(events.key, key))),
  );
  return row?.id ?? null;
}

async function runOf(
  store: Store,
  id: string | undefined,
): Promise<{ readonly id: string; readonly organization: string }> {
  const { id: ids, organization } = runs;
  const [run] = isRunId(id)
    ? await retrying(() => store.db.select({ id: ids, organization }).from(runs).where(eq(ids, id)))
    : [];
  if (!run) throw notStarted('triggers.fire');
  return run;
}

/** The trigger, if the run may fire it: a client's run never spends the authority of its MSP. */
function allowed(configuration: Configuration, all: readonly Trigger[], own: string, id: string): Trigger {
  if (findOrganization(configuration, own)?.enabled !== true) {
    throw new ConfigurationError(`organization ${own} is disabled: nothing runs for it until it is enabled`);
  }
  const isOwn = ({ organization }: Trigger): boolean => isAtOrBelow(configuration, organization, own);
  const trigger = all.find((candidate) => candidate.id === id);
  if (!trigger) {
    const known = all.filter((candidate) => candidate.type === 'always-pass' && isOwn(candidate));
    const hint = didYouMean(
      id,
      known.map((candidate) => candidate.id),
    );
    throw new ConfigurationError(`there is no trigger ${id}.${hint}`);
  }
  if (!isOwn(trigger)) {
    throw new ConfigurationError(
      `a run for ${own} cannot fire trigger ${id}, which ${trigger.organization} owns: it fires those of its own organization and of organizations below it`,
    );
  }
  if (trigger.type !== 'always-pass') {
    throw new ConfigurationError(
      `trigger ${id} is of type ${trigger.type}: a workflow fires triggers of type always-pass only`,
    );
  }
  if (!trigger.enabled) {
    throw new ConfigurationError(
      `trigger ${id} is disabled: say \`enabled: true\` in the file and apply, or \`haloflow triggers enable ${id}\``,
    );
  }
  if (findOrganization(configuration, trigger.organization)?.enabled !== true) {
    throw new ConfigurationError(
      `organization ${trigger.organization}, which owns trigger ${id}, is disabled: nothing runs for it until it is enabled`,
    );
  }
  return trigger;
}

function checkRecord({ id, variables }: Trigger, record: unknown = {}): object {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new SchemaError(`trigger ${id} takes an object as its record: put what it is to hold into one`);
  }
  const bytes = payloadBytes(record);
  const room = MAXIMUM_PAYLOAD_BYTES - ENVELOPE_BYTES - payloadBytes(variables);
  if (bytes <= room) return record;
  throw new SchemaError(
    `the record of ${showBytes(bytes)} for trigger ${id} is over the 2 MB that a run can be started with, its variables included: send less, or the id to read it by`,
  );
}

/** Ends of runs that start others count, too: a circle may go through both. */
async function checkChain(store: Store, { id }: Trigger, run: string): Promise<void> {
  const { rows } = await retrying(() =>
    store.pool.query<{ length: number }>(
      `with recursive chain as (
         select $1::uuid as run, 0 as length
         union all
         select e.fired_by, c.length + 1 from chain c
           join runs r on r.id = c.run join events e on e.id = r.event
           where e.fired_by is not null and c.length < $2
       ) select max(length) as length from chain`,
      [run, LONGEST_CHAIN],
    ),
  );
  if ((rows[0]?.length ?? 0) < LONGEST_CHAIN) return;
  throw new ConfigurationError(
    `trigger ${id} was not fired: ${LONGEST_CHAIN} runs have started one another in a row up to this one, so it looks as if they would go on for ever; let one workflow do the work in a loop, or use a cron trigger for what repeats`,
  );
}
