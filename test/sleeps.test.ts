/** Waits over numbers that come from elsewhere go through sleep.ts and timeLimit.ts, which no number can overflow. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { LONGEST_SLEEP_MS, sleepable } from '../sleep.ts';

const ROOT = path.dirname(import.meta.dirname);
const FOLDERS = [
  'access',
  'actions',
  'api',
  'calls',
  'cli',
  'configuration',
  'engine',
  'halo',
  'home',
  'organizations',
  'sdk',
  'store',
  'triggers',
  'worker',
];

const sources = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.ts')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  ),
].filter((name) => name.endsWith('.ts') && !name.includes('generated'));

/** Milliseconds that stand in the code: a number, a constant, or sums and products of these and of chance. */
const FIXED = /^[\s\d_.+*()]*(?:(?:[A-Z][A-Z\d_]+|Math\.random\(\))[\s\d_.+*()]*)*$/;

/** The arguments of a call that begins behind `from`, as text. */
function argumentsOf(text: string, from: number): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const mark of text.slice(from)) {
    if (')]}'.includes(mark) && depth === 0) break;
    if ('([{'.includes(mark)) depth += 1;
    if (')]}'.includes(mark)) depth -= 1;
    if (mark === ',' && depth === 0) found.push('');
    else found[found.length - 1] += mark;
  }
  return found.map((argument) => argument.trim());
}

/** Which argument holds the milliseconds. */
const TIMERS = [
  { call: /(?<![.\w])setTimeout\(/g, at: 1 },
  { call: /(?<![.\w])setInterval\(/g, at: 1 },
  { call: /\.setTimeout\(/g, at: 0 },
  { call: /AbortSignal\.timeout\(/g, at: 0 },
];

/** What is known of a delay that is none of these, and why it cannot be too long. */
const BOUNDED: Readonly<Record<string, string>> = {
  'sleep.ts timer sleepable(milliseconds)': 'a minute at most',
  'timeLimit.ts AbortSignal.timeout Math.min(milliseconds, LONGEST_MS)': 'cut to what a timer takes',
  'api/control/watching.ts sleep everyMs': 'a constant, shorter in tests',
  'api/control/watching.ts sleep ms': 'what is left of the pause between two heartbeats',
  'calls/batch.ts sleep options.delayMs': 'a constant of its callers',
  'triggers/wakeUp.ts setTimeout ms': 'constants of its callers',
  'cli/workers/keep.ts sleep pause': 'pauses that grow to a minute',
  'engine/progress.ts setInterval everyMs': 'a constant, shorter in tests',
  'halo/wire.ts setTimeout timeoutMs': 'what is left of the request timeout, a minute',
  'home/watch.ts sleep milliseconds': 'constants, and pauses that grow to a minute',
  'organizations/turns.ts setTimeout left': 'what is left of five seconds',
  'store/connection.ts sleep waitMs': 'a second at most',
  'triggers/createOnce.ts setTimeout waitMs': 'a constant of its callers',
  'worker/keepRunning.ts sleep within': 'one of two constants',
};

test('no timer takes a number that somebody else says', () => {
  const found: string[] = [];
  for (const name of sources) {
    const text = readFileSync(path.join(ROOT, name), 'utf8');
    const usesPromises = /setTimeout as (\w+) \} from 'node:timers\/promises'/.exec(text)?.[1];
    const own =
      usesPromises === undefined ? [] : [{ call: new RegExp(`(?<![.\\w])${usesPromises}\\(`, 'g'), at: 0 }];
    for (const { call, at } of [...TIMERS, ...own]) {
      for (const match of text.matchAll(call)) {
        const delay = argumentsOf(text, match.index + match[0].length)[at] ?? '';
        if (FIXED.test(delay)) continue;
        const place = `${name} ${match[0].replace('(', '').replace(/^\./, '')} ${delay}`;
        if (!(place in BOUNDED)) found.push(place);
      }
    }
  }
  expect(found).toEqual([]);
});

test('what is slept at once is a whole number of milliseconds up to a minute, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity, 2 ** 31)),
      (asked) => {
        const slept = sleepable(asked);
        return (
          Number.isInteger(slept) &&
          slept >= 0 &&
          slept <= LONGEST_SLEEP_MS &&
          (slept >= asked || asked > slept === asked > LONGEST_SLEEP_MS)
        );
      },
    ),
  );
});
