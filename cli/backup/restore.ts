/** What `haloflow restore` does. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { extract } from 'tar';
import { ConfigurationError } from '../../errors.ts';
import { homeDirectory } from '../../home/home.ts';
import { demandHere } from '../here.ts';
import type { Outcome } from '../outcome.ts';
import { checkedManifest, MANIFEST } from './manifest.ts';
import { isState, partsOf, refuseDatabaseUrl, withHomeAtRest } from './state.ts';

export async function restored(
  file: string,
  { force = false }: { readonly force?: boolean },
): Promise<Outcome> {
  demandHere('restore');
  refuseDatabaseUrl('restored', 'pg_restore');
  if (!existsSync(file))
    throw new ConfigurationError(`${file} is not there: name the file that haloflow backup wrote`);
  const home = homeDirectory();
  if (!isEmpty(home) && !force) {
    throw new ConfigurationError(
      `${home} is not empty: set HALOFLOW_HOME to an empty or a new directory, or say --force, which puts aside what is there`,
    );
  }
  return await withHomeAtRest(async () => {
    const staging = mkdtempSync(path.join(home, 'restore.new-'));
    try {
      await unpack(file, staging);
      const manifest = await checkedManifest(staging, file);
      const replaced = putAside(home);
      move(partsOf(staging), { from: staging, to: home });
      const { version, createdAt, key } = manifest;
      return {
        ok: true,
        json: { ok: true, home, replaced, manifest },
        text: [
          `Restored ${home} as it was on ${createdAt} (haloflow ${version}).`,
          ...(replaced === null
            ? []
            : [`What was there before is in ${replaced}; delete it when you need it no more.`]),
          ...(key ? [] : ['The key is not in it: set HALOFLOW_KEY as it was set then.']),
        ].join('\n'),
      };
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
}

/** A restore that failed leaves nothing but directories for locks. */
const isEmpty = (home: string): boolean =>
  partsOf(home).length === 0 && readdirSync(home).every((name) => name === 'temporal' || name === 'leases');

async function unpack(file: string, directory: string): Promise<void> {
  try {
    await extract({
      file,
      cwd: directory,
      strict: true,
      // PostgreSQL's files go to the account that it runs as here when it starts.
      preserveOwner: false,
      chmod: true,
      processUmask: 0,
      filter: (entry, stat) => {
        const found = stat as { readonly type?: string; mode?: number };
        // Whatever the archive says: all of it is for its owner alone, and none of it is a program.
        found.mode = found.type === 'Directory' ? 0o700 : 0o600;
        return isWanted(entry.replace(/\/$/, ''), found);
      },
    });
  } catch (cause) {
    throw new ConfigurationError(
      `${file} cannot be restored: it is no backup of haloflow, or it is damaged (${(cause as Error).message})`,
      { cause },
    );
  }
}

/** Nothing but directories and files of the state: no links, and nothing outside. */
function isWanted(entry: string, { type }: { readonly type?: string }): boolean {
  const isPlain = type === 'File' || type === 'Directory' || type === 'OldFile';
  return isPlain && (entry === MANIFEST || isState(entry));
}

/** Null when there was nothing. */
function putAside(home: string): string | null {
  const parts = partsOf(home);
  if (parts.length === 0) return null;
  const aside = path.join(home, `replaced-${new Date().toISOString().replaceAll(/[:.]/g, '')}`);
  mkdirSync(aside, { mode: 0o700 });
  move(parts, { from: home, to: aside });
  return aside;
}

function move(parts: readonly string[], { from, to }: { readonly from: string; readonly to: string }): void {
  for (const part of parts) {
    mkdirSync(path.dirname(path.join(to, part)), { recursive: true, mode: 0o700 });
    renameSync(path.join(from, part), path.join(to, part));
  }
}
