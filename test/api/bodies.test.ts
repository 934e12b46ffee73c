/** Bodies of webhooks: every content type, charset and mark. */
import * as fc from 'fast-check';
import { bodyOf } from '../../api/bodies.ts';
import { Problem } from '../../api/problem.ts';

const WESTERN = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** As a sender would write it; null where the charset does not have the text. */
type Encode = (text: string) => Buffer;

const utf16be: Encode = (text) => Buffer.from(text, 'utf16le').swap16();
const western: Encode = (text) =>
  Buffer.from(
    Array.from(text, (letter) => {
      const at = letter === ' ' ? -1 : WESTERN.indexOf(letter);
      return at >= 0 ? 0x80 + at : letter.charCodeAt(0);
    }),
  );

const unicode = fc.stringMatching(/^[a-z0-9äüß€–🦁&=+%{}[\]"' é]{0,12}$/u);
const latin = fc.stringMatching(/^[a-z0-9äüßé&=+%{}[\]"' ÿ¤]{0,12}$/u);

interface Charset {
  /** As the content type names it; null: not at all. */
  readonly name: string | null;
  readonly encode: Encode;
  readonly letters: fc.Arbitrary<string>;
  readonly mark: Buffer | null;
}

const utf8: Encode = (text) => Buffer.from(text);
const UTF_8: Omit<Charset, 'name'> = { encode: utf8, letters: unicode, mark: Buffer.from('\ufeff') };
const CHARSETS: readonly Charset[] = [
  { name: null, ...UTF_8 },
  { name: 'utf-8', ...UTF_8 },
  { name: '"UTF-8"', ...UTF_8 },
  { name: 'iso-8859-1', encode: (text) => Buffer.from(text, 'latin1'), letters: latin, mark: null },
  { name: 'ISO-8859-1', encode: western, letters: fc.constantFrom('€5', 'naïve – “x”', 'Ÿ'), mark: null },
  { name: 'windows-1252', encode: western, letters: fc.constantFrom('€5', 'naïve – “x”', 'Ÿ'), mark: null },
  { name: 'us-ascii', encode: utf8, letters: fc.stringMatching(/^[a-z0-9&=+%]{0,9}$/), mark: null },
  {
    name: 'utf-16',
    encode: (text) => Buffer.from(text, 'utf16le'),
    letters: unicode,
    mark: Buffer.of(0xff, 0xfe),
  },
  {
    name: 'utf-16le',
    encode: (text) => Buffer.from(text, 'utf16le'),
    letters: unicode,
    mark: Buffer.of(0xff, 0xfe),
  },
  { name: 'utf-16be', encode: utf16be, letters: unicode, mark: Buffer.of(0xfe, 0xff) },
];

const header = (type: string, { name }: Charset): string =>
  name === null ? type : `${type}; charset=${name}`;

const JSON_TYPES = ['application/json', 'APPLICATION/JSON', 'text/json', 'application/vnd.github+json'];
const OTHER_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'text/xml',
  '',
];
const FORM = 'application/x-www-form-urlencoded';

const cases = CHARSETS.flatMap((charset) =>
  (charset.mark === null ? [0] : [0, 1, 2, 3]).map((marks) => ({ charset, marks })),
);

describe.each(cases)('in charset $charset.name with $marks marks', ({ charset, marks }) => {
  const { encode, letters } = charset;
  const marked = (bytes: Buffer): Buffer =>
    Buffer.concat([...Array.from({ length: marks }, () => charset.mark ?? Buffer.of()), bytes]);
  const read = (type: string, text: string): unknown => bodyOf(header(type, charset), marked(encode(text)));

  test('JSON is read as JSON, whatever it is called', () => {
    fc.assert(
      fc.property(letters, fc.constantFrom(...JSON_TYPES, ...OTHER_TYPES), (text, type) => {
        expect(read(type, ` ${JSON.stringify({ a: [text] })}\n`)).toEqual({ a: [text] });
        expect(read(type, JSON.stringify([text]))).toEqual([text]);
      }),
    );
  });

  test('a form becomes its names and texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(letters, letters), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (pairs, isRaw) => {
          const bytes = (text: string): Buffer => {
            // UTF-16 is percent-encoded as UTF-8: so says the URL Standard.
            const isWide = charset.name?.startsWith('utf-16') === true;
            const hidden = Array.from(isWide ? Buffer.from(text) : encode(text), (byte) => {
              const letter = String.fromCharCode(byte);
              if (letter === ' ') return '+';
              const isPlain = /[a-z0-9]/.test(letter) || (isRaw && !isWide && byte >= 0x80);
              return isPlain ? letter : `%${byte.toString(16).padStart(2, '0')}`;
            }).join('');
            return isWide ? encode(hidden) : Buffer.from(hidden, 'latin1');
          };
          const join = (parts: readonly Buffer[], separator: string): Buffer =>
            Buffer.concat(parts.flatMap((part, at) => (at === 0 ? [part] : [encode(separator), part])));
          const form = join(
            pairs.map(([name, value]) => join([bytes(`n${name}`), bytes(value)], '=')),
            '&',
          );
          const expected = new Map<string, string[]>();
          for (const [name, value] of pairs) {
            expected.set(`n${name}`, [...(expected.get(`n${name}`) ?? []), value]);
          }
          expect(bodyOf(header(FORM, charset), marked(form))).toEqual(
            Object.fromEntries([...expected].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
          );
        },
      ),
    );
  });

  test('text stays text', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const plain = `x${text}`;
        expect(read('text/plain', plain)).toBe(plain);
        expect(read('application/xml', `<a>${text}</a>`)).toBe(`<a>${text}</a>`);
      }),
    );
  });

  test('nothing at all is none', () => {
    expect(read('application/json', '')).toBeNull();
    expect(read('application/json', ' \n')).toBeNull();
    expect(read(FORM, '')).toEqual({});
    expect(read('text/plain', '')).toBe('');
  });
});

