/** A trigger that looks at one Halo and then at another, tickets for it, and whether each of them ran once. */
import type { Control } from '../../support/sandbox.ts';
import { exactly } from '../count.ts';
import type { Count } from '../count.ts';
import { look } from '../database.ts';
import type { Field } from './disturbance.ts';

export const ROAMING = {
  trigger: 'roaming',
  workflow: 'roam',
  /** Every summary begins so. */
  word: 'Roam ',
  home: 'northwind-halo',
  away: 'roaming-halo',
} as const;

const NOTE = 'haloflow roam: ';

/** A Halo, and the connection by which the trigger looks at it. */
interface Place {
  readonly connection: string;
  readonly halo: Control;
}

export interface Roaming {
  /** Opens tickets where the trigger looks; where it can, with numbers that the other Halo has given. */
  open(tickets: number): Promise<void>;
  /** The trigger looks there by now; polls from before do not tell it. */
  moved(to: Place): Promise<void>;
  /** Whether the trigger looks there, and everything for it has run. */
  isQuiet(): Promise<boolean>;
  /** Keeps what runs have left in the other Halo, as far as it loses that by the restore. */
  keepLost(restore: () => Promise<void>): Promise<void>;
  count(): Promise<readonly Count[]>;
}

/** What a Halo shows of the runs: by numbers of tickets, for `exactly`. */
interface Traces {
  readonly notes: readonly number[];
  readonly clients: readonly number[];
}

export function createRoaming({ home, halo, away, people, random }: Field): Roaming {
  /** By the text that each has, their number among all of them. */
  const opened = new Map<string, number>();
  const lost: Traces[] = [];
  const free: number[] = [];
  let newest = 0;
  let place: Place = { connection: ROAMING.away, halo: away };
  let since = 'epoch';
  let lastLook = 0;

  const now = async (): Promise<string> =>
    (await look<{ now: string }>(home, 'select clock_timestamp()::text as now'))[0]?.now ?? since;

  const numbered = (texts: readonly unknown[], before = ''): number[] =>
    texts.flatMap((text) => {
      if (typeof text !== 'string' || !text.startsWith(`${before}${ROAMING.word}`)) return [];
      return [opened.get(text.slice(before.length)) ?? 0];
    });

  async function tracesIn(tenant: Control): Promise<Traces> {
    const [notes, clients] = await Promise.all([tenant.records('Actions'), tenant.records('Client')]);
    return {
      notes: numbered(
        notes.map(({ note }) => note),
        NOTE,
      ),
      clients: numbered(clients.map(({ name }) => name)),
    };
  }

  return {
    async open(tickets) {
      for (let left = tickets; left > 0; left -= 1) {
        const summary = `${ROAMING.word}${random.guid()}`;
        opened.set(summary, opened.size + 1);
        if (place.halo === halo) {
          free.push(await people.openWith({ summary, details: summary }));
          continue;
        }
        // Larger than all that it has: a number that is there would be a change.
        while ((free[0] ?? Infinity) <= newest) free.shift();
        const newId = free.shift();
        const late = newId === undefined ? {} : { newId };
        newest = Number((await away.add('Tickets', { summary, details: summary }, late))['id']);
      }
    },
    async moved(to) {
      place = to;
      since = await now();
    },
    async isQuiet() {
      if (performance.now() - lastLook < 500) return false;
      lastLook = performance.now();
      const [row] = await look<{ ended: number; looks: boolean }>(
        home,
        `select (select count(*) from runs where trigger = '${ROAMING.trigger}' and status <> 'running')::int as ended,
          exists (select 1 from feeds join subscriptions using (connection, kind)
            where connection = '${place.connection}' and kind = 'tickets' and trigger = '${ROAMING.trigger}'
              and succeeded_at > '${since}' and errors = 0) as looks`,
      );
      return row !== undefined && row.looks && row.ended >= opened.size;
    },
    async keepLost(restore) {
      const before = await tracesIn(away);
      await restore();
      const after = await tracesIn(away);
      lost.push({
        notes: without(before.notes, after.notes),
        clients: without(before.clients, after.clients),
      });
    },
    async count() {
      const runs = await look<{ status: string }>(
        home,
        `select status from runs where trigger = '${ROAMING.trigger}'`,
      );
      const completed = runs.filter(({ status }) => status === 'completed').length;
      const traces = [...lost, await tracesIn(away), await tracesIn(halo)];
      const all = [...opened.values()];
      return [
        {
          what: 'runs for tickets of Halos that went back or were changed',
          wanted: `${all.length}`,
          seen: `${runs.length}, ${completed} completed`,
          ok: runs.length === all.length && completed === all.length,
        },
        {
          what: 'notes that they left',
          ...exactly(
            1,
            all,
            traces.flatMap(({ notes }) => notes),
          ),
        },
        {
          what: 'clients that they made',
          ...exactly(
            1,
            all,
            traces.flatMap(({ clients }) => clients),
          ),
        },
      ];
    },
  };
}

/** Numbers that are left when each of the others has been taken away once. */
function without(numbers: readonly number[], others: readonly number[]): number[] {
  const left = [...numbers];
  for (const other of others) {
    const at = left.indexOf(other);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}
