/** The workflows of `haloflow start`, bundled once: a process that takes another's place loads what the first has made. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../../home/files.ts';
import { homeDirectory } from '../../home/home.ts';
import type { Bundles, MadeBundles } from '../ownWorker.ts';

/** Paths of the two files. */
export interface KeptBundles {
  readonly authored: string;
  readonly system: string;
}

/**
 * Writes them into the home, whose only worker this process belongs to. Besides the time that this saves, a folder of
 * workflows that is being edited keeps no process from taking the place of one that has died.
 */
export function keepBundles({ authored, system }: MadeBundles): KeptBundles {
  const kept = {
    authored: join(homeDirectory(), 'workflows.bundle.js'),
    system: join(homeDirectory(), 'system.bundle.js'),
  };
  writePrivateFile(kept.authored, authored.code);
  writePrivateFile(kept.system, system?.code ?? '');
  return kept;
}

/** What was kept; null where somebody has removed it since. */
export function loadBundles({ authored, system }: KeptBundles): Bundles | null {
  if (!existsSync(authored) || !existsSync(system)) return null;
  return { authored: { codePath: authored }, system: { codePath: system } };
}
