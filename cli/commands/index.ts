/** Every command, in the order of the help text. */
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { apply } from './apply.ts';
import { audit } from './audit.ts';
import { backup, restore } from './backup.ts';
import { budget } from './budget.ts';
import { connections } from './connections.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { events } from './events.ts';
import { exportCommand } from './export.ts';
import { explain } from './explain.ts';
import { mappings } from './mappings.ts';
import { options } from './options.ts';
import { keys } from './keys.ts';
import { organizations } from './organizations.ts';
import { runs } from './runs.ts';
import { sandbox } from './sandbox.ts';
import { smoke } from './smoke.ts';
import { start } from './start.ts';
import { tokens } from './tokens.ts';
import { triggers } from './triggers.ts';
import { variables } from './variables.ts';

export const commands: readonly (() => Command)[] = [
  start,
  demo,
  smoke,
  sandbox,
  organizations,
  connections,
  doctor,
  budget,
  mappings,
  variables,
  options,
  apply,
  exportCommand,
  triggers,
  events,
  runs,
  actions,
  explain,
  tokens,
  audit,
  keys,
  backup,
  restore,
];
