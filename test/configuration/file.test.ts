import { readContent } from '../../configuration/file/read.ts';
import type { FileContent, HaloName } from '../../configuration/file/read.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';
import { env, example, fileOf } from './files.ts';

const read = (text: string, more: Partial<ConfigurationFile> = {}): FileContent<number | HaloName> =>
  readContent(fileOf(text, more));
const problems = (text: string, more: Partial<ConfigurationFile> = {}): string[] =>
  read(text, more).problems.map(({ place, message }) => `${place}: ${message}`);

/** A connection with one line of it replaced. */
const connection = (line: string): string => {
  const key = line.slice(0, line.indexOf(':'));
  const lines = [
    'organization: northwind',
    'resourceServer: northwind.halopsa.com',
    'clientId: abc',
    'clientSecret: ${NORTHWIND_CLIENT_SECRET}',
  ].filter((other) => !other.startsWith(`${key}:`));
  return `connections:\n  halo:\n${[line, ...lines].map((text) => `    ${text}\n`).join('')}`;
};

test('the example of the documentation is read whole, defaults filled in', () => {
  const content = read(example);
  expect(content.problems).toEqual([]);
  expect(content.organizations[1]).toEqual({
    slug: 'acme',
    name: 'Acme',
    parent: 'northwind',
    tags: ['gold'],
    enabled: true,
    domain: null,
    retentionDays: null,
    minRetentionDays: null,
    maxOrganizations: null,
  });
  expect(content.organizations[0]).toMatchObject({ parent: null, tags: [] });
  expect(content.connections).toEqual([
    {
      id: 'northwind-halo',
      organization: 'northwind',
      saysDefault: true,
      enabled: true,
      resourceServer: 'https://northwind.halopsa.com',
      authServer: 'https://northwind.halopsa.com/auth',
      tenant: 'northwind',
      onPremise: false,
      clientId: 'northwind-client-id',
      secret: 'northwind-secret-value',
      scope: 'all',
      rateRequests: 300,
      ratePerSeconds: 300,
      writeSettleSeconds: null,
      catchAll: null,
    },
    {
      id: 'globex-halo',
      organization: 'globex',
      saysDefault: null,
      enabled: true,
      resourceServer: 'https://globex.halopsa.com',
      authServer: null,
      tenant: null,
      onPremise: false,
      clientId: 'globex-client-id',
      secret: 'globex-secret-value',
      scope: 'all',
      rateRequests: 300,
      ratePerSeconds: 300,
      writeSettleSeconds: null,
      catchAll: null,
    },
  ]);
  expect(content.mappings).toEqual([
    {
      connection: 'northwind-halo',
      organization: 'northwind',
      client: 1,
      contact: null,
      site: null,
      use: false,
    },
    { connection: 'northwind-halo', organization: 'acme', client: 12, contact: 5, site: 6, use: true },
  ]);
});

test('aliases stand for what they are anchored to', () => {
  const content = read('organizations:\n  a: { name: A, tags: &t [x, y] }\n  b: { name: B, tags: *t }\n');
  expect(content.organizations[1]?.tags).toEqual(['x', 'y']);
});

