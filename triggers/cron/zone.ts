/** Clock changes of time zones. All times are seconds since 1970 UTC. */

export interface ClockChange {
  readonly at: number;
  /** The offset from UTC in seconds, before and after. */
  readonly before: number;
  readonly after: number;
}

const STEP = 2 * 86_400;
const clocks = new Map<string, (at: number) => number>();
const known = new Map<string, readonly ClockChange[]>();

/** The offset of a zone from UTC, in seconds. */
export function offsetAt(zone: string, at: number): number {
  const clock = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, clock);
  return clock(at);
}

function clockOf(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at * 1_000).map(({ type, value }) => [type, Number(value)]));
    const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const civil = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return civil / 1_000 - at;
  };
}

/** The changes in a UTC year, in order. */
export function clockChanges(zone: string, year: number): readonly ClockChange[] {
  const key = `${zone} ${year}`;
  const changes =
    known.get(key) ?? changesIn(zone, Date.UTC(year, 0, 1) / 1_000, Date.UTC(year + 1, 0, 1) / 1_000);
  known.set(key, changes);
  return changes;
}

function changesIn(zone: string, from: number, until: number): ClockChange[] {
  if (zone === 'UTC') return [];
  const changes: ClockChange[] = [];
  for (let at = from; at < until; at += STEP) {
    const end = Math.min(at + STEP, until);
    const [before, after] = [offsetAt(zone, at - 1), offsetAt(zone, end - 1)];
    if (before === after) continue;
    let [low, high] = [at - 1, end - 1];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
  }
  return changes;
}

/** The latest change at or before this time, within about a year; null if there is none. */
export function lastChange(zone: string, at: number): ClockChange | null {
  const year = new Date(at * 1_000).getUTCFullYear();
  const found = [...clockChanges(zone, year - 1), ...clockChanges(zone, year)].filter((one) => one.at <= at);
  return found.at(-1) ?? null;
}
