/** Keys of deliveries: what was sent twice is one, what differs is two. */
import * as fc from 'fast-check';
import { webhookKey } from '../../triggers/webhooks/delivery.ts';

const keyOf = (id: unknown, loss: string | null = null): string =>
  webhookKey({ method: 'POST', headers: {}, query: {}, body: { id }, loss }, { headers: [], body: 'id' });

/** Whole and half characters, blanks, U+0000, what is long. */
const unit = fc.constantFrom(
  'x',
  'é',
  '\ud83e',
  '\udd81',
  '\ud83d',
  '🦁',
  '\0',
  ' ',
  '/',
  '\ufffd',
  '\ufeff',
  '0',
);
const key = fc.oneof(
  fc.array(unit, { minLength: 1, maxLength: 6 }).map((all) => all.join('')),
  fc.tuple(fc.integer({ min: 195, max: 205 }), unit).map(([length, last]) => 'x'.repeat(length) + last),
);

test('different keys stay different, and equal ones equal', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      fc.pre(one.trim() !== '' && other.trim() !== '');
      expect(keyOf(one) === keyOf(other)).toBe(one === other);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['half characters', 'x\ud83e', 'x\ud83d'],
  ['half characters and what stands for them', 'x\ud83e', 'x\ufffd'],
  ['spaces around', 'a', ' a'],
  ['U+0000', 'a\0', 'a'],
  ['what is longer than is kept', 'x'.repeat(300), `${'x'.repeat(299)}y`],
  ['a text and the same in other bytes', 'é', 'e\u0301'],
])('%s make two deliveries', (_what, one, other) => expect(keyOf(one)).not.toBe(keyOf(other)));

test.each([[''], ['   '], [null], [undefined], [true], [{}], [['a']], ['\ufeff']])(
  '%j is no key: each is a new delivery',
  (none) => expect(keyOf(none)).not.toBe(keyOf(none)),
);

test('keys that are stored already stay what they are', () => {
  expect(keyOf('a-1')).toBe('webhook/a-1');
  expect(keyOf(4711)).toBe('webhook/4711');
  expect(keyOf('4711')).toBe('webhook/4711');
  expect(keyOf('é/1')).toBe('webhook/728427137a75c38bb692751230cf43add48b9c3308471202c1db406b2fe9b7bf');
});

test('keys fit into an index and the id of a workflow', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 3_000 }), (any) => {
      expect(keyOf(any)).toMatch(/^webhook\/[\x21-\x2e\x30-\x7e]{1,200}$/);
    }),
  );
});
