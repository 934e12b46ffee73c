/** JSON that others write: numbers keep their digits. */
import * as fc from 'fast-check';
import { readJson } from '../../foreignJson.ts';
import { webhookKey } from '../../triggers/webhooks/delivery.ts';
import { parseHaloBody } from '../../triggers/webhooks/parse.ts';

const digits = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 40n }))
  .map(([isNegative, number]) => `${isNegative ? '-' : ''}${number}`);
const decimals = fc
  .tuple(
    digits,
    fc.option(fc.stringMatching(/^[0-9]{1,30}$/)),
    fc.option(fc.integer({ min: -500, max: 500 })),
  )
  .map(([whole, fraction, exponent]) =>
    [whole, fraction === null ? '' : `.${fraction}`, exponent === null ? '' : `e${exponent}`].join(''),
  );

/** The number as a fraction of whole numbers. */
function exactly(source: string): readonly [bigint, bigint] {
  const [mantissa = '', power = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = Number(power) - fraction.length;
  const number = BigInt(whole + fraction);
  return scale >= 0 ? [number * 10n ** BigInt(scale), 1n] : [number, 10n ** BigInt(-scale)];
}

function areSame(one: string, other: string): boolean {
  const [[a, b], [c, d]] = [exactly(one), exactly(other)];
  return a * d === c * b;
}

describe('a number', () => {
  test.each<[string, unknown]>([
    ['8202522731445525542', '8202522731445525542'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['1764504000.123456789', '1764504000.123456789'],
    ['1e400', '1e400'],
    ['-1E-400', '-1E-400'],
    ['0.1', 0.1],
    ['1.10', 1.1],
    ['0.10000000000000001', 0.1],
    ['0.30000000000000004', 0.30000000000000004],
    ['1.50000000000000000000', 1.5],
    ['0e999', 0],
    ['1e21', 1e21],
    ['2.5e-300', 2.5e-300],
    ['-0', -0],
  ])('%s', (source, expected) => {
    expect(readJson(source)).toBe(expected);
    expect(readJson(`{"a": [${source} ,{"${source}":${source}}]}`)).toEqual({
      a: [expected, { [source]: expected }],
    });
  });

  test('is one that says the same, or the text of its digits', () => {
    fc.assert(
      fc.property(fc.oneof(digits, decimals), (source) => {
        const value = readJson(source);
        if (typeof value === 'string') {
          expect(value).toBe(source);
          return;
        }
        // Written with as many digits as came, the double is what came.
        const { length } = source
          .replace(/[eE].*/, '')
          .replaceAll(/\D/g, '')
          .replace(/^0+/, '');
        const written = [String(value), (value as number).toPrecision(Math.min(100, Math.max(1, length)))];
        expect(written.some((one) => areSame(one, source))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('beyond 2^53 makes two deliveries of two, and one of one', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 3n }), (one, more) => {
        const key = (id: bigint): string =>
          webhookKey(
            { method: 'POST', headers: {}, query: {}, body: readJson(`{"alert":{"id":${id}}}`) },
            { headers: [], body: 'alert.id' },
          );
        expect(key(one)).toBe(key(one));
        expect(key(one)).toBe(`webhook/${one}`);
        expect(key(one)).not.toBe(key(one + more));
      }),
    );
  });
});

test('texts that look like numbers stay as they are', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()))),
      fc.array(fc.oneof(digits, decimals, fc.constantFrom('"', '\\', '\\"', '{', ','), fc.string())),
      (value, parts) => {
        const text = parts.join('');
        const given = { [text]: [text, value], 'a\\"': text };
        const source = JSON.stringify(given);
        expect(readJson(`[12345678901234567890,${source}]`)).toEqual([
          '12345678901234567890',
          JSON.parse(source),
        ]);
      },
    ),
  );
});

test('what is no JSON is refused as JSON.parse refuses it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = (parse: (text: string) => unknown): unknown => {
        try {
          return { value: parse(text) };
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(read(readJson)).toEqual(read(JSON.parse));
    }),
  );
  expect(() => readJson('{"a":12345678901234567890')).toThrow(SyntaxError);
});

describe("Halo's numbers", () => {
  test('of other products keep their digits, and hours stay numbers to calculate with', () => {
    const body = `{"ticket":{"id":4711,"summary":"x","alertid":8202522731445525542,"timetaken":0.0833333333333333333333333333}}`;
    expect(parseHaloBody(body)).toEqual({
      value: {
        ticket: { id: 4711, summary: 'x', alertid: '8202522731445525542', timetaken: 0.08333333333333333 },
      },
    });
  });

  test('keep them in templates, too', () => {
    const body =
      '{ "ticket" : { "id" : 4711, "summary" : a "b", "ref" : 8202522731445525542, "load" : {"a":12345678901234567890} } }';
    expect(parseHaloBody(body)).toEqual({
      value: {
        ticket: {
          id: 4711,
          summary: 'a "b"',
          ref: '8202522731445525542',
          load: { a: '12345678901234567890' },
        },
      },
    });
  });
});
