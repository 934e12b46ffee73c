/** One reading of expressions: what it says around changes of the clock, and that Temporal does the same. */
import * as fc from 'fast-check';
import { Connection, Client } from '@temporalio/client';
import { cronTimes } from '../../triggers/cron/times.ts';
import { nextTimes } from '../../triggers/show/nextTimes.ts';
import { specOf } from '../../triggers/cron/spec.ts';
import type { CronParameters } from '../../triggers/types.ts';

const cron = (expression: string, timeZone: string): CronParameters => ({
  expression,
  everySeconds: null,
  timeZone,
  jitterSeconds: 0,
  overlap: 'skip',
  catchUpSeconds: 600,
});

const times = (expression: string, zone: string, from: string, count: number): string[] =>
  nextTimes(cron(expression, zone), new Date(from), count).map((at) => at.toISOString().slice(0, 16));

describe.each<[string, string, string, readonly string[]]>([
  // A time of the clock that is left out comes when the clock jumps; one that is there twice comes once.
  ['30 2 28 3 *', 'Europe/Berlin', '2026-11-30T00:00Z', ['2027-03-28T01:00', '2028-03-28T00:30']],
  ['0 2 28 3 *', 'Europe/Berlin', '2026-11-30T00:00Z', ['2027-03-28T01:00', '2028-03-28T00:00']],
  ['30 2 31 10 *', 'Europe/Berlin', '2026-11-30T00:00Z', ['2027-10-31T00:30', '2028-10-31T01:30']],
  ['0,30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', ['2027-03-28T01:00', '2027-03-29T00:00']],
  ['30 2,3 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', ['2027-03-28T01:00', '2027-03-28T01:30']],
  ['30 2 14 3 *', 'America/New_York', '2026-11-30T00:00Z', ['2027-03-14T07:00', '2028-03-14T06:30']],
  ['15 2 * * *', 'Australia/Lord_Howe', '2027-10-02T00:00Z', ['2027-10-02T15:30', '2027-10-03T15:15']],
  ['45 1 * * *', 'Australia/Lord_Howe', '2027-04-03T00:00Z', ['2027-04-03T14:45', '2027-04-04T15:15']],
  // Midnight itself.
  ['0 0 * * *', 'America/Sao_Paulo', '2018-11-03T12:00Z', ['2018-11-04T03:00', '2018-11-05T02:00']],
  ['30 23 * * *', 'America/Sao_Paulo', '2018-02-17T12:00Z', ['2018-02-18T01:30', '2018-02-19T02:30']],
  // Intervals go on evenly.
  [
    '0 * 31 10 *',
    'Europe/Berlin',
    '2027-10-30T23:00Z',
    ['2027-10-31T00:00', '2027-10-31T01:00', '2027-10-31T02:00'],
  ],
  [
    '*/30 * 31 10 *',
    'Europe/Berlin',
    '2027-10-30T23:30Z',
    ['2027-10-31T00:00', '2027-10-31T00:30', '2027-10-31T01:00', '2027-10-31T01:30'],
  ],
  ['15 * * * *', 'Europe/Berlin', '2027-03-28T00:00Z', ['2027-03-28T00:15', '2027-03-28T01:15']],
  ['@hourly', 'Europe/Berlin', '2027-10-31T00:30Z', ['2027-10-31T01:00', '2027-10-31T02:00']],
  [
    '0 */2 * * *',
    'Europe/Berlin',
    '2027-03-27T22:00Z',
    ['2027-03-27T23:00', '2027-03-28T01:00', '2027-03-28T02:00'],
  ],
  [
    '0 * * * *',
    'Australia/Lord_Howe',
    '2027-10-02T14:00Z',
    ['2027-10-02T14:30', '2027-10-02T15:30', '2027-10-02T16:00'],
  ],
  // A day field that begins with * does not widen the other.
  ['17 03 1-7 * */7', 'UTC', '2026-11-30T00:00Z', ['2026-12-06T03:17', '2027-01-03T03:17']],
  ['0 8 */2 * 1', 'UTC', '2026-11-30T12:00Z', ['2026-12-07T08:00', '2026-12-21T08:00']],
  ['0 8 1 * */2', 'UTC', '2026-11-30T12:00Z', ['2026-12-01T08:00', '2027-04-01T08:00']],
  ['0 8 13 * fri', 'UTC', '2026-12-10T12:00Z', ['2026-12-11T08:00', '2026-12-13T08:00']],
])('%s in %s', (expression, zone, from, expected) => {
  test(`after ${from}`, () => {
    expect(times(expression, zone, from, expected.length)).toEqual(expected);
  });
});

