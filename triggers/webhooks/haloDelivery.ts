/** What a body of Halo's webhook says, whichever of its forms it has. */
import { haloEventNamed, haloEvents, NEW_TICKET_LOGGED } from '../catalogue/haloEvents.ts';
import { recordId } from '../feeds/source.ts';
import type { HaloEventKind } from '../catalogue/haloEvents.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface HaloDelivery {
  /** Halo's id of it; null in templates, which have none. */
  readonly id: string | null;
  /** The event's name or number as it came; null when the body says none. */
  readonly name: string | null;
  /** Null for an event that nobody can listen to, and for a body that names none. */
  readonly kind: HaloEventKind | null;
  readonly objectId: number | null;
  readonly timestamp: string | null;
  /** Who did it, where the body says so: the agent of the action. */
  readonly agentId: number | null;
  /** Under the names that events have for them. */
  readonly records: Readonly<Record<string, Fields>>;
}

const RECORDS = ['ticket', 'action', 'client', 'site', 'user', 'invoice'];
const NUMBERED = new Map([NEW_TICKET_LOGGED, ...haloEvents].map((kind) => [String(kind.number), kind]));

/** The deliveries in a body: one, or as many as a batch holds; `named` is the event that the URL names. */
export function deliveriesIn(
  body: unknown,
  named: string | null,
): readonly HaloDelivery[] | { problem: string } {
  const elements: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (elements.length === 0) return { problem: 'the body is an empty list' };
  const deliveries: HaloDelivery[] = [];
  for (const [index, element] of elements.entries()) {
    const delivery = fieldsOf(element) && deliveryOf(element as Fields, named);
    if (!delivery) {
      const where = Array.isArray(body) ? `element ${index} of the body` : 'the body';
      return { problem: `${where} holds neither an event nor a record of Halo (${RECORDS.join(', ')})` };
    }
    deliveries.push(delivery);
  }
  return deliveries;
}

function deliveryOf(body: Fields, named: string | null): HaloDelivery | null {
  const records = recordsOf(body);
  const said = body['event'] ?? body['event_name'] ?? body['eventno'];
  const name = textOf(fieldsOf(said)?.['name'] ?? said) ?? named;
  if (name === null && Object.keys(records).length === 0) return null;
  const kind = name === null ? null : (haloEventNamed(name) ?? NUMBERED.get(name) ?? null);
  const action = records['action'];
  const subject = records[kind?.subject ?? 'ticket'];
  return {
    // The id of a bare record is that record's.
    id: body === records['ticket'] ? null : textOf(body['id']),
    name,
    kind,
    objectId: recordId(body['object_id']) ?? recordId(subject?.['id']) ?? recordId(action?.['ticket_id']),
    timestamp: textOf(body['timestamp']),
    agentId:
      recordId(body['agent_id']) ??
      recordId(action?.['who_agentid']) ??
      recordId(action?.['actionby_agent_id']),
    records,
  };
}

function recordsOf(body: Fields): Record<string, Fields> {
  const found = RECORDS.flatMap((name) => {
    const record = fieldsOf(body[name]);
    return record ? [[name, record] as const] : [];
  });
  if (found.length > 0) return Object.fromEntries(found);
  // A template may send the ticket as all there is.
  return 'summary' in body && recordId(body['id']) !== null ? { ticket: body } : {};
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Texts and numbers, which Halo gives as either. */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

/** Properties that a record in full always has. */
const WHOLE: Readonly<Record<HaloEventKind['subject'], readonly string[]>> = {
  ticket: ['id', 'summary', 'details', 'status_id', 'tickettype_id', 'client_id', 'dateoccurred'],
  site: ['id', 'name', 'client_id'],
  user: ['id', 'name', 'site_id', 'client_id'],
  invoice: ['id', 'client_id', 'invoice_date', 'lines'],
};

/** What the workflow gets as `event`; `partial: true` while the record is not there in full. */
export function haloEvent(delivery: HaloDelivery, kind: HaloEventKind): Fields {
  const { id, objectId, timestamp, agentId, records } = delivery;
  const record = records[kind.subject];
  const isWhole = record !== undefined && WHOLE[kind.subject].every((field) => record[field] !== undefined);
  return {
    event: kind.name,
    object_id: objectId,
    timestamp,
    delivery: id,
    ...(agentId === null ? {} : { agent_id: agentId }),
    ...(isWhole ? {} : { partial: true }),
    ...records,
  };
}
