import { isAtLeast, parseServerVersion } from '../../engine/version.ts';

test.each([
  ['temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)\n', '1.31.2'],
  ['temporal version 0.0.0-DEV (Server 1.31.2, UI 2.50.1)\n', '1.31.2'],
  ['temporal version 1.9.0 (Server 1.32.0-162.0, UI 2.53.1)', '1.32.0-162.0'],
  ['a warning of a wrapper\ntemporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', '1.29.1'],
  ['tctl version 1.18.1', null],
  ['temporal version 1.8.2', null],
  ['', null],
])('the server in %j is %s', (output, server) => {
  expect(parseServerVersion(output)).toBe(server);
});

test.each([
  ['1.31.2', '1.31', true],
  ['1.31.0', '1.31', true],
  ['1.32.0-162.0', '1.31', true],
  ['2.0.0', '1.31', true],
  ['1.30.9', '1.31', false],
  ['1.4.0', '1.31', false],
  ['0.99.0', '1.31', false],
])('%s is at least %s: %s', (version, oldest, expected) => {
  expect(isAtLeast(version, oldest)).toBe(expected);
});
