/** Deliveries of Halo's webhook become events of the triggers that listen. */
import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Configuration } from '../../organizations/types.ts';
import { events } from '../../store/schema/events.ts';
import { haloWebhooks } from '../../store/schema/triggers.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { storable } from '../../store/text.ts';
import { haloEventNamed, NEW_TICKET_LOGGED } from '../catalogue/haloEvents.ts';
import type { HaloEventKind } from '../catalogue/haloEvents.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import { keyAt } from '../events.ts';
import { haloOfConnection } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import { firstHalos, withKeys } from '../recordKeys.ts';
import { haloDate } from '../feeds/source.ts';
import { isNewFor, readSubscriptions } from '../feeds/subscriptions.ts';
import type { NewEvent } from '../events.ts';
import { connectionOf } from '../registry.ts';
import type { FeedKind, HaloEventParameters, NewTicketRecordParameters, Trigger } from '../types.ts';
import { haloEvent } from './haloDelivery.ts';
import type { HaloDelivery } from './haloDelivery.ts';
import { PATIENCE, storeEvents } from './store.ts';
import { kindOfTicket } from './ticketKind.ts';
import type { TicketKinds } from './ticketKind.ts';

export interface HaloIntake {
  readonly store: Store;
  readonly configuration: Configuration;
  readonly triggers: readonly Trigger[];
  readonly connection: string;
  readonly kinds: TicketKinds;
}

export interface Taken {
  /** Ids of the events, new ones and those that an earlier delivery made. */
  readonly events: readonly number[];
  /** What started nothing, and why. */
  readonly ignored: readonly { readonly event: string | null; readonly reason: string }[];
}

/** What goes into keys as it is. */
const PLAIN = /^[\x21-\x7e]{1,100}$/;

/** A template names no event. These two are what runbooks send it for, and a new ticket, which its id shows. */
const NAMELESS = ['Ticket Changed', 'Ticket Status Changed'];

/** Stores the events of deliveries, once each; what nobody listens to is stored as filtered, once a day. */
export async function takeDeliveries(
  intake: HaloIntake,
  deliveries: readonly HaloDelivery[],
): Promise<Taken> {
  const { store, connection } = intake;
  const rows: NewEvent[] = [];
  const ignored: { event: string | null; reason: string }[] = [];
  for (const delivery of deliveries) {
    const { rows: own, reason } = await rowsFor(intake, delivery);
    rows.push(...own);
    if (own.length === 0) ignored.push({ event: shown(delivery.name), reason });
  }
  const stored = rows.length === 0 ? [] : await storeEvents(store, rows);
  await retrying(() => noteDelivery(store, connection, ignored), PATIENCE);
  return { events: stored.map(({ id }) => id), ignored };
}

interface Wanted {
  readonly rows: readonly NewEvent[];
  /** Why there are none. */
  readonly reason: string;
}

async function rowsFor(intake: HaloIntake, delivery: HaloDelivery): Promise<Wanted> {
  const listening = listeners(intake, delivery);
  const keys = await deliveryKeys(intake, delivery, listening);
  const heard = listening.map(({ trigger, kind }): NewEvent => ({
    trigger: trigger.id,
    key: keys.get(trigger.id) ?? '',
    source: 'halo',
    connection: intake.connection,
    halo: haloNow(intake)?.latest ?? null,
    record: delivery.objectId,
    payload: haloEvent(delivery, kind),
  }));
  const isNews = delivery.kind === NEW_TICKET_LOGGED || isNameless(delivery);
  const fresh = isNews ? await newTickets(intake, delivery) : null;
  const rows = [...heard, ...(fresh?.rows ?? [])];
  return { rows, reason: fresh?.reason ?? 'no enabled trigger listens to this event on this connection' };
}

const haloNow = ({ configuration, connection }: HaloIntake): Halo | null =>
  haloOfConnection(configuration, connection);

const isNameless = ({ name, records }: HaloDelivery): boolean => name === null && 'ticket' in records;

interface Listener {
  readonly trigger: Trigger;
  readonly kind: HaloEventKind;
}

/** The enabled triggers of the connection whose events hold it. */
function listeners(intake: HaloIntake, delivery: HaloDelivery): Listener[] {
  const names = isNameless(delivery) ? NAMELESS : delivery.kind ? [delivery.kind.name] : [];
  return here(intake, 'halo-event').flatMap((trigger) => {
    const { events } = trigger.parameters as unknown as HaloEventParameters;
    const name = names.find((candidate) => events.includes(candidate));
    const kind = name === undefined ? undefined : haloEventNamed(name);
    return kind ? [{ trigger, kind }] : [];
  });
}

function here({ configuration, triggers, connection }: HaloIntake, type: Trigger['type']): Trigger[] {
  return triggers.filter(
    (trigger) =>
      trigger.type === type && trigger.enabled && connectionOf(configuration, trigger) === connection,
  );
}

/**
 * New tickets have the keys that the poll gives them, whichever of the two is first. Where it is not clear that a trigger
 * wants the ticket, it is left to the poll.
 */
