/** Names that look the same are the same, whichever way their letters are written. */
import { assert, asyncProperty, constantFrom, string } from 'fast-check';
import { lookUp } from '../../configuration/options/lookUp.ts';
import { evaluateCriteria } from '../../triggers/criteria/evaluate.ts';

const found = async (name: string, listed: readonly string[]): Promise<unknown> =>
  await lookUp({ kind: 'teams', id: 'halo', name }, () =>
    Promise.resolve(listed.map((one, index) => ({ id: index + 1, name: one }))),
  );

const COMBINING = 'Mu\u0308ller & So\u0308hne';
const COMPOSED = 'M\u00fcller & S\u00f6hne';

test.each([
  [COMPOSED, COMBINING],
  [COMBINING, COMPOSED],
  [`${COMPOSED} `, COMBINING.toUpperCase()],
  ['Acme Ltd', 'Acme\u00a0Ltd'],
  ['\u1e9b\u0323', '\u017f\u0323\u0307'],
  ['\ud55c', '\u1112\u1161\u11ab'],
])('%j finds %j', async (name, listed) => {
  expect(await found(name, ['Other', listed])).toMatchObject({ id: 2 });
});

test('a name that is spelled so goes before one that only looks the same', async () => {
  expect(await found(COMBINING, [COMPOSED, COMBINING])).toMatchObject({ id: 2 });
});

test('any text is found under each of its forms, and passes criteria that name it', async () => {
  const texts = string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
    (text) => text.trim() !== '',
  );
  await assert(
    asyncProperty(texts, constantFrom('NFC', 'NFD'), constantFrom('NFC', 'NFD'), async (text, one, other) => {
      expect(await found(text.normalize(one), [text.normalize(other)])).toMatchObject({ id: 1 });
      for (const operator of ['equals', 'contains', 'startsWith', 'endsWith']) {
        const criteria = { field: 'a', [operator]: text.normalize(one) };
        expect(evaluateCriteria(criteria, { a: text.normalize(other) }).passes).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('a pattern finds a letter whichever way it is written', () => {
  for (const matches of [COMPOSED, COMBINING, 'M.ller']) {
    for (const a of [COMPOSED, COMBINING]) {
      expect(evaluateCriteria({ field: 'a', matches }, { a }).passes).toBe(true);
    }
  }
});
