/** Readers of texts that others write: twice the text is twice the work, counted and not timed. */
import * as fc from 'fast-check';
import { readCsv } from '../../cli/csv.ts';
import { readJson } from '../../foreignJson.ts';
import { isOwnNetwork, withoutSlashes } from '../../halo/host.ts';
import { nearestFirst } from '../../nearest.ts';
import { domainOf, normaliseName } from '../../organizations/mapping/normalise.ts';
import { evaluateCriteria } from '../../triggers/criteria/evaluate.ts';
import { parseHaloBody } from '../../triggers/webhooks/parse.ts';
import { gist } from '../../worker/compare.ts';
import { workOf } from '../support/work.ts';

/** Twice the text may take a little more than twice the work: a place is looked up among more of them. */
const TWICE = 2.4;

interface Shape {
  readonly before: string;
  /** Repeated. */
  readonly unit: string;
  readonly after: string;
}

function expectLinear(read: (text: string) => unknown, { before, unit, after }: Shape, times = 400): void {
  const text = (count: number): string => before + unit.repeat(count) + after;
  const [once, twice] = [times, 2 * times].map((count) => workOf(() => void read(text(count))));
  expect(twice).toBeLessThanOrEqual(TWICE * (once ?? 0) + 200);
}

const PIECES = [
  ['{', '}', '},', '[', ']', ',', ':', '"', '\\', '\n', ' ', '\t', '  ', '    ', 'x', '1', '}}'],
  ['"a"', '"a" : ', '"b" : {', ', "c" : ', '{\n', '\n}', '\n  }', '\n  },\n  "d" : ', '{"a":', '"name" : '],
  ['"summary" : ', '{"t" : {"a" : 1, "b" : ', '{\n  "a" : 1,\n  "b" : ', '12345678901234567890', '1e400'],
  ['<', '>', '/', '//', '.', '@', ';', '&', '%', '-', '😀', '\ud83d'],
].flat();
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((all) => all.join(''));
const shape: fc.Arbitrary<Shape> = fc.record({
  before: fc.oneof(
    pieces,
    fc.constantFrom('{\n  "ticket" : {\n    "summary" : ', '{ "ticket" : { "id" : 1, "x" : ', '[{"x" : '),
  ),
  unit: pieces,
  after: fc.oneof(pieces, fc.constantFrom('\n  }\n}', ' } }', 'x }]')),
});

const READERS: readonly [string, (text: string) => unknown][] = [
  ['a body of Halo', parseHaloBody],
  ['JSON', (text) => readJson(JSON.stringify([text, 1]).replace('1', '12345678901234567890'))],
  ['CSV', (text) => attempt(() => readCsv(text))],
  ['text with markup', gist],
  ['an address', (text) => [isOwnNetwork(text), withoutSlashes(text), domainOf(text)]],
  ['the name of a company', (text) => [normaliseName(text), nearestFirst(text, ['Acme', 'Globex'])]],
  ['a field of criteria', (text) => evaluateCriteria({ field: 'a', contains: 'x' }, { a: text })],
];

function attempt(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}

describe.each(READERS)('%s is read in linear time', (_what, read) => {
  test('whatever is in it', () => {
    fc.assert(
      fc.property(shape, (any) => expectLinear(read, any)),
      { numRuns: 300 },
    );
  });
});

describe('a template of Halo is read in linear time', () => {
  test.each<[string, Shape]>([
    ['braces in a summary', { before: '{\n  "ticket" : {\n    "summary" : ', unit: '}', after: '\n  }\n}' }],
    ['braces on one line', { before: '{ "ticket" : { "summary" : ', unit: '}', after: ' x' }],
    ['members that open objects', { before: '{"t" : ', unit: '{"a" : 1, "b" : ', after: 'x }' }],
    ['the same on lines', { before: '{\n"t" : ', unit: '{\n"a" : 1,\n"b" : ', after: 'x\n}' }],
    ['texts with braces that open', { before: '{"a" : ', unit: '{"b" : 1, {', after: '' }],
    [
      'minified CSS',
      {
        before: '{\n  "t" : {\n    "x" : 1,\n    "details" : ',
        unit: '.a{color:red}.b{top:0,left:0}',
        after: '\n  }\n}',
      },
    ],
    ['white space', { before: '{"a": ', unit: ' ', after: '' }],
    ['white space on lines', { before: '{"a": {', unit: ' \n', after: '' }],
    ['quotes', { before: '{"a" : ', unit: ', "', after: '' }],
  ])('with %s', (_what, any) => expectLinear(parseHaloBody, any, 2_000));

  test('with lines of ever other indentations', () => {
    const text = (count: number): string =>
      `{\n${Array.from({ length: count / 8 }, (_, at) => `${' '.repeat(at)}"a" : {\n "a" : 1,\n`).join('')}` +
      ' "b" : 1,\n'.repeat(count * 20);
    const [once, twice] = [200, 400].map((count) => workOf(() => void parseHaloBody(text(count))));
    expect(twice).toBeLessThanOrEqual(TWICE * (once ?? 0));
  });

  test('and what is no JSON and too much of anything is refused before that', () => {
    const ticket = (summary: string): string => `{ "ticket" : { "id" : 1, "summary" : ${summary} } }`;
    for (const text of ['x'.repeat(1_100_000), '}'.repeat(500_000), ', "a" : 1'.repeat(60_000)]) {
      expect(parseHaloBody(ticket(text))).toEqual({
        problem: expect.stringMatching(/^the body is not JSON, and has more than /),
      });
    }
    expect(
      parseHaloBody(JSON.stringify({ ticket: { id: 1, summary: 'x'.repeat(1_100_000) } })),
    ).toHaveProperty('value.ticket.id', 1);
  });
});

test('levels of a value in a template are counted as those of JSON are', () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(parseHaloBody(`{ "ticket" : { "id" : 1, "x" : ${nested}, "y" : a } }`)).toEqual({
    problem: 'the body is nested more than 200 levels deep',
  });
});

/** Work inside a regular expression cannot be counted: one that tries again from each character would not end here. */
test.each<[string, () => unknown, unknown]>([
  ['tags that nothing ends', () => gist('<'.repeat(4_000_000)).length, 4_000_000],
  ['slashes that end no address', () => withoutSlashes(`${'/'.repeat(4_000_000)}x`).length, 4_000_001],
  ['marks around an address', () => isOwnNetwork(`x${';'.repeat(4_000_000)}y`), false],
  ['a name of one letter', () => nearestFirst('a'.repeat(4_000_000), ['aa'])[0], 'aa'],
  ['a company of one letter', () => normaliseName('a'.repeat(4_000_000)).core.length, 300],
])('4 MB of %s are read', (_what, read, expected) => {
  expect(read()).toBe(expected);
});
