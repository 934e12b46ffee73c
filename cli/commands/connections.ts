import { Command } from 'commander';
import { rotateSecret } from './connectionsSecret.ts';

export function connections(): Command {
  return new Command('connections').description('Connections to Halo').addCommand(rotateSecret());
}
