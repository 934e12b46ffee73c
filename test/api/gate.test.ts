/** Who waits before the intake of deliveries, and who has to give way. */
import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { createGate } from '../../api/gate.ts';

/** A gate whose only place is taken until `open` is called, and what has been let in since, in order. */
function closedGate(waiting: number): {
  readonly ask: (sharer: string) => void;
  readonly open: () => Promise<void>;
  readonly entered: string[];
  readonly refused: string[];
} {
  const gate = createGate({ active: 1, waiting });
  const entered: string[] = [];
  const refused: string[] = [];
  const asked: Promise<void>[] = [];
  let letGo: () => void = () => undefined;
  const held = gate.run(['holder'], () => new Promise<void>((resolve) => (letGo = resolve)));
  return {
    ask: (sharer) =>
      void asked.push(
        gate
          .run(sharer.split('/'), async () => void (await Promise.resolve(entered.push(sharer))))
          .catch(() => void refused.push(sharer)),
      ),
    async open() {
      letGo();
      await held;
      await Promise.all(asked);
    },
    entered,
    refused,
  };
}

test('those that wait are let in by turns, however many one sends', async () => {
  const gate = closedGate(100);
  for (let n = 0; n < 50; n += 1) gate.ask('flood');
  gate.ask('other');
  await gate.open();
  expect(gate.entered.slice(0, 2)).toEqual(['flood', 'other']);
  expect(gate.entered).toHaveLength(51);
});

test('where too many wait, the one with most of them gives way', async () => {
  const gate = closedGate(10);
  for (let n = 0; n < 20; n += 1) gate.ask('flood');
  for (let n = 0; n < 3; n += 1) gate.ask('other');
  await gate.open();
  expect(gate.entered.filter((sharer) => sharer === 'other')).toHaveLength(3);
  expect(gate.entered).toHaveLength(10);
  expect(new Set(gate.refused)).toEqual(new Set(['flood']));
});

test('whoever asks for no more than an equal share is never refused, and nobody is lost', async () => {
  const sharers = ['a', 'b', 'c', 'd'];
  await assert(
    asyncProperty(array(constantFrom(...sharers), { maxLength: 60 }), async (asks) => {
      const room = 12;
      const gate = closedGate(room);
      for (const sharer of asks) gate.ask(sharer);
      await gate.open();
      expect(gate.entered.length + gate.refused.length).toBe(asks.length);
      expect(gate.entered).toHaveLength(Math.min(room, asks.length));
      for (const sharer of sharers) {
        const asked = asks.filter((one) => one === sharer).length;
        const had = gate.entered.filter((one) => one === sharer).length;
        expect(had).toBeGreaterThanOrEqual(Math.min(asked, room / sharers.length));
      }
    }),
  );
});

test('a tenant with many triggers has the turns and the room of one', async () => {
  const gate = closedGate(12);
  for (let n = 0; n < 30; n += 1) gate.ask(`flood/trigger-${n}`);
  for (let n = 0; n < 6; n += 1) gate.ask('other/alerts');
  await gate.open();
  expect(gate.entered.filter((sharer) => sharer === 'other/alerts')).toHaveLength(6);
  expect(gate.entered.slice(0, 4).map((sharer) => sharer.split('/')[0])).toEqual([
    'flood',
    'other',
    'flood',
    'other',
  ]);
});

test('within a tenant, too, the one with most gives way to those with fewer', async () => {
  const gate = closedGate(10);
  for (let n = 0; n < 20; n += 1) gate.ask('msp/acme/flood');
  gate.ask('msp/alerts');
  gate.ask('msp/acme/other');
  await gate.open();
  expect(new Set(gate.refused)).toEqual(new Set(['msp/acme/flood']));
  expect(gate.entered.slice(0, 3).toSorted()).toEqual(['msp/acme/flood', 'msp/acme/other', 'msp/alerts']);
});
