/** Secrets at rest: sealed with a key that is not in the database. */
import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { ConfigurationError } from '../errors.ts';
import { readTextFile, writePrivateFile } from '../home/files.ts';
import { homeDirectory } from '../home/home.ts';
import { withLock } from '../home/lock.ts';

interface Key {
  /** Written into what it seals; tells nothing about the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The first key seals, every one unseals: two of them while one replaces the other. */
export interface SealingKey {
  readonly keys: readonly [Key, ...Key[]];
}

/**
 * The key from `HALOFLOW_KEY`, else from the file `key` of the home, which is made with a random key the first time.
 * Both hold one key, or two separated by a comma, each 32 bytes in base64url; the first one seals.
 * Throws ConfigurationError for anything else, and never replaces a file that is there.
 */
export async function loadSealingKey(): Promise<SealingKey> {
  const given = process.env.HALOFLOW_KEY;
  if (given) return parseSealingKey(given, 'HALOFLOW_KEY');
  return await withKeyFile((file) => {
    if (readTextFile(file) === null) writePrivateFile(file, `${newKey()}\n`);
    return followKeyFile(file);
  });
}

/** Puts a new key before the one in the file, for both to work, unless two are there already. */
export async function addKeyToFile(): Promise<void> {
  await withKeyFile((file) => {
    const text = readTextFile(file) ?? '';
    const { keys } = parseSealingKey(text, file);
    if (keys.length === 1) writePrivateFile(file, `${newKey()},${text.trim()}\n`);
  });
}

/** Leaves the first of the keys in the file. */
export async function dropOldKeyOfFile(): Promise<void> {
  await withKeyFile((file) => {
    const [first] = parseSealingKey(readTextFile(file) ?? '', file).keys;
    writePrivateFile(file, `${Buffer.from(first.bytes).toString('base64url')}\n`);
  });
}

async function withKeyFile<T>(body: (file: string) => T): Promise<T> {
  const file = path.join(homeDirectory(), 'key');
  return await withLock(`${file}.lock`, () => Promise.resolve().then(() => body(file)));
}

const newKey = (): string => randomBytes(32).toString('base64url');

/** The keys of the file as it is each time: a process that runs notices when they are replaced. */
function followKeyFile(file: string): SealingKey {
  const read = () => ({ stamp: stampOf(file), key: parseSealingKey(readTextFile(file) ?? '', file) });
  let known = read();
  return {
    get keys() {
      try {
        if (stampOf(file) !== known.stamp) known = read();
      } catch {
        // A file that is gone or damaged is for the next start to complain about: these keys still work.
      }
      return known.key.keys;
    },
  };
}

/** Every new content has another one: the file is replaced and never written over. */
function stampOf(file: string): string {
  const { ino, mtimeNs } = statSync(file, { bigint: true });
  return `${ino} ${mtimeNs}`;
}

/** Reads the text of a key; `source` names it in the ConfigurationError that a bad one gets. */
export function parseSealingKey(text: string, source: string): SealingKey {
  const [first, second, ...more] = text
    .trim()
    .split(',')
    .map((part) => parseKey(part.trim()));
  if (!first || second === null || more.length > 0) {
    throw new ConfigurationError(
      `The key in ${source} cannot be used: it must be one key, or two separated by a comma, each 32 bytes in ` +
        'base64url (43 characters). Restore it from where you keep it: without it the stored secrets cannot be read. ' +
        'If it is lost, set a new one (openssl rand -base64 32) and apply the configuration again.',
    );
  }
  return { keys: second === undefined ? [first] : [first, second] };
}

/** Seals a secret: a compact JWE (RFC 7516), algorithm `dir` with A256GCM, the key's id in its header. */
export async function seal(key: SealingKey, plain: string): Promise<string> {
  const [first] = key.keys;
  return new CompactEncrypt(new TextEncoder().encode(plain))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.id })
    .encrypt(first.bytes);
}

/** What everything begins with that this key seals: its header. */
export async function sealedPrefix(key: SealingKey): Promise<string> {
  return (await seal(key, '')).replace(/\..*$/s, '.');
}

/** Throws ConfigurationError when no key of ours sealed it, or it is not what was sealed. */
export async function unseal(key: SealingKey, sealed: string): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(
      sealed,
      ({ kid }) => {
        const match = key.keys.find(({ id }) => id === kid);
        if (match === undefined) throw unknownKey(key, kid);
        return match.bytes;
      },
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    return new TextDecoder().decode(plaintext);
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause;
    throw new ConfigurationError(
      'A stored secret is damaged: it is not what was sealed. Apply the configuration again, with that secret in it.',
      { cause },
    );
  }
}

function unknownKey(key: SealingKey, kid: unknown): ConfigurationError {
  const known = key.keys.map(({ id }) => id).join(', ');
  return new ConfigurationError(
    `A stored secret was sealed with key ${String(kid)}; the key here is ${known}. Set HALOFLOW_KEY to that key ` +
      '(after a comma beside a newer one), or apply the configuration again, with that secret in it.',
  );
}

/** Accepts both alphabets of base64, with or without padding; null for anything but 32 bytes. */
function parseKey(text: string): Key | null {
  if (!/^[A-Za-z0-9_+/-]{43}=?$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return { id: createHash('sha256').update(bytes).digest('base64url').slice(0, 12), bytes };
}
