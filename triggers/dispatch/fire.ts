/** Starts a trigger by hand. */
import { randomUUID } from 'node:crypto';
import { ConfigurationError, SchemaError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { haloOfConnection } from '../../organizations/halo.ts';
import { findOrganization } from '../../organizations/tree.ts';
import { retrying } from '../../store/store.ts';
import { insertEvents } from '../events.ts';
import type { Database, NewEvent } from '../events.ts';
import { connectionOf } from '../registry.ts';
import type { EventRow, FeedKind, Trigger } from '../types.ts';
import { checkOrganization } from './checkOrganization.ts';
import { dispatchEvents } from './dispatch.ts';
import type { Dispatching } from './dispatch.ts';
import { idOf, property, recordEvent } from './subject.ts';

/** What Halo has for ids, and the column of an event's record. */
const LARGEST_ID = 2 ** 31 - 1;

export interface Fire {
  readonly trigger: string;
  /**
   * For `new-ticket-record` the id of a ticket, which is read in full, or a ticket, which is taken as it is; for other
   * types the event.
   */
  readonly record?: unknown;
  /** Which feed an id is of; default `tickets`. */
  readonly kind?: FeedKind;
  /** Instead of the mapped one, or of all that the trigger runs for. */
  readonly organization?: string;
  /** What belongs into the transaction that inserts the event. */
  readonly onFired?: (tx: Database, event: number) => Promise<void>;
}

export interface Fired {
  readonly event: EventRow;
  /** What it started: one run, none, or one for each organization that the trigger runs for. */
  readonly runs: readonly {
    readonly run: string;
    readonly workflowId: string;
    readonly organization: string;
  }[];
}

/**
 * Inserts an event of the source `manual` and dispatches it at once. It goes the way of every other: it may be filtered,
 * and stays pending while Halo or Temporal is away.
 *
 * @throws ConfigurationError for an unknown trigger or organization, and for one beside or above the trigger's owner;
 * SchemaError for a record that the type cannot take.
 */
export async function fire(parts: Dispatching, request: Fire): Promise<Fired> {
  const configuration = await parts.configuration.current();
  const triggers = await parts.triggers.at(configuration.version);
  const trigger = triggers.find(({ id }) => id === request.trigger);
  if (!trigger) {
    const hint = didYouMean(
      request.trigger,
      triggers.map(({ id }) => id),
    );
    throw new ConfigurationError(`there is no trigger ${request.trigger}.${hint}`);
  }
  const { organization = null } = request;
  if (organization !== null && !findOrganization(configuration, organization)) {
    const hint = didYouMean(
      organization,
      configuration.organizations.map(({ slug }) => slug),
    );
    throw new ConfigurationError(
      `unknown organization ${organization}.${hint} Name one that \`haloflow apply\` has created`,
    );
  }
  checkOrganization(configuration, trigger, organization);
  const connection = connectionOf(configuration, trigger);
  const fired = manualEvent(trigger, connection, request);
  const row = {
    ...fired,
    halo: fired.record ? (haloOfConnection(configuration, connection)?.nameOf(fired.record) ?? null) : null,
    organization,
  };
  const inserting = (): Promise<number | null> =>
    parts.store.db.transaction(async (tx) => {
      const [inserted] = await insertEvents(tx, [row]);
      if (inserted) await request.onFired?.(tx, inserted.id);
      return inserted?.id ?? null;
    });
  const inserted = await retrying(inserting);
  // Its key is a new one; when its commit got lost, the second try found it there.
  const ids = inserted === null ? await idsOf(parts, row) : [inserted];
  const rows = await dispatchEvents(parts, { ids });
  const event = rows.find(({ id }) => ids.includes(id));
  if (!event) throw new ConfigurationError(`the event of ${trigger.id} was deleted while it was dispatched`);
  return {
    event,
    runs: rows.flatMap(({ status, run, workflowId, organization: by }) =>
      status === 'accepted' && workflowId !== null && by !== null
        ? [{ run, workflowId, organization: by }]
        : [],
    ),
  };
}

function manualEvent(
  trigger: Trigger,
  connection: string | null,
  { record, kind = 'tickets' }: Fire,
): NewEvent {
  const common = {
    trigger: trigger.id,
    key: `manual/${randomUUID()}`,
    source: 'manual' as const,
    connection,
  };
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
  if (trigger.type === 'new-ticket-record') {
    const id = idOf(record);
    if (id !== null && id > LARGEST_ID) throw unfit(`${id} is more than an id in Halo can be`);
    if (id !== null) return { ...common, kind, record: id };
    if (!isObject) throw unfit(`${trigger.id} needs the id of a ticket, or a ticket as JSON`);
    const isEvent = typeof property(record, 'ticket') === 'object' && property(record, 'id') === undefined;
    return { ...common, payload: isEvent ? record : recordEvent(kind, record) };
  }
  if (record !== undefined && !isObject) {
    throw unfit(`${trigger.id} takes an event as a JSON object`);
  }
  const now = new Date().toISOString();
  return {
    ...common,
    payload: record ?? (trigger.type === 'cron' ? { scheduled_at: now, fired_at: now } : {}),
  };
}

const unfit = (message: string): SchemaError =>
  new SchemaError(message, { details: { field: 'body.record' } });

async function idsOf({ store }: Dispatching, { trigger, key }: NewEvent): Promise<number[]> {
  const { rows } = await store.pool.query<{ id: string }>(
    'select id from events where trigger = $1 and key = $2',
    [trigger, key],
  );
  return rows.map(({ id }) => Number(id));
}
