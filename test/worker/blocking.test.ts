/** Which runs are ended because they do not give control back, by the processor time of their tries. */
import { array, assert, integer, property } from 'fast-check';
import { createBlocking } from '../../worker/blocking.ts';

/** What each try of a run was answered with; each took 5 s by the clock, and so much of the processor's time. */
function answers(...tries: readonly number[]): (number | null)[] {
  const blocking = createBlocking();
  return tries.map((cpuMs) => blocking.note('run', { cpuMs, wallMs: 5_000 }));
}

test('two full tries in a row end a run, and one that was not full starts the count again', () => {
  expect(answers(4_000, 4_900)).toEqual([null, 2]);
  expect(answers(5_000, 1_600, 5_000, 4_200)).toEqual([null, null, null, 4]);
});

test('honest work that the machine leaves little time is tried again, whatever the sum of two or three', () => {
  expect(answers(1_600, 1_600, 1_600, 1_600, 1_600)).toEqual([null, null, null, null, null]);
});

test('a loop on a machine that is always busy ends with 20 s of processor time', () => {
  expect(answers(3_999, 3_999, 3_999, 3_999, 3_999, 3_999)).toEqual([null, null, null, null, null, 6]);
});

test('the time that a try waited for others is not its own', () => {
  const blocking = createBlocking();
  // 5 s for another one's loop, then 5 s with a third of a processor.
  const took = { cpuMs: 5_000 + 1_650, wallMs: 10_000 };
  expect([blocking.note('run', took), blocking.note('run', took)]).toEqual([null, null]);
});

test('who gave control back, and who is another run, starts with nothing', () => {
  const blocking = createBlocking();
  const full = { cpuMs: 5_000, wallMs: 5_000 };
  expect(blocking.note('run', full)).toBeNull();
  expect(blocking.note('other', full)).toBeNull();
  blocking.clear('run');
  expect(blocking.note('run', full)).toBeNull();
  expect(blocking.note('other', full)).toBe(2);
});

test('without a full try no run ends before 20 s of processor time, and every one ends with them', () => {
  assert(
    property(array(integer({ min: 1, max: 3_999 }), { minLength: 1, maxLength: 40 }), (tries) => {
      let sum = 0;
      const enough = tries.map((cpuMs) => (sum += cpuMs) >= 20_000);
      expect(answers(...tries).map((times) => times !== null)).toEqual(enough);
    }),
  );
});
