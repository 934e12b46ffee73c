/** What `haloflow backup` does. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { create } from 'tar';
import { ConfigurationError } from '../../errors.ts';
import { homeDirectory } from '../../home/home.ts';
import { demandHere } from '../here.ts';
import type { Outcome } from '../outcome.ts';
import { MANIFEST, manifestOf } from './manifest.ts';
import { refuseDatabaseUrl, stateIn, withHomeAtRest } from './state.ts';

export async function backedUp(
  file: string,
  { force = false }: { readonly force?: boolean },
): Promise<Outcome> {
  demandHere('backup');
  refuseDatabaseUrl('backed up', 'pg_dump');
  if (existsSync(file) && !force) {
    throw new ConfigurationError(`${file} is there already: name another file, or say --force`);
  }
  const home = homeDirectory();
  return await withHomeAtRest(async () => {
    const entries = stateIn(home).map((entry) => entry.path);
    if (!entries.includes('postgres')) {
      throw new ConfigurationError(
        `there is nothing to back up in ${home}: set HALOFLOW_HOME to the home that is meant`,
      );
    }
    const manifest = manifestOf(home);
    const kept = path.join(home, MANIFEST);
    writeFileSync(kept, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    try {
      await write(file, { home, entries: [MANIFEST, ...entries] });
    } finally {
      rmSync(kept, { force: true });
    }
    const { size } = statSync(file);
    return {
      ok: true,
      json: { ok: true, file, bytes: size, manifest },
      text: [
        `Wrote ${file} (${(size / 1e6).toFixed(1)} MB). Whoever has it can read every secret in it.`,
        ...notInIt(manifest.key),
      ].join('\n'),
    };
  });
}

function notInIt(hasKey: boolean): string[] {
  return [
    ...(hasKey ? [] : ['The key is not in it: keep HALOFLOW_KEY with it.']),
    ...(process.env['TEMPORAL_ADDRESS'] ? ['What Temporal at TEMPORAL_ADDRESS holds is not in it.'] : []),
  ];
}

/** Aside first: under its name a backup is whole. */
async function write(
  file: string,
  { home, entries }: { readonly home: string; readonly entries: readonly string[] },
): Promise<void> {
  const aside = `${file}.${randomBytes(4).toString('hex')}.new`;
  try {
    await create(
      { file: aside, cwd: home, gzip: { level: 6 }, mode: 0o600, noDirRecurse: true, strict: true },
      [...entries],
    );
    const fd = openSync(aside, 'r');
    fsyncSync(fd);
    closeSync(fd);
    renameSync(aside, file);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw new ConfigurationError(`${file} could not be written: ${(cause as Error).message}`, { cause });
  }
}
