/** Every command, in the order of the help text. */
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { apply } from './apply.ts';
import { audit } from './audit.ts';
import { backup, restore } from './backup.ts';
import { connections } from './connections.ts';
import { demo } from './demo.ts';
import { events } from './events.ts';
import { exportCommand } from './export.ts';
import { explain } from './explain.ts';
import { keys } from './keys.ts';
import { runs } from './runs.ts';
import { sandbox } from './sandbox.ts';
import { smoke } from './smoke.ts';
import { start } from './start.ts';
import { tokens } from './tokens.ts';
import { triggers } from './triggers.ts';

export const commands: readonly (() => Command)[] = [
  start,
  demo,
  smoke,
  sandbox,
  apply,
  exportCommand,
  connections,
  triggers,
  events,
  runs,
  actions,
  explain,
  keys,
  tokens,
  audit,
  backup,
  restore,
];
