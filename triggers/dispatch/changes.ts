/**
 * Whether a change that Halo tells of is one that haloflow made. A note is recognised by its id, a new record by its own;
 * any other write of ours explains one event of each name that it causes, within seconds of it, so that a person's
 * change beside ours is never lost: at worst the two change places.
 */
import { and, desc, eq, gt, lt } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import type { Halo } from '../../organizations/halo.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow } from '../types.ts';
import type { Whose } from './guard.ts';
import { idOf, property } from './subject.ts';

interface OwnWrite {
  readonly resource: string;
  readonly effect: string;
  readonly isSettled: boolean;
  readonly result: unknown;
  readonly from: number;
  readonly until: number;
}

/** Halo's clock and ours, and the time that a delivery takes. */
const BEFORE_MS = 2_000;
const AFTER_MS = 15_000;
const LOOK_BACK_MS = 900_000;

/** Halo's names of what events are about besides tickets, as the ledger has them. */
const RESOURCES = { site: '/Site', user: '/Users', invoice: '/Invoice', client: '/Client' } as const;

/** Who made the change that a row of the source `halo` tells of. */
export async function whoseChange(store: Store, halo: Halo, row: EventRow): Promise<Whose> {
  const { payload } = row;
  const name = String(property(payload, 'event')).toLowerCase();
  const id = idOf(property(payload, 'object_id')) ?? row.record;
  if (id === null) return 'theirs';
  const other = Object.entries(RESOURCES).find(([subject]) => name.startsWith(subject))?.[1] ?? null;
  const ticket = other === null ? id : null;
  // What was written before Halo went back was written to another ticket of that id.
  const halos =
    ticket === null ? halo.names : halo.names.slice(0, halo.names.indexOf(halo.nameOf(ticket)) + 1);
  const writes = await writesTo(store, { halos, ticket, resource: other, id });
  if (writes.length === 0) return 'theirs';
  const action = idOf(property(property(payload, 'action'), 'id'));
  if (
    action !== null &&
    writes.some((write) => isAction(write) && idOf(property(write.result, 'id')) === action)
  ) {
    return 'own';
  }
  const at = timeOf(property(payload, 'timestamp')) ?? row.createdAt.getTime();
  const causes = writes.filter(
    (write) =>
      // A note of ours that is settled has another id than this one.
      !(action !== null && isAction(write) && write.isSettled) &&
      isNear(write, at, row) &&
      causesEvent(write, name, payload),
  );
  if (causes.length === 0) return 'theirs';
  if (causes.some(({ isSettled }) => !isSettled)) return 'unknown';
  const earlier = await earlierEvents(store, row, name, Math.min(...causes.map(({ from }) => from)));
  return earlier < causes.length ? 'own' : 'theirs';
}

const isAction = ({ resource }: OwnWrite): boolean => resource === '/Actions';

function isNear({ from, until }: OwnWrite, at: number, row: EventRow): boolean {
  const received = row.createdAt.getTime();
  return from <= received && ((from <= at && at <= until) || received <= until);
}

/** Whether Halo sends an event of that name for the write, as far as the write's result can tell. */
function causesEvent(write: OwnWrite, name: string, payload: unknown): boolean {
  if (name.endsWith('deleted')) return write.effect === 'delete';
  if (name.endsWith('created')) return write.effect === 'create';
  if (write.effect === 'delete' || hasMovedOn(write, payload)) return false;
  if (!/status|closed/.test(name)) return true;
  if (!write.isSettled) return true;
  const status = idOf(property(write.result, isAction(write) ? 'new_status' : 'status_id'));
  const ticket = property(payload, 'ticket');
  const now = idOf(property(ticket, 'status_id')) ?? idOf(property(property(ticket, 'status'), 'id'));
  return status !== null && (now === null || status === now);
}

/** Whether the event shows the ticket as it was at another time than our write left it. */
function hasMovedOn({ result }: OwnWrite, payload: unknown): boolean {
  const left = property(result, 'last_update');
  const shown = property(property(payload, 'ticket'), 'last_update');
  return typeof left === 'string' && typeof shown === 'string' && left !== shown;
}

/** Our recent writes to the ticket, or to the record of another resource. */
async function writesTo(
  store: Store,
  about: {
    readonly halos: readonly string[];
    readonly ticket: number | null;
    readonly resource: string | null;
    readonly id: number;
  },
): Promise<OwnWrite[]> {
  const { rows } = await store.pool.query<{
    readonly resource: string;
    readonly effect: string;
    readonly state: string;
    readonly result: unknown;
    readonly sent_at: Date;
    readonly ended_at: Date;
    readonly is_open: boolean;
  }>({
    name: 'own_writes_to',
    text: `select resource, effect, state, result, sent_at, coalesce(settled_at, least(dead_at, now())) as ended_at,
        state = 'sent' and dead_at > now() - interval '10 minutes' as is_open
      from writes where host = any($1) and sent_at > now() - make_interval(secs => $5)
        and (ticket = $2 or (resource = $3 and halo_id = $4)) order by sent_at`,
    values: [about.halos, about.ticket, about.resource, String(about.id), LOOK_BACK_MS / 1000],
  });
  return rows.map((row) => ({
    resource: row.resource,
    effect: row.effect,
    isSettled: !row.is_open,
    result: row.result,
    from: row.sent_at.getTime() - BEFORE_MS,
    until: row.ended_at.getTime() + AFTER_MS,
  }));
}

/** How many events of the same name and record the trigger got since then, and before this one. */
async function earlierEvents(store: Store, row: EventRow, name: string, since: number): Promise<number> {
  const before = await store.db
    .select({ payload: events.payload })
    .from(events)
    .where(
      and(
        eq(events.trigger, row.trigger),
        eq(events.source, 'halo'),
        eq(events.record, row.record ?? 0),
        lt(events.id, row.id),
        gt(events.createdAt, new Date(since)),
      ),
    )
    .orderBy(desc(events.id))
    .limit(100);
  return before.filter(({ payload }) => String(property(payload, 'event')).toLowerCase() === name).length;
}

/** Halo's dates are UTC and say no zone. */
function timeOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}