test('a mark tells more than a content type', () => {
  expect(bodyOf('application/json; charset=iso-8859-1', Buffer.from('\ufeff{"a":"ä€"}'))).toEqual({
    a: 'ä€',
  });
  expect(bodyOf('text/plain', Buffer.from('\ufefftext', 'utf16le'))).toBe('text');
});

test.each<[string, string, unknown]>([
  ['a number', '5', '5'],
  ['a text in quotes', '"x"', '"x"'],
  ['a word', 'true', 'true'],
  ['a line of a log', '[info] disk is full', '[info] disk is full'],
  ['broken JSON', '{"a":', '{"a":'],
])('%s in text/plain is text', (_what, text, expected) => {
  expect(bodyOf('text/plain', Buffer.from(text))).toBe(expected);
});

test('a form may have what is hard to read', () => {
  const form = (text: string): unknown => bodyOf(FORM, Buffer.from(text));
  expect(form('a=%&b=%4&c=%zz&d&=e&&f=1=2&__proto__=x&a=3')).toEqual(
    Object.fromEntries([
      ['a', ['%', '3']],
      ['b', '%4'],
      ['c', '%zz'],
      ['d', ''],
      ['', 'e'],
      ['f', '1=2'],
      ['__proto__', 'x'],
    ]),
  );
});

test.each<[string, string, string, number]>([
  ['bytes of no known kind', 'application/octet-stream', 'x', 415],
  ['bytes without a type', '', 'x', 415],
  ['several parts', 'multipart/form-data; boundary=x', '--x--', 415],
  ['a charset that nobody knows', 'application/json; charset=klingon', '{}', 415],
  ['a charset that nobody knows in a form', `${FORM}; charset=klingon`, 'a=1', 415],
  ['a charset that hides what it says', 'text/plain; charset=utf-7', 'x', 415],
  ['JSON that is none', 'application/json', '{"a":', 400],
  ['nesting in JSON', 'application/json', `${'['.repeat(300)}${']'.repeat(300)}`, 400],
  ['nesting in a form', FORM, `${'['.repeat(300)}${']'.repeat(300)}`, 400],
])('%s are refused', (_what, type, text, status) => {
  let refusal: unknown;
  try {
    bodyOf(type, Buffer.from(text));
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(Problem);
  expect(refusal).toMatchObject({ status });
});
