/** What a campaign left behind: counted in the sandbox, and in haloflow's own tables. */
import type { Control } from '../support/sandbox.ts';
import { look } from './database.ts';
import type { Disturbance } from './disturbances/disturbance.ts';
import type { People } from './people.ts';
import type { Sizes } from './sizes.ts';

export interface Count {
  readonly what: string;
  readonly wanted: string;
  readonly seen: number | string;
  readonly ok: boolean;
}

interface RunRow {
  readonly trigger: string;
  readonly status: string;
  readonly record: number;
}

/** How often a note or a run was found for each ticket that should have exactly one. */
export function exactly(
  times: number,
  ids: readonly number[],
  found: readonly number[],
): Omit<Count, 'what'> {
  const per = new Map<number, number>();
  for (const id of found) per.set(id, (per.get(id) ?? 0) + 1);
  const wrong = ids.filter((id) => (per.get(id) ?? 0) !== times);
  const strangers = [...per.keys()].filter((id) => !ids.includes(id));
  const complaints = [
    ...wrong.slice(0, 5).map((id) => `${id}: ${per.get(id) ?? 0}`),
    ...strangers.slice(0, 5).map((id) => `${id}: ${per.get(id)}, wanted none`),
  ];
  const ok = wrong.length === 0 && strangers.length === 0;
  return {
    wanted: `${times} for each of ${ids.length}`,
    seen: ok ? found.length : `${found.length} (${complaints.join('; ')})`,
    ok,
  };
}

export const atLeast = (what: string, wanted: number, seen: number): Count => ({
  what,
  wanted: `at least ${wanted}`,
  seen,
  ok: seen >= wanted,
});

export const none = (what: string, seen: number): Count => ({ what, wanted: '0', seen, ok: seen === 0 });

export interface Left {
  readonly home: string;
  readonly halo: Control;
  readonly people: People;
  readonly sizes: Sizes;
  /** What was done to it. */
  readonly disturbances: readonly Disturbance[];
}

export async function countAll({ home, halo, people, sizes, disturbances }: Left): Promise<Count[]> {
  const tickets = await halo.records('Tickets');
  const made = tickets.filter(({ third_party_id_string: stamp }) => String(stamp).startsWith('haloflow:'));
  const notes = (await halo.records('Actions')).filter(({ note }) =>
    String(note).startsWith('haloflow triage:'),
  );
  const runs = await look<RunRow>(
    home,
    `select runs.trigger, runs.status, events.record from runs join events on events.run = runs.id
      where runs.trigger is not null`,
  );
  const triage = runs.filter(({ trigger }) => trigger === 'triage');
  const completed = triage.filter(({ status }) => status === 'completed');
  const [ledger] = await look<{ stamped: number; unstamped: number; open: number }>(
    home,
    `select count(*) filter (where state = 'unknown' and stamp is not null)::int as stamped,
      count(*) filter (where state = 'unknown' and stamp is null)::int as unstamped,
      count(*) filter (where state = 'sent')::int as open from writes`,
  );
  const [events] = await look<{ failed: number; pending: number }>(
    home,
    `select count(*) filter (where status = 'failed')::int as failed,
      count(*) filter (where status = 'pending')::int as pending from events`,
  );
  const lost = await look<{ message: string }>(
    home,
    `select calls.error_message as message from writes join calls on calls.key = writes.call
      where writes.state = 'unknown' limit 3`,
  );
  const why = lost.map(({ message }) => ` (${message})`).join('');
  const ids = (rows: readonly Record<string, unknown>[], field: string): number[] =>
    rows.map((row) => Number(row[field]));
  const followed = made.map(({ summary }) => Number(/^Follow-up of (\d+)$/.exec(String(summary))?.[1]));
  const lookAlikes = [...people.lookAlikes.values()].reduce((sum, times) => sum + times, 0);
  return [
    atLeast('tickets opened by people', sizes.tickets, people.opened.length),
    atLeast('of them look-alikes of tickets that runs opened', 1, lookAlikes),
    ...(await Promise.all(disturbances.map((disturbance) => disturbance.count()))).flat(),
    {
      what: 'runs of triage started',
      ...exactly(
        1,
        people.opened,
        triage.map(({ record }) => record),
      ),
    },
    {
      what: 'runs of triage completed',
      ...exactly(
        1,
        people.opened,
        completed.map(({ record }) => record),
      ),
    },
    { what: 'notes that they left', ...exactly(1, people.opened, ids(notes, 'ticket_id')) },
    { what: 'tickets opened by runs: two equal ones for each alert', ...exactly(2, people.alerts, followed) },
    {
      what: 'outcomes left unknown of stamped writes',
      wanted: '0',
      seen: `${ledger?.stamped}${why}`,
      ok: ledger?.stamped === 0,
    },
    none('outcomes left unknown of other writes', ledger?.unstamped ?? -1),
    none('writes without an end', ledger?.open ?? -1),
    none('events that failed', events?.failed ?? -1),
    none('events without an end', events?.pending ?? -1),
  ];
}