describe('YAML', () => {
  test.each([
    ['organizations:\n  acme: { name: Acme\nconnections: {}\n', 'my.yaml:3:1: not valid YAML: '],
    ['organizations:\n\tacme: {}\n', 'my.yaml:2:1: not valid YAML: Tabs'],
    ['a: "x\n', 'my.yaml:2:1: not valid YAML: Missing closing "quote'],
    ['organizations: !env { a: 1 }\n', 'my.yaml:1:16: not valid YAML: Unresolved tag: !env'],
    [
      'organizations: {}\n---\nconnections: {}\n',
      'my.yaml:2:1: not valid YAML: a second document starts here',
    ],
    ['', 'my.yaml:1:1: the file is empty; write "organizations: {}" to remove everything'],
    ['# nothing\n', 'my.yaml:1:1: the file is empty'],
    ['- acme\n', 'my.yaml:1:1: expected a mapping ("key: value"), found a list'],
    ['organizations: acme\n', 'my.yaml:1:16: organizations: expected a mapping ("key: value"), found text'],
    ['organizations:\n  acme: { <<: 1, name: A }\n', 'my.yaml:2:11: organizations.acme: merge keys (<<)'],
    ['organizations:\n  acme: *a\n', 'my.yaml:2:3: organizations.acme: nothing is anchored as &a'],
    ['organizations:\n  [a, b]: { name: A }\n', 'my.yaml:2:3: organizations: a key has to be plain text'],
  ])('%j', (text, said) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test('a syntax error does not quote the line, where a secret may stand', () => {
    expect(problems('connections:\n  a: { clientSecret: hunter2 ]\n').join('\n')).not.toContain('hunter2');
  });

  test('the echo of a syntax error on its own line is left out', () => {
    expect(problems('a: { b: c } } } ] d: e')).toHaveLength(1);
  });
});

describe('keys', () => {
  test('an unknown one is named, with the one that was meant or those that are known', () => {
    expect(problems('organizations:\n  acme: { name: Acme, enbled: true }\nmapping: {}\nextra: 1\n')).toEqual(
      [
        'my.yaml:3:1: unknown key "mapping". Did you mean "mappings"?',
        'my.yaml:4:1: unknown key "extra". Known here: organizations, connections, mappings, ignoredClients, variables, triggers.',
        'my.yaml:2:23: organizations.acme: unknown key "enbled". Did you mean "enabled"?',
      ],
    );
  });

  test('names of things that every object has are unknown keys too', () => {
    expect(problems('organizations:\n  acme: { name: Acme, constructor: 1, __proto__: 2 }\n')).toHaveLength(
      2,
    );
  });

  test('one that is there twice is named with both places', () => {
    expect(problems('organizations:\n  acme: { name: A, name: B }\n  acme: { name: C }\n')).toEqual([
      'my.yaml:3:3: organizations: the key "acme" is there twice (first at my.yaml:2:3)',
      'my.yaml:2:20: organizations.acme: the key "name" is there twice (first at my.yaml:2:11)',
    ]);
  });

  test('a required one that is missing or empty is named', () => {
    expect(problems('organizations:\n  acme:\n  globex: { name: }\n')).toEqual([
      'my.yaml:2:3: organizations.acme: "name" is missing',
      'my.yaml:3:13: organizations.globex: "name" is empty',
    ]);
    expect(problems('connections:\n  halo: {}\n').map((line) => line.split(': ').at(-1))).toEqual([
      '"organization" is missing',
      '"resourceServer" is missing',
      '"clientId" is missing',
      '"clientSecret" is missing',
    ]);
  });

  test.each(['Acme', 'acme corp', 'acme.labs', 'acme/labs', 'ä', 'a'.repeat(41)])(
    '"%s" cannot be an id',
    (id) => {
      for (const text of [
        `organizations:\n  ${id}: { name: A }\n`,
        connection('clientId: x').replace('halo:', `${id}:`),
      ]) {
        expect(problems(text)).toEqual([
          expect.stringContaining(`"${id}" cannot be an id: use 1 to 40 of a-z, 0-9 and "-"`),
        ]);
      }
    },
  );

  test('an id may look like a number or a word of YAML', () => {
    const content = read('organizations:\n  007: { name: Bond }\n  true: { name: T }\n  null: { name: N }\n');
    expect(content.problems).toEqual([]);
    expect(content.organizations.map(({ slug }) => slug)).toEqual(['007', 'true', 'null']);
  });
});

describe('types', () => {
  test.each([
    ['organization: [northwind]', 'expected text, found a list'],
    ['tenant: 365', 'expected text, found a number; put it in quotes'],
    ['tenant: true', 'expected text, found true; put it in quotes'],
    ['tenant: ""', 'expected text, found an empty one'],
    ['tenant: "a\\u001bb"', 'the text holds a line break or another control character'],
    ['default: yes', 'expected true or false, found text'],
    ['onPremise: 1', 'expected true or false, found a number'],
    ['rateLimit: 300', 'expected a mapping ("key: value"), found a number'],
    ['rateLimit: { requests: 0 }', 'expected a whole number from 1 to 2147483647, found 0'],
    ['rateLimit: { perSeconds: -5 }', 'expected a whole number from 1 to 2147483647, found -5'],
    ['rateLimit: { requests: 1.5 }', 'expected a whole number from 1 to 2147483647, found 1.5'],
    ['rateLimit: { requests: "300" }', 'expected a whole number from 1 to 2147483647, found text'],
    ['resourceServer: "not an address"', '"not an address" is not an address'],
    ['authServer: "not one either"', '"not one either" is not an address'],
  ])('%s', (line, said) => {
    const found = problems(connection(line));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
    expect(found[0]).toMatch(/^my\.yaml:3:\d+: connections\.halo\./);
  });

  test('parts of a rate limit that are not said have their default', () => {
    expect(read(connection('rateLimit: { requests: 700 }')).connections[0]).toMatchObject({
      rateRequests: 700,
      ratePerSeconds: 300,
    });
  });

  test('clients, contacts and sites are whole numbers from 1 up; a client is required', () => {
    const text =
      'mappings:\n  halo:\n    a: { client: 0 }\n    b: { contact: x, client: 1e10 }\n    c: { site: 1 }\n';
    expect(problems(text)).toEqual([
      'my.yaml:3:18: mappings.halo.a.client: expected a whole number from 1 to 2147483647, found 0',
      'my.yaml:4:30: mappings.halo.b.client: expected a whole number from 1 to 2147483647, found 10000000000',
      'my.yaml:4:19: mappings.halo.b.contact: expected a whole number from 1 to 2147483647, found text',
      'my.yaml:5:5: mappings.halo.c: "client" is missing',
    ]);
  });

  test('tags are texts', () => {
    expect(
      problems('organizations:\n  a: { name: A, tags: gold }\n  b: { name: B, tags: [gold, 3] }\n'),
    ).toEqual([
      'my.yaml:2:23: organizations.a.tags: expected a list, such as [gold, managed], found text',
      'my.yaml:3:30: organizations.b.tags.2: expected text, found a number; put it in quotes',
    ]);
  });
});

describe('the environment', () => {
  test('is put in anywhere in a text, quoted or not, and "$${" is a literal "${"', () => {
    const values = { A: 'x', B: 'y' };
    const tenant = (written: string) =>
      read(connection(`tenant: ${written}`), { env: { ...env, ...values } }).connections[0]?.tenant;
    expect(tenant('${A}')).toBe('x');
    expect(tenant('pre-${A}-${B}-post')).toBe('pre-x-y-post');
    expect(tenant("'${A}'")).toBe('x');
    expect(tenant('"${A}"')).toBe('x');
    expect(tenant('$${A}')).toBe('${A}');
    expect(tenant('costs $5 and ${A}')).toBe('costs $5 and x');
  });

  test('what it puts in is not looked through again', () => {
    const content = read(connection('tenant: ${A}'), { env: { ...env, A: '${NORTHWIND_CLIENT_SECRET}' } });
    expect(content.connections[0]?.tenant).toBe('${NORTHWIND_CLIENT_SECRET}');
  });

  test('works inside {flow mappings} and [flow lists]', () => {
    const content = read('organizations:\n  a: { name: ${A}, tags: [${A}, b-${A}] }\n', { env: { A: 'x' } });
    expect(content.problems).toEqual([]);
    expect(content.organizations[0]).toMatchObject({ name: 'x', tags: ['x', 'b-x'] });
    const places = problems('organizations:\n  a: { name: ${A}, tags: 5 }\n', { env: { A: 'x' } });
    expect(places).toEqual([expect.stringMatching(/^my\.yaml:2:26: organizations\.a\.tags: /)]);
  });

  test('every variable that is missing or empty is named, with its place', () => {
    const text = connection('tenant: ${NO_ONE}-${NO_TWO}-${EMPTY}-${toString}');
    expect(problems(text, { env: { ...env, EMPTY: '' } })).toEqual([
      'my.yaml:3:13: connections.halo.tenant: the environment variable NO_ONE is not set',
      'my.yaml:3:13: connections.halo.tenant: the environment variable NO_TWO is not set',
      'my.yaml:3:13: connections.halo.tenant: the environment variable EMPTY is empty',
      'my.yaml:3:13: connections.halo.tenant: the environment variable toString is not set',
    ]);
  });

  test.each(['${NAME:-hunter2}', '${}', '${hunter2', '${hunter 2}'])(
    '%s is no reference, and not repeated',
    (written) => {
      const [found, ...more] = problems(connection(`tenant: "${written}"`));
      expect(more).toEqual([]);
      expect(found).toContain('an environment variable is written ${NAME}');
      expect(found).not.toContain('hunter2');
    },
  );

  test('numbers and flags may come from it', () => {
    const values = { CLIENT: '12', ON: 'true', WORD: 'hunter2' };
    const text = 'mappings:\n  halo:\n    a: { client: ${CLIENT}, use: ${ON} }\n';
    expect(read(text, { env: values }).mappings[0]).toMatchObject({ client: 12, use: true });
    const found = problems(text.replace('CLIENT', 'WORD').replace('ON', 'WORD'), { env: values });
    expect(found).toEqual([
      expect.stringContaining('expected a whole number from 1 to 2147483647, found the value of ${WORD}'),
      expect.stringContaining('expected true or false, found the value of ${WORD}'),
    ]);
  });

  test('its values are in no message', () => {
    const values = { ...env, HOST: 'Hunter Two', LINES: 'hunter2\nhunter3' };
    const found = [
      ...problems(connection('resourceServer: ${HOST}'), { env: values }),
      ...problems(connection('clientSecret: ${LINES}'), { env: values }),
    ];
    expect(found).toEqual([
      expect.stringContaining(
        'the value from the environment is not an address that this connection can have',
      ),
      expect.stringContaining('control character (with the value of LINES in it)'),
    ]);
    expect(found.join('\n')).not.toMatch(/hunter/i);
  });

  test.each([
    'hunter2',
    '"hunter2"',
    '5',
    'pre${NORTHWIND_CLIENT_SECRET}',
    '$${NORTHWIND_CLIENT_SECRET}',
    '[a]',
  ])('a secret in clear (%s) is refused and not repeated', (written) => {
    const found = problems(connection(`clientSecret: ${written}`));
    expect(found).toEqual([
      'my.yaml:3:19: connections.halo.clientSecret: a secret is not written in this file: ' +
        'put it in an environment variable and write ${NAME} here, nothing else',
    ]);
  });
});
