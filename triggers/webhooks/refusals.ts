/** Counts refused deliveries with the right secret by their reason, for the operator of the trigger. */
import { desc, eq } from 'drizzle-orm';
import { moment } from '../../moments.ts';
import { refusedDeliveries } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { storable } from '../../store/text.ts';

export interface RefusalDocument {
  /** The HTTP status. */
  readonly status: number;
  readonly reason: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

interface Refusal {
  /** A trigger, or {@link haloCaller}. */
  readonly name: string;
  readonly status: number;
  readonly reason: string;
}

export interface Refusals {
  /** Counts a refusal; it is stored a little later. */
  note(refusal: Refusal): void;
  /** Stores what is still waiting. */
  close(): Promise<void>;
}

/** Kept kinds of each name: senders can influence some reasons. */
const KEPT = 20;
const LONGEST_REASON = 300;
/** Kinds that may wait to be stored; more of them are deliberate. */
const MOST_WAITING = 200;
/** The pause between statements, so that many refusals need few of them. */
const PAUSE_MS = 1_000;

/** The name for refusals of Halo's webhook on a connection. */
export function haloCaller(connection: string): string {
  return `halo/${connection}`;
}

/** Creates the counter. `onError` is called if refusals cannot be stored; the deliveries are not affected. */
export function createRefusals({ pool }: Pick<Store, 'pool'>, onError: (error: unknown) => void): Refusals {
  const waiting = new Map<string, Refusal & { count: number }>();
  let timer: NodeJS.Timeout | null = null;

  async function write(): Promise<void> {
    timer = null;
    const refusals = [...waiting.values()];
    waiting.clear();
    if (refusals.length === 0) return;
    try {
      await pool.query(count, [
        refusals.map(({ name }) => name),
        refusals.map(({ status }) => status),
        refusals.map(({ reason }) => reason),
        refusals.map((refusal) => refusal.count),
      ]);
      await pool.query(forget, [[...new Set(refusals.map(({ name }) => name))], KEPT]);
    } catch (error) {
      onError(error);
    }
  }

  return {
    note(refusal) {
      const { name, status } = refusal;
      const reason = storable(refusal.reason, LONGEST_REASON);
      const key = JSON.stringify([name, status, reason]);
      const known = waiting.get(key);
      if (known) known.count += 1;
      else if (waiting.size < MOST_WAITING) waiting.set(key, { name, status, reason, count: 1 });
      timer ??= setTimeout(() => void write(), PAUSE_MS).unref();
    },
    async close() {
      if (timer) clearTimeout(timer);
      await write();
    },
  };
}

const count = `
  insert into refused_deliveries (name, status, reason, count)
    select * from unnest($1::text[], $2::int[], $3::text[], $4::int[])
  on conflict (name, status, reason) do update
    set count = least(refused_deliveries.count::bigint + excluded.count, 2147483647)::int, last_at = now()`;

const forget = `
  delete from refused_deliveries where last_at < now() - interval '30 days' or (name, status, reason) in (
    select name, status, reason from (
      select r.*, row_number() over (partition by name order by last_at desc, status, reason) as place
      from refused_deliveries r where name = any($1)) newest
    where place > $2)`;

/** The refusals of a trigger or {@link haloCaller}, the newest kind first. */
export async function refusalsOf({ db }: Pick<Store, 'db'>, name: string): Promise<RefusalDocument[]> {
  const { status, reason, count: times, firstAt, lastAt } = refusedDeliveries;
  const rows = await db
    .select({ status, reason, count: times, firstAt, lastAt })
    .from(refusedDeliveries)
    .where(eq(refusedDeliveries.name, name))
    .orderBy(desc(lastAt))
    .limit(KEPT);
  return rows.map((row) => ({ ...row, firstAt: moment(row.firstAt), lastAt: moment(row.lastAt) }));
}
