/** What a restore makes is for its owner alone, whatever an archive says of it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from '../support/programs.ts';
import { run } from './command.ts';

test.each([0o4755, 0o2777, 0o1777, 0o644, 0o000])('modes of %o are not taken over', async (mode) => {
  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory.path, ...names);
  try {
    for (const name of ['postgres', 'temporal']) mkdirSync(at('home', name), { recursive: true });
    writeFileSync(at('home', 'postgres', 'PG_VERSION'), '18\n');
    writeFileSync(at('home', 'key'), `${'a'.repeat(43)}\n`);
    writeFileSync(at('home', 'temporal', 'server-1.db'), 'rows');
    expect(await run(['backup', at('one.tgz')], { home: at('home') })).toMatchObject({ code: 0 });

    mkdirSync(at('unpacked'));
    execFileSync('tar', ['xzf', at('one.tgz'), '-C', at('unpacked')]);
    chmodSync(at('unpacked', 'postgres', 'PG_VERSION'), mode);
    chmodSync(at('unpacked', 'postgres'), mode | 0o700);
    chmodSync(at('unpacked', 'key'), mode);
    execFileSync('tar', ['czf', at('two.tgz'), ...readdirSync(at('unpacked'))], { cwd: at('unpacked') });

    expect(await run(['restore', at('two.tgz')], { home: at('back') })).toMatchObject({ code: 0 });
    const modeOf = (...names: string[]): number => statSync(at('back', ...names)).mode & 0o7777;
    expect([modeOf('key'), modeOf('postgres', 'PG_VERSION'), modeOf('temporal')]).toEqual([
      0o600, 0o600, 0o700,
    ]);
  } finally {
    directory.remove();
  }
});