async function newTickets(intake: HaloIntake, delivery: HaloDelivery): Promise<Wanted> {
  const { store, connection, configuration } = intake;
  const id = delivery.objectId;
  const wanting = here(intake, 'new-ticket-record').filter(({ parameters }) => {
    const { webhook, deliver } = parameters as unknown as NewTicketRecordParameters;
    // A batch is what one poll finds.
    return webhook && deliver === 'each';
  });
  if (wanting.length === 0 || id === null) {
    return {
      rows: [],
      reason: 'no enabled new-ticket-record trigger of this connection has "webhook: true"',
    };
  }
  const halo = haloNow(intake);
  if (halo === null) return { rows: [], reason: `no connection ${connection}` };
  if (configuration.connections.some(({ id: one, enabled }) => one === connection && !enabled)) {
    return { rows: [], reason: `connection ${connection} is disabled: the poll once it is enabled finds it` };
  }
  const kind = await kindOfTicket(intake.kinds, connection, delivery);
  if (kind === null)
    return { rows: [], reason: 'what kind of ticket it is cannot be read now: the poll will' };
  const known = await readSubscriptions(store.db, { connection, kind });
  const occurredAt = haloDate(delivery.records['ticket']?.['dateoccurred']);
  const ticket = { id, occurredAt, changedAt: null, stamp: null };
  const rows = wanting
    .filter((trigger) => feedsOf(trigger).includes(kind))
    .filter((trigger) => {
      const subscription = known.find((row) => row.trigger === trigger.id);
      const isCurrent = subscription?.enabledAt.getTime() === trigger.enabledAt.getTime();
      if (isCurrent) return isNewFor(subscription, ticket, null);
      // Before the feed's next poll only the event itself tells that the ticket is new.
      return (
        delivery.kind === NEW_TICKET_LOGGED && (ticket.occurredAt ?? trigger.enabledAt) >= trigger.enabledAt
      );
    })
    .map(({ id: trigger }) => ({ trigger, ...newTicket({ connection, kind, id }), halo: halo.nameOf(id) }));
  return { rows: await withKeys(store.db, rows), reason: `no trigger wants new ${kind} with this id` };
}

const newTicket = ({ connection, kind, id }: { connection: string; kind: FeedKind; id: number }) =>
  ({ source: 'halo', connection, kind, record: id }) as const;

/** For each trigger that listens; of another Halo than its first they say which. */
async function deliveryKeys(
  intake: HaloIntake,
  delivery: HaloDelivery,
  listening: readonly Listener[],
): Promise<ReadonlyMap<string, string>> {
  const halo = haloNow(intake)?.latest ?? '';
  const ids = listening.map(({ trigger }) => ({ trigger: trigger.id, halo }));
  const firsts = await firstHalos(intake.store.db, ids);
  const at = ({ trigger }: { readonly trigger: string }): string | null =>
    firsts.get(trigger) === halo ? null : halo;
  const [first] = ids;
  if (!first) return new Map();
  const key = await deliveryKey(intake, delivery, { trigger: first.trigger, halo: at(first) });
  return new Map(ids.map((one) => [one.trigger, keyAt(key, at(one))]));
}

/**
 * `halo/<Halo's id of the delivery>`. Bodies without one may be equal though something happened in between (a status that
 * changes there and back), so that only equal ones within a minute are the same delivery.
 */
async function deliveryKey(
  { store }: HaloIntake,
  delivery: HaloDelivery,
  first: { readonly trigger: string; readonly halo: string | null },
): Promise<string> {
  if (delivery.id !== null && PLAIN.test(delivery.id)) return `halo/${delivery.id}`;
  const digest = createHash('sha256').update(JSON.stringify(delivery)).digest('hex').slice(0, 32);
  const minute = Math.floor(Date.now() / 60_000);
  const before = `halo/${digest}/${minute - 1}`;
  const [recent] = await store.db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.trigger, first.trigger),
        eq(events.key, keyAt(before, first.halo)),
        sql`${events.createdAt} > now() - interval '1 minute'`,
      ),
    );
  return recent ? before : `halo/${digest}/${minute}`;
}

/** Names come from outside, and Postgres' text has no U+0000. */
const shown = (name: string | null): string | null =>
  name === null ? null : storable(name.replaceAll(/\p{Cc}/gu, ' '), 100);

/** Under this name `haloflow events list` shows what came in on a connection and concerned no trigger. */
function unheardTrigger(connection: string): string {
  return `halo/${connection}`;
}

/** Of one delivery; Halo has some hundred events. */
const MOST_KINDS = 500;

async function noteDelivery(store: Store, connection: string, ignored: Taken['ignored']): Promise<void> {
  await store.db
    .update(haloWebhooks)
    .set({ receivedAt: sql`now()` })
    .where(eq(haloWebhooks.connection, connection));
  if (ignored.length === 0) return;
  const day = new Date().toISOString().slice(0, 10);
  const kinds = new Map(ignored.map((each) => [each.event ?? 'nameless', each]));
  await store.db
    .insert(events)
    .values(
      [...kinds].slice(0, MOST_KINDS).map(([name, { event, reason }]) => ({
        trigger: unheardTrigger(connection),
        key: `unheard/${name}/${day}`,
        source: 'halo' as const,
        status: 'filtered' as const,
        reason: `${event ?? 'a body that names no event'}: ${reason}`,
        connection,
        decidedAt: sql`now()`,
      })),
    )
    .onConflictDoNothing();
}
