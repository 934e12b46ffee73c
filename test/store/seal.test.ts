import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { loadSealingKey, parseSealingKey, seal, unseal } from '../../store/seal.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';

const newKey = (): string => randomBytes(32).toString('base64url');
const keyOf = (text: string) => parseSealingKey(text, 'HALOFLOW_KEY');

test('what was sealed comes back, is not to be seen, and is never the same twice', async () => {
  const key = keyOf(newKey());
  for (const plain of ['client-secret', '', 'ünïcödé 🔑', 'x'.repeat(10_000)]) {
    const sealed = await seal(key, plain);
    expect(await unseal(key, sealed)).toBe(plain);
    expect(sealed).not.toBe(await seal(key, plain));
    if (plain !== '') expect(sealed).not.toContain(Buffer.from(plain).toString('base64url'));
  }
});

test('it is a compact JWE with the id of its key, and no part of the key, in the header', async () => {
  const text = newKey();
  const [header = ''] = (await seal(keyOf(text), 'secret')).split('.');
  const { alg, enc, kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
  expect({ alg, enc }).toEqual({ alg: 'dir', enc: 'A256GCM' });
  expect(kid).toMatch(/^[A-Za-z0-9_-]{12}$/);
  expect(text).not.toContain(kid);
});

test('a key is replaced with two of them live: the new one seals, both unseal, then the old one goes', async () => {
  const [old, fresh] = [newKey(), newKey()];
  const before = await seal(keyOf(old), 'secret');
  const both = keyOf(`${fresh}, ${old}`);
  expect(await unseal(both, before)).toBe('secret');
  const after = await seal(both, await unseal(both, before));
  expect(await unseal(keyOf(fresh), after)).toBe('secret');
  await expect(unseal(keyOf(old), after)).rejects.toThrow(ConfigurationError);
});

test('a secret of an unknown key, or one that was changed, is a configuration error without the secret in it', async () => {
  const key = keyOf(newKey());
  const other = await seal(keyOf(newKey()), 'secret');
  await expect(unseal(key, other)).rejects.toThrow(ConfigurationError);
  await expect(unseal(key, other)).rejects.toThrow(
    /sealed with key .{12}; the key here is .{12}\. Set HALOFLOW_KEY/,
  );

  const sealed = await seal(key, 'secret');
  const [header, , iv, text = '', tag] = sealed.split('.');
  const changed = [header, '', iv, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`, tag].join('.');
  for (const damaged of [changed, sealed.slice(0, -5), 'rubbish', '']) {
    await expect(unseal(key, damaged)).rejects.toThrow(ConfigurationError);
    await expect(unseal(key, damaged)).rejects.toThrow(/damaged.*Apply the configuration again/);
  }
});

test('only dir with A256GCM is accepted, whatever a header says', async () => {
  const key = keyOf(newKey());
  const [header = '', ...rest] = (await seal(key, 'secret')).split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const forged = Buffer.from(JSON.stringify({ alg: 'A256GCMKW', enc: 'A256GCM', kid })).toString('base64url');
  await expect(unseal(key, [forged, ...rest].join('.'))).rejects.toThrow(ConfigurationError);
});

test.each([
  ['too short', 'c2hvcnQ'],
  ['not base64', 'x'.repeat(42) + '!'],
  ['33 bytes', randomBytes(33).toString('base64url')],
  ['three keys', [1, 2, 3].map(newKey).join(',')],
  ['a good one and a bad one', `${newKey()},bad`],
  ['nothing before the comma', `,${newKey()}`],
])('a HALOFLOW_KEY with %s is refused, without repeating it', (_, text) => {
  expect(() => keyOf(text)).toThrow(ConfigurationError);
  expect(() => keyOf(text)).toThrow('The key in HALOFLOW_KEY cannot be used');
  try {
    keyOf(text);
  } catch (error) {
    expect((error as Error).message).not.toContain(text.slice(0, 20));
  }
});

test('the output of openssl rand -base64 32 is a key', async () => {
  const bytes = randomBytes(32);
  const sealed = await seal(keyOf(`${bytes.toString('base64')}\n`), 'secret');
  expect(await unseal(keyOf(bytes.toString('base64url')), sealed)).toBe('secret');
});

describe('the key file', () => {
  const given = process.env.HALOFLOW_HOME;
  const directory = temporaryDirectory();
  let n = 0;
  beforeEach(() => {
    process.env.HALOFLOW_HOME = path.join(directory.path, `home ${++n}`);
  });
  afterAll(() => {
    process.env.HALOFLOW_HOME = given;
    directory.remove();
  });

  test('is made once, for this user only', async () => {
    const key = await loadSealingKey();
    const file = path.join(directory.path, `home ${n}`, 'key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await unseal(await loadSealingKey(), await seal(key, 'secret'))).toBe('secret');
  });

  test('is the same for four processes that make it at once', async () => {
    const children = [1, 2, 3, 4].map(() => startProgram(path.resolve('test/store/programs/key.ts')));
    const replies = await Promise.all(children.map((child) => child.reply<{ id: string }>()));
    expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
    expect(replies[0]?.id).toBe((await loadSealingKey()).keys[0].id);
  });

  test('that was cut off or emptied is an error with a remedy, and stays as it is', async () => {
    await loadSealingKey();
    const file = path.join(directory.path, `home ${n}`, 'key');
    for (const text of ['', readFileSync(file, 'utf8').slice(0, 20)]) {
      writeFileSync(file, text);
      await expect(loadSealingKey()).rejects.toThrow(ConfigurationError);
      await expect(loadSealingKey()).rejects.toThrow(`The key in ${file} cannot be used`);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  test('is neither read nor made when HALOFLOW_KEY is set', async () => {
    process.env.HALOFLOW_KEY = newKey();
    try {
      await loadSealingKey();
      expect(existsSync(path.join(directory.path, `home ${n}`))).toBe(false);
    } finally {
      delete process.env.HALOFLOW_KEY;
    }
  });
});
