import { setTimeout as sleep } from 'node:timers/promises';
import { pauseBefore, type RestartInfo, watch } from '../../home/watch.ts';

test('the first restart comes at once, later ones of the same minute after longer and longer pauses', () => {
  const now = 100_000;
  const pauses = [0, 1, 2, 3, 6, 9].map((count) => pauseBefore(Array<number>(count).fill(now), now));
  expect(pauses).toEqual([0, 250, 500, 1_000, 8_000, 10_000]);
});

test('after ten restarts within a minute the next one waits until the first is a minute old', () => {
  const tries = Array.from({ length: 10 }, (_, index) => 1_000 * index);
  expect(pauseBefore(tries, 20_000)).toBe(40_000);
});

test('a try that fails is reported and repeated, and no try is made once the watch has ended', async () => {
  let tries = 0;
  const infos: RestartInfo[] = [];
  const end = watch(
    {
      name: 'Temporal',
      isDown: () => tries !== 2,
      restart: async () => {
        tries += 1;
        if (tries === 1) throw new Error('its port is taken');
        return Promise.resolve();
      },
    },
    (info) => infos.push(info),
  );
  while (infos.length < 2) await sleep(20);
  await end();
  expect(infos.map(({ ok, message }) => ({ ok, message }))).toEqual([
    { ok: false, message: 'Temporal did not restart: its port is taken' },
    { ok: true, message: 'Temporal had ended and was restarted' },
  ]);
  tries = 0;
  await sleep(500);
  expect(tries).toBe(0);
});
