import { array, assert, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { ConfigurationError } from '../../errors.ts';
import { addressKind } from '../../halo/address.ts';
import {
  isOwnNetwork,
  namesThisMachine,
  normaliseAuthServer,
  normaliseResourceServer,
} from '../../halo/host.ts';

describe('the resource server as people paste it', () => {
  test.each([
    'northwind.halopsa.com',
    'https://northwind.halopsa.com',
    'https://northwind.halopsa.com/',
    'https://northwind.halopsa.com/api',
    'https://northwind.halopsa.com/api/',
    'HTTPS://Northwind.HaloPSA.com/API/',
    '  northwind.halopsa.com/api  \n',
    'northwind.halopsa.com/auth',
    'northwind.halopsa.com:443',
    'https:northwind.halopsa.com',
    'http://northwind.halopsa.com/api/',
    'http://northwind.halopsa.com:80',
    'https://northwind.halopsa.com/api/Tickets?count=1',
    'https://northwind.halopsa.com/portal/home?btn=1#top',
    'https://https://northwind.halopsa.com',
    'northwind.halopsa.com.',
    '"https://northwind.halopsa.com/api"',
    '<https://northwind.halopsa.com>,',
    '“northwind.halopsa.com”;',
  ])('%j is https://northwind.halopsa.com', (pasted) => {
    expect(normaliseResourceServer(pasted)).toBe('https://northwind.halopsa.com');
  });

  test.each([
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/api', 'http://localhost:4010'],
    ['localhost:4010', 'https://localhost:4010'],
    ['http://[::1]:4010/', 'http://[::1]:4010'],
    ['acme.haloitsm.com:8443/api', 'https://acme.haloitsm.com:8443'],
  ])('%j is %s', (pasted, expected) => {
    expect(normaliseResourceServer(pasted)).toBe(expected);
  });

  test.each([
    ['http://halo.acme.test/ITSM/api/', 'http://halo.acme.test/ITSM'],
    ['halo', 'https://halo'],
    ['http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
  ])('on-premise, %j is %s', (pasted, expected) => {
    expect(normaliseResourceServer(pasted, { onPremise: true })).toBe(expected);
  });

  test('a normalised one stays as it is', () => {
    const label = stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,8}[a-zA-Z0-9]$/);
    const form = tuple(
      constantFrom('', 'https://', 'HTTPS://', ' '),
      label,
      constantFrom('', '/', '/api', '/Api/'),
    );
    assert(
      property(form, ([scheme, name, path]) => {
        const once = normaliseResourceServer(`${scheme}${name}.halopsa.com${path}`);
        expect(once).toBe(`https://${name.toLowerCase()}.halopsa.com`);
        expect(normaliseResourceServer(once)).toBe(once);
      }),
    );
  });

  test.each([
    ['', 'is empty'],
    ['   ', 'is empty'],
    ['northwind', 'not a full host name'],
    ['north wind.halopsa.com', 'not a host name'],
    ['ftp://northwind.halopsa.com', 'ftp://'],
    ['http://northwind.halopsa.com:8080', 'use https'],
    ['http://8.8.8.8', 'use https'],
    ['https//northwind.halopsa.com', 'not a full host name'],
    ['10.1.2.3', 'onPremise: true'],
    ['https://192.168.1.20/api', 'onPremise: true'],
    ['https://[fd00::1]', 'onPremise: true'],
    ['https://[::ffff:10.0.0.1]', 'onPremise: true'],
    ['http://2130706433x', 'not a full host name'],
    ['northwind..halopsa.com', 'not a host name'],
    ['-northwind.halopsa.com', 'not a host name'],
    [`${'a'.repeat(64)}.halopsa.com`, 'not a host name'],
    [`${'abcdefghi.'.repeat(26)}com`, 'not a host name'],
    ['.', 'not a host name'],
    ['""', 'is empty'],
    ['https://169.254.169.254', 'not an address a Halo server can have'],
  ])('%j is refused: %s', (pasted, reason) => {
    expect(() => normaliseResourceServer(pasted)).toThrow(ConfigurationError);
    expect(() => normaliseResourceServer(pasted)).toThrow(reason);
  });

  test('the metadata service of a cloud is refused on-premise, too', () => {
    expect(() => normaliseResourceServer('http://169.254.169.254', { onPremise: true })).toThrow(
      ConfigurationError,
    );
  });

  test('a password in it is refused and not repeated', () => {
    const pasted = 'https://anna:hunter2@northwind.halopsa.com';
    expect(() => normaliseResourceServer(pasted)).toThrow('user name or password');
    expect(() => normaliseResourceServer(pasted)).not.toThrow('hunter2');
  });
});

