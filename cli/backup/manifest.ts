/** The first file of a backup: what it is of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { embeddedMajor } from '../../store/postgres.ts';
import { migrationCount } from '../../store/store.ts';
import { version } from '../version.ts';
import { stateIn } from './state.ts';

/** Its name in the archive. */
export const MANIFEST = 'backup.json';

const FORMAT = 1;

export interface Manifest {
  readonly format: number;
  /** haloflow's, when it was made. */
  readonly version: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Major version of PostgreSQL; null without a database. */
  readonly postgres: number | null;
  /** How many migrations haloflow knew. */
  readonly migrations: number;
  /** Whether the key that seals secrets is in it; without, it was in HALOFLOW_KEY. */
  readonly key: boolean;
  readonly files: number;
  readonly bytes: number;
}

/** Of the state in a home. */
export function manifestOf(home: string): Manifest {
  const entries = stateIn(home);
  const has = (name: string): boolean => entries.some((entry) => entry.path === name);
  const major = has('postgres/PG_VERSION')
    ? Number.parseInt(readFileSync(path.join(home, 'postgres', 'PG_VERSION'), 'utf8'), 10)
    : null;
  return {
    format: FORMAT,
    version: version(),
    createdAt: new Date().toISOString(),
    postgres: major,
    migrations: migrationCount(),
    key: has('key'),
    ...sizesOf(home),
  };
}

function sizesOf(home: string): Pick<Manifest, 'files' | 'bytes'> {
  const sizes = stateIn(home).flatMap(({ size }) => (size === null ? [] : [size]));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * Reads the manifest of an archive that was unpacked into `directory`, and holds what is there against it.
 *
 * @throws ConfigurationError that says why this cannot be restored here.
 */
export async function checkedManifest(directory: string, file: string): Promise<Manifest> {
  const refuse = (why: string): never => {
    throw new ConfigurationError(`${file} cannot be restored: ${why}`);
  };
  const manifest = parsed(path.join(directory, MANIFEST));
  if (manifest === null) return refuse('it is no backup of haloflow: it has no backup.json');
  if (
    manifest.format !== FORMAT ||
    manifest.migrations > migrationCount() ||
    comesAfter(manifest.version, version())
  ) {
    return refuse(
      `haloflow ${manifest.version} made it, which is newer than ${version()} here: update haloflow first`,
    );
  }
  const here = await embeddedMajor();
  if (manifest.postgres !== null && manifest.postgres !== here) {
    return refuse(
      `its data is of PostgreSQL ${manifest.postgres}, and ${here} is here: use haloflow ${manifest.version}`,
    );
  }
  const { files, bytes } = sizesOf(directory);
  if (files !== manifest.files || bytes !== manifest.bytes) {
    return refuse(
      `it is damaged: it should hold ${manifest.files} files of ${manifest.bytes} bytes, and holds ${files} of ${bytes}`,
    );
  }
  return manifest;
}

/** Also with the same tables a later version may keep what Temporal knows in a file that this one does not read. */
function comesAfter(one: string, other: string): boolean {
  const released = (text: string): string => text.replace(/-.*/, '');
  return released(one).localeCompare(released(other), 'en', { numeric: true }) > 0;
}

function parsed(file: string): Manifest | null {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Manifest> | null;
    return typeof read?.format === 'number' && typeof read.version === 'string' ? (read as Manifest) : null;
  } catch {
    return null;
  }
}
