/** Every command, in the order of the help text. */
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { apply } from './apply.ts';
import { explain } from './explain.ts';
import { sandbox } from './sandbox.ts';
import { smoke } from './smoke.ts';
import { start } from './start.ts';

export const commands: readonly (() => Command)[] = [start, smoke, sandbox, apply, actions, explain];