describe('the authorization server as people paste it', () => {
  test.each([
    'northwind.halopsa.com',
    'northwind.halopsa.com/auth',
    'https://Northwind.halopsa.com/Auth/',
    'https://northwind.halopsa.com/auth/token?tenant=northwind',
    'https://northwind.halopsa.com/api',
  ])('%j is https://northwind.halopsa.com/auth', (pasted) => {
    expect(normaliseAuthServer(pasted)).toBe('https://northwind.halopsa.com/auth');
  });

  test.each([
    'https://uk-trial.example/token',
    'https://UK-trial.example/Token/',
    'uk-trial.example/token?tenant=uk',
    'https://uk-trial.example//token/',
    'https://uk-trial.example/authorize?client_id=x',
    'https://uk-trial.example/.well-known/openid-configuration',
  ])('%j has its token endpoint at the root', (pasted) => {
    expect(normaliseAuthServer(pasted)).toBe('https://uk-trial.example/token');
    expect(normaliseAuthServer(pasted, { onPremise: true })).toBe('https://uk-trial.example/token');
  });

  test('the stored form gives itself again, whatever was pasted', () => {
    const segment = constantFrom('', 'auth', 'Auth', 'token', 'api', 'authorize', '.well-known', 'halo', 'x');
    assert(
      property(array(segment, { maxLength: 4 }), constantFrom('', '?a=b', '/', '#x'), (path, end) => {
        const stored = normaliseAuthServer(`https://halo.example/${path.join('/')}${end}`);
        expect(normaliseAuthServer(stored)).toBe(stored);
      }),
    );
  });

  test('another path stays', () => {
    expect(normaliseAuthServer('https://login.acme.test/halo/identity/')).toBe(
      'https://login.acme.test/halo/identity',
    );
  });
});

test.each([
  ['8.8.8.8', 'public'],
  ['172.15.0.1', 'public'],
  ['172.16.0.1', 'private'],
  ['100.64.1.1', 'private'],
  ['127.9.9.9', 'loopback'],
  ['0.0.0.0', 'forbidden'],
  ['255.255.255.255', 'forbidden'],
  ['2606:4700::1111', 'public'],
  ['::ffff:192.168.0.1', 'private'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['64:ff9b::a00:1', 'private'],
  ['64:ff9b::808:808', 'public'],
  ['fe80::1', 'forbidden'],
  ['fc00::1', 'private'],
  // 6to4, whatever it carries.
  ['2002:808:808::1', 'private'],
  ['2002:7f00:1::', 'loopback'],
  ['2002:a9fe:a9fe::1', 'forbidden'],
  // Translation within a network, by the two usual lengths of its prefix.
  ['64:ff9b:1::808:808', 'private'],
  ['64:ff9b:1::a9fe:a9fe', 'forbidden'],
  ['64:ff9b:1:a9fe:a9:fe00::', 'forbidden'],
  ['64:ff9b:1:7f00:0:100::', 'loopback'],
  ['::ffff:0:8.8.8.8', 'private'],
  ['::ffff:0:127.0.0.1', 'loopback'],
  ['::ffff:0:169.254.169.254', 'forbidden'],
  // Teredo and others of the IETF, documentation, segment routing, what is discarded.
  ['2001::1', 'private'],
  ['2001:2::1', 'private'],
  ['2001:20::1', 'private'],
  ['2001:200::1', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['2001:db8::1', 'private'],
  ['3fff::1', 'private'],
  ['5f00::1', 'private'],
  ['100::1', 'private'],
  ['100:0:0:1::1', 'private'],
  ['192.0.2.1', 'private'],
  ['198.51.100.1', 'private'],
  ['203.0.113.1', 'private'],
  ['192.88.99.1', 'private'],
])('the address %s is %s', (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});

test.each([
  ['northwind.halopsa.com', false],
  ['https://northwind.halopsa.com:8443/api', false],
  ['https://8.8.8.8', false],
  ['what is no address', false],
  ['http://northwind.halopsa.com', false],
  ['http://northwind.halopsa.com:8080', true],
  ['http://8.8.8.8', true],
  ['localhost:8080', true],
  ['HTTPS://Halo.LocalHost./', true],
  ['2130706433', true],
  ['[::1]', true],
  ['10.1.2.3', true],
  ['169.254.169.254/latest', true],
  ['[fe80::1]', true],
  ['halo', true],
])('whether %s leads into a network of our own: %s', (pasted, inside) => {
  expect(isOwnNetwork(pasted)).toBe(inside);
});

test('a server elsewhere does not name this machine as where tokens come from', () => {
  const names = (from: string, to: string): boolean => namesThisMachine(new URL(from), new URL(to));
  expect(names('https://northwind.halopsa.com', 'https://localhost:8443/auth')).toBe(true);
  expect(names('https://northwind.halopsa.com', 'https://[::ffff:127.0.0.1]')).toBe(true);
  expect(names('https://northwind.halopsa.com', 'https://auth.halopsa.com')).toBe(false);
  expect(names('http://127.0.0.1:8080', 'http://127.0.0.1:8081')).toBe(false);
});
