/** CSV as spreadsheets have it. */
import * as fc from 'fast-check';
import { readCsv, writeCsv } from '../../cli/csv.ts';

const cells = (text: string): unknown => readCsv(text).map((row) => row.cells);

test.each([
  [
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\uFEFFa;b\r\n1;"2;3"\r\n',
    [
      ['a', 'b'],
      ['1', '2;3'],
    ],
  ],
  [
    'a,b\n\n"x ""y""",\n',
    [
      ['a', 'b'],
      ['x "y"', ''],
    ],
  ],
  ['', []],
])('%j is read', (text, rows) => {
  expect(cells(text)).toEqual(rows);
});

test('a row is where it begins', () => {
  expect(readCsv('a,b\r\n"1\r\n2",3\r\n4,5').map(({ line }) => line)).toEqual([1, 2, 4]);
});

test('a quote that nothing ends is said', () => {
  expect(() => readCsv('a\n"b')).toThrow('line 2 has a quote that nothing ends');
});

test('what is written is read', () => {
  const text = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).map((some) => `x${some}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
      expect(cells(writeCsv(['one', 'two'], rows))).toEqual([['one', 'two'], ...rows]);
    }),
  );
});
