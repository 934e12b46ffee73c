/**
 * Takes out of the write ledger what was written, once the run that wrote it is past retention: its result, the hashes of
 * its names, and a path that an author wrote. What makes writes happen once stays: keys, digest, state, Halo and its id.
 */
import { createHash } from 'node:crypto';
import { catalogue, findAction } from '../actions/index.ts';
import type { Store } from '../store/store.ts';
import { property } from './dispatch/subject.ts';
import { haloDate } from './feeds/source.ts';

// A call goes with its run. What a business key stands for is read anew from then on, so its date is kept.
const look = `
  select w.call, w.index, w.sent_at::text as "sentAt", w.action, w.resource,
    not exists (select from calls where calls.key = w.call) as past,
    case when w.once is not null and w.made is null and w.state = 'confirmed'
      and not exists (select from calls where calls.key = w.call) then w.result end as result
  from writes w where (w.result is not null or w.marks is not null) and w.sent_at >= $1::timestamptz
  order by w.sent_at limit $2`;

const empty = `
  update writes set result = null, marks = null, resource = past.resource, made = coalesce(writes.made, past.made)
  from unnest($1::text[], $2::int[], $3::text[], $4::text[]) as past(call, index, resource, made)
  where writes.call = past.call and writes.index = past.index`;

interface Row {
  readonly call: string;
  readonly index: number;
  readonly sentAt: string;
  readonly action: string;
  readonly resource: string;
  readonly past: boolean;
  readonly result: unknown;
}

export interface LedgerEmptying {
  /** Looks at the next rows that hold something; true once it has been through all of them, and then it begins again. */
  step(): Promise<boolean>;
}

/** Looks at `limit` rows with each step, oldest first. */
export function createLedgerEmptying({ pool }: Pick<Store, 'pool'>, limit: number): LedgerEmptying {
  const start = { from: '-infinity', size: limit };
  let { from, size } = start;
  return {
    async step() {
      const { rows } = await pool.query<Row>(look, [from, size]);
      const past = rows.filter((row) => row.past);
      if (past.length > 0) {
        await pool.query(empty, [
          past.map(({ call }) => call),
          past.map(({ index }) => index),
          past.map(({ resource }) => keptResource(resource)),
          past.map(madeOf),
        ]);
      }
      const isAll = rows.length < size;
      const last = rows.at(-1)?.sentAt ?? from;
      // As many rows of one moment as fit into a step, and none of them past: the next has to see beyond them.
      size = last === from && past.length === 0 ? size * 2 : limit;
      from = last;
      if (isAll) ({ from, size } = start);
      return isAll;
    },
  };
}

const ROUTES: ReadonlySet<string> = new Set(
  [...catalogue.values()].map(({ path }) => path.replace(/\/\{.*$/, '')),
);

/** A path that is not in the catalogue is what an author wrote. */
function keptResource(resource: string): string {
  if (ROUTES.has(resource) || resource.startsWith('~')) return resource;
  return `~${createHash('sha256').update(resource).digest('hex').slice(0, 32)}`;
}

/** When the record was made, as its result says it; rows of before say it nowhere else. */
function madeOf({ action, result }: Row): string | null {
  const names = findAction(action)?.reconcile?.date ?? [];
  const dates = names.map((name) => haloDate(property(result, name)));
  return dates.find((date) => date !== null)?.toISOString() ?? null;
}
