/** What a webhook sends of an event, in the form that it is set to. */
import { haloDate } from './rest/dates.ts';
import type { EventRecords } from './rest/resource.ts';
import type { Database, Row } from './rest/table.ts';
import { asText } from './rest/text.ts';

/** The sandbox's own numbers of the forms that Halo's guide describes. */
export const PAYLOADS = { full: 0, small: 1, eventOnly: 2, custom: 3 } as const;

export interface Occurred {
  /** Of the delivery: a GUID. */
  readonly id: string;
  readonly event: number;
  /** The first one is what it happened to. */
  readonly records: EventRecords;
}

/** The body of a delivery. */
export function renderPayload(db: Database, webhook: Row, notification: Row, occurred: Occurred): string {
  const head = {
    id: occurred.id,
    event: db.table('lookups').get(`64/${occurred.event}`)?.['name'] ?? String(occurred.event),
    webhook_id: webhook['id'],
    notification_id: notification['id'],
    object_id: Object.values(occurred.records)[0]?.['id'],
    timestamp: haloDate(Date.now()),
  };
  const records = Object.entries(occurred.records);
  const full = Object.fromEntries(records.map(([name, record]) => [name, withNames(db, record)]));
  switch (webhook['payload_type']) {
    case PAYLOADS.small:
      return JSON.stringify({
        ...head,
        ...Object.fromEntries(records.map(([name, { id }]) => [name, { id }])),
      });
    case PAYLOADS.eventOnly:
      return JSON.stringify(head);
    case PAYLOADS.custom: {
      const nested = Object.entries(full).map(([name, record]) => [name, withObjects(db, record)]);
      return fillTemplate(String(webhook['custom_payload']), { ...head, ...Object.fromEntries(nested) });
    }
    default:
      return JSON.stringify({ ...head, ...full });
  }
}

/** Halo puts values into a template as they are: no quotes, nothing escaped, nothing at all for null. */
function fillTemplate(template: string, values: Row): string {
  return template.replaceAll(/<<([\w^]+)>>/g, (_variable, path: string) => {
    const value = path
      .split('^')
      .reduce<unknown>((found, name) => (found as Row | null | undefined)?.[name], values);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value);
  });
}

const NAMES: readonly (readonly [string, string, string])[] = [
  ['client_id', 'clients', 'client_name'],
  ['site_id', 'sites', 'site_name'],
  ['user_id', 'users', 'user_name'],
  ['agent_id', 'agents', 'agent_name'],
  ['status_id', 'statuses', 'status_name'],
  ['tickettype_id', 'tickettypes', 'tickettype_name'],
];

function withNames(db: Database, record: Row): Row {
  const names = NAMES.filter(([field]) => field in record).map(
    ([field, table, name]) => [name, db.table(table).get(record[field])?.['name'] ?? null] as const,
  );
  return { ...record, ...Object.fromEntries(names) };
}

/** What templates reach through a ticket: `<<ticket^status^name>>`. */
function withObjects(db: Database, record: Row): Row {
  if (!('status_id' in record)) return record;
  const priority = db
    .table('priorities')
    .all()
    .find((row) => row['priorityid'] === record['priority_id']);
  return {
    ...record,
    status: db.table('statuses').get(record['status_id']) ?? null,
    tickettype: db.table('tickettypes').get(record['tickettype_id']) ?? null,
    agent: db.table('agents').get(record['agent_id']) ?? null,
    priority: priority ? { id: priority['priorityid'], name: priority['name'] } : null,
  };
}
