/** Which task a worker died of: who is suspected, who is set aside, who never is. */
import { array, assert, nat, property, uniqueArray } from 'fast-check';
import type { Death } from '../../cli/workers/child.ts';
import { createSuspicion } from '../../cli/workers/suspicion.ts';
import type { Task } from '../../worker/tasks.ts';

const task = (n: number): Task => ({
  workflowId: `o/acme/${n}`,
  execution: String(n),
  activity: n % 2 ? '1' : null,
});
const death = (tasks: readonly Task[], fromOutside = false): Death => ({
  why: 'x',
  fromOutside,
  tasks,
  error: null,
});

test('one death makes nobody a suspect, and a second one those that were there both times', () => {
  const suspicion = createSuspicion();
  suspicion.note(death([task(1), task(2)]), false);
  expect(suspicion.suspects()).toEqual([]);
  expect(suspicion.note(death([task(2), task(3)]), false)).toBeNull();
  expect(suspicion.suspects()).toEqual([task(2)]);
});

test('killed from outside, a task that was alone has to be so three times', () => {
  const suspicion = createSuspicion();
  for (let n = 0; n < 2; n += 1) suspicion.note(death([task(1)], true), false);
  expect(suspicion.note(death([task(1)], true), true)).toBeNull();
  expect(suspicion.note(death([task(1)], true), true)).toBeNull();
  expect(suspicion.note(death([task(1)], true), true)).toEqual(task(1));
});

test('what failed alone without harm, again and again, is suspected no more', () => {
  const suspicion = createSuspicion();
  for (let n = 0; n < 2; n += 1) suspicion.note(death([task(1)]), false);
  for (let n = 0; n < 3; n += 1) suspicion.noteHarmless(task(1));
  expect(suspicion.suspects()).toEqual([]);
});

test('what has killed nothing for an hour is forgotten, by itself', () => {
  let now = 0;
  const suspicion = createSuspicion(() => now);
  suspicion.note(death([task(1)]), false);
  now += 3_600_001;
  suspicion.note(death([task(1), task(2)]), false);
  expect(suspicion.suspects()).toEqual([]);
  now += 3_600_000;
  suspicion.note(death([task(2)]), false);
  expect(suspicion.suspects()).toEqual([task(2)]);
  now += 3_600_001;
  expect(suspicion.suspects()).toEqual([]);
});

test('whoever kills is set aside, and nobody else, in whatever company', () => {
  assert(
    property(
      uniqueArray(nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
      array(uniqueArray(nat({ max: 30 }), { maxLength: 20 }), { minLength: 2, maxLength: 5 }),
      (killers, companies) => {
        const suspicion = createSuspicion();
        for (const company of companies) {
          suspicion.note(death([...new Set([...killers, ...company])].map(task)), false);
        }
        const suspects = suspicion.suspects();
        expect(suspects).toEqual(expect.arrayContaining(killers.map(task)));
        const aside: Task[] = [];
        for (const one of suspects) {
          const kills = killers.some((n) => task(n).workflowId === one.workflowId);
          const culprit = kills ? suspicion.note(death([one]), true) : null;
          if (culprit) aside.push(culprit);
          suspicion.clear(one);
        }
        expect(new Set(aside.map(({ workflowId }) => workflowId))).toEqual(
          new Set(killers.map((n) => task(n).workflowId)),
        );
        expect(suspicion.suspects()).toEqual([]);
      },
    ),
  );
});