/** A moment at which some clock changes, and a while around it. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Europe/Berlin', '2027-03-28T01:00Z'],
  ['Europe/Berlin', '2027-10-31T01:00Z'],
  ['America/New_York', '2027-03-14T07:00Z'],
  ['America/New_York', '2027-11-07T06:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00Z'],
  ['Australia/Lord_Howe', '2027-10-02T15:30Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00Z'],
  ['Africa/Casablanca', '2027-02-07T02:00Z'],
  // No midnight on the day.
  ['Africa/Cairo', '2027-04-29T22:00Z'],
  ['America/Havana', '2027-03-14T05:00Z'],
  ['Asia/Kolkata', '2027-03-28T01:00Z'],
  ['UTC', '2027-03-28T01:00Z'],
];

const some = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 })
    .map((numbers) => numbers.toSorted((one, other) => one - other).join(','));
const minutes = fc.oneof(some(0, 59), fc.constantFrom('*', '*/7', '*/20', '*/30', '0', '30', '0-59/15'));
const hours = fc.oneof(some(0, 4), fc.constantFrom('*', '*/2', '*/3', '1-3', '0', '23', '22-23', '0-23'));
const daysOfMonth = fc.oneof(fc.constant('*'), fc.constantFrom('*/2', '1-7', '28', '31', '3,4,14'));
const daysOfWeek = fc.oneof(fc.constant('*'), fc.constantFrom('*/7', 'sun', '1-5', 'sat,sun', '*/2'));
const expressions = fc
  .tuple(minutes, hours, daysOfMonth, daysOfWeek)
  .map(([minute, hour, day, weekday]) => `${minute} ${hour} ${day} * ${weekday}`);

function dueIn(parameters: CronParameters, from: Date, until: Date): Date[] {
  const due: Date[] = [];
  for (const at of cronTimes(parameters, from)) {
    // Temporal lists no more than that.
    if (at > until || due.length >= 1_000) break;
    due.push(at);
  }
  return due;
}

const DAY = 86_400_000;
const civilOf = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at: Date): string => format.format(at);
};

test('every time of the clock comes once, or, of intervals, as often as the clock shows it', () => {
  fc.assert(
    fc.property(expressions, fc.constantFrom(...CHANGES), (expression, [zone, change]) => {
      const from = new Date(Date.parse(change) - 2 * DAY);
      const until = Date.parse(change) + 2 * DAY;
      const due = dueIn(cron(expression, zone), from, new Date(until));
      const isInOrder = due.every((at, index) => index === 0 || at > due[index - 1]!);
      const civil = due.map(civilOf(zone));
      const [minute = '', hour = ''] = expression.split(' ');
      const repeats = minute.startsWith('*') || hour.startsWith('*') || minute === '0-59' || hour === '0-23';
      return isInOrder && (repeats || new Set(civil).size === civil.length);
    }),
    { numRuns: 300 },
  );
});

test('what repeats in every hour comes evenly in every zone with changes by whole hours', () => {
  const even = fc.constantFrom('*', '*/30', '*/20', '*/15', '*/10', '0', '17');
  fc.assert(
    fc.property(even, fc.constantFrom(...CHANGES), (minute, [zone, change]) => {
      if (zone === 'Australia/Lord_Howe') return true;
      const due = nextTimes(cron(`${minute} * * * *`, zone), new Date(Date.parse(change) - DAY), 200);
      const waits = due.slice(1).map((at, index) => at.getTime() - due[index]!.getTime());
      return new Set(waits).size === 1;
    }),
    { numRuns: 60 },
  );
});

test('a schedule of Temporal does the same, by its own list of times', async () => {
  const connection = await Connection.connect({ address: process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS']! });
  const client = new Client({ connection });
  let number = 0;
  try {
    await fc.assert(
      fc.asyncProperty(expressions, fc.constantFrom(...CHANGES), async (expression, [zone, change]) => {
        const from = new Date(Date.parse(change) - 1.5 * DAY);
        const until = new Date(Date.parse(change) + 1.5 * DAY);
        const scheduleId = `times-${process.pid}-${(number += 1)}`;
        const parameters = cron(expression, zone);
        const handle = await client.schedule.create({
          scheduleId,
          spec: specOf(parameters, from),
          action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
          state: { paused: true },
        });
        try {
          const { startTime } = await client.workflowService.listScheduleMatchingTimes({
            namespace: 'default',
            scheduleId,
            startTime: { seconds: from.getTime() / 1_000 } as never,
            endTime: { seconds: until.getTime() / 1_000 } as never,
          });
          const theirs = startTime.map(({ seconds }) => Number(seconds));
          const ours = dueIn(parameters, from, until).map((at) => at.getTime() / 1_000);
          expect({ expression, zone, change, due: theirs }).toEqual({ expression, zone, change, due: ours });
        } finally {
          await handle.delete();
        }
      }),
      { numRuns: 60 },
    );
  } finally {
    await connection.close();
  }
}, 120_000);
