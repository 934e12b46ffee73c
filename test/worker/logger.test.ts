import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

test('an unknown HALOFLOW_LOG_LEVEL is refused where the command can show it', () => {
  const program = `
    import { installRuntime } from './worker/logger.ts';
    try { installRuntime(); } catch (error) { console.log(error.name + ': ' + error.message); }`;
  const { stdout, stderr } = spawnSync('node', ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    env: { ...process.env, HALOFLOW_LOG_LEVEL: 'verbose' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe(
    'ConfigurationError: HALOFLOW_LOG_LEVEL is "verbose", which is not a level: set it to one of trace, debug, info, warn, error, fatal, or unset it for warn',
  );
});
