/** Files that do not fit together: refused with every problem, all of them. */
import { planFile } from '../../configuration/apply/apply.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { emptied } from './emptied.ts';
import { example, fileOf, fileWith } from './files.ts';

const database = emptied();
const { apply, refusals, version } = database;

describe('a file that does not fit together is refused, all of it', () => {
  const base = { organizations: { msp: null, a: 'msp', b: 'msp' } };
  const nothingWritten = async () => {
    expect(await readConfiguration(database.store)).toMatchObject({
      version: 0,
      organizations: [],
      connections: [],
    });
  };

  test('every problem is told at once, in the order of the file, and nothing is written', async () => {
    const text = fileWith({
      organizations: { msp: 'mps', a: 'b', b: 'a', c: 'c' },
      connections: { one: 'msp*', two: 'msp*', three: 'aa' },
      mappings: { one: ['1 a', '1 b', '2 nobody'], oen: ['3 a'] },
    }).replace('three: {', 'three: { tenant: ${MISSING}, skope: all,');
    expect(await refusals(text)).toEqual([
      'my.yaml:2:29: organizations.msp.parent: organization "mps" does not exist. Did you mean "msp"?',
      'my.yaml:3:25: organizations.a.parent: the parents form a cycle: a -> b -> a',
      'my.yaml:5:25: organizations.c.parent: the parents form a cycle: c -> c',
      expect.stringMatching(
        /^my\.yaml:8:\d+: connections\.two\.default: msp has more than one default connection: one, two$/,
      ),
      'my.yaml:9:20: connections.three.tenant: the environment variable MISSING is not set',
      'my.yaml:9:32: connections.three: unknown key "skope". Did you mean "scope"?',
      'my.yaml:9:58: connections.three.organization: organization "aa" does not exist. Did you mean "a"?',
      'my.yaml:13:18: mappings.one.b.client: client 1 of one stands for a already; it can stand for one organization only',
      'my.yaml:14:5: mappings.one.nobody: organization "nobody" does not exist.',
      'my.yaml:15:3: mappings.oen: connection "oen" does not exist. Did you mean "one"?',
    ]);
    await nothingWritten();
  });

  test('organizations with nothing below them are refused, as a lost indentation would delete everything', async () => {
    expect(await refusals('organizations:\nconnections: {}\n')).toEqual([
      expect.stringMatching(
        /^my\.yaml:1:1: organizations: there is nothing below it; .*"organizations: \{\}"/,
      ),
    ]);
    await nothingWritten();
  });

  test('a file without organizations is looked through all the same', async () => {
    expect(await refusals('organisations: {}\nmappings:\n  one:\n    acme: { client: 1 }\n')).toEqual([
      expect.stringContaining('my.yaml:1:1: unknown key "organisations"'),
      expect.stringContaining('mappings.one'),
      expect.stringContaining('mappings.one.acme'),
    ]);
  });

  test('the error counts the problems and has them for machines', async () => {
    await expect(planFile(database.store, fileOf('a: 1\nb: 2\n'))).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(
        /^my\.yaml has 2 problems; nothing was changed\.\n {2}my\.yaml:1:1: unknown key "a"/,
      ),
      details: { problems: [{ place: 'my.yaml:1:1' }, { place: 'my.yaml:2:1' }] },
    });
  });

  test('a syntax error is told alone', async () => {
    await apply(example);
    expect(await refusals('organizations:\n  a: {\n')).toHaveLength(1);
    expect(await version()).toBe(1);
  });

  test('several connections and no default', async () => {
    expect(await refusals(fileWith({ ...base, connections: { one: 'a', two: 'a' } }))).toEqual([
      expect.stringContaining(
        'connections.one: a has several connections (one, two) and none says "default: true"',
      ),
    ]);
  });

  test('an only connection that will not be the default', async () => {
    const text = fileWith({ ...base, connections: { one: 'a*' } }).replace('default: true', 'default: false');
    expect(await refusals(text)).toEqual([
      expect.stringContaining('connections.one.default: the only connection of a is its default'),
    ]);
  });

  test('two mappings of one organization that both say "use: true"', async () => {
    const text = fileWith({
      ...base,
      connections: { one: 'msp*', two: 'msp' },
      mappings: { one: ['1 a'], two: ['1 a'] },
    }).replaceAll('client: 1', 'client: 1, use: true');
    expect(await refusals(text)).toEqual([
      expect.stringContaining('mappings.two.a.use: a already uses its mapping on one'),
    ]);
  });

  test('a name that comes from the environment is not repeated', async () => {
    const text = 'organizations:\n  a: { name: A, parent: "${GLOBEX_CLIENT_ID}" }\n';
    expect(await refusals(text)).toEqual([
      'my.yaml:2:25: organizations.a.parent: the organization that the environment names does not exist',
    ]);
  });
});
