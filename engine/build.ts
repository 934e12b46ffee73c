import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Source } from './cache.ts';
import { type Progress, repeatProgress } from './progress.ts';
import { codeOf } from '../home/reason.ts';
import { packageRoot } from '../packageRoot.ts';
import { CLI_VERSION } from './version.ts';

/** The Go version that `engine/temporal/go.mod` asks for, as people say it. */
export const GO_VERSION = '1.26';

/** The pinned module: it has no code, only the exact versions that the CLI is built from. */
const MODULE = fileURLToPath(new URL('engine/temporal/', packageRoot));
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const LINK = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`;

/**
 * Builds the CLI with Go from the pinned module: 4 minutes on two cores with empty Go caches, and 1.6 GB of
 * module cache. There is no `go install` for it: its go.mod holds a replace, which only a main module may.
 */
export const goBuild: Source = {
  name: 'the build with Go',
  async obtain(directory, onProgress) {
    const counts = { modules: 0, packages: 0 };
    const stop = repeatProgress(
      onProgress,
      (seconds) =>
        `building the Temporal server with Go … ${seconds} s, ` +
        (counts.packages === 0
          ? `${counts.modules} modules downloaded`
          : `${counts.packages} packages compiled`),
    );
    try {
      const child = go(join(directory, 'temporal'));
      child.once('spawn', () => {
        onProgress('building the Temporal server with Go (about 4 minutes, once)');
      });
      await finished(child, (line) => {
        if (line.startsWith('go: downloading ')) counts.modules += 1;
        else counts.packages += 1;
      });
    } finally {
      stop();
    }
  },
};

type GoProcess = ChildProcessByStdio<null, null, Readable>;

function go(output: string): GoProcess {
  const { GOOS: _os, GOARCH: _arch, ...environment } = process.env;
  return spawn(
    'go',
    ['build', '-v', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', LINK, '-o', output, PACKAGE],
    {
      cwd: MODULE,
      // A go.work above the checkout would replace the pinned versions; SQLite in the server is pure Go.
      env: { ...environment, GOWORK: 'off', CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

async function finished(child: GoProcess, onLine: Progress): Promise<void> {
  const killWithUs = (): void => void child.kill();
  process.once('exit', killWithUs);
  const tail: string[] = [];
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    tail.push(line);
    if (tail.length > 15) tail.shift();
    onLine(line);
  });
  try {
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exit, signal) => {
        resolve(exit ?? signal);
      });
    });
    if (code !== 0) throw new Error(explainFailure(code, tail));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new Error('there is no go on PATH', { cause: error });
    throw error;
  } finally {
    process.off('exit', killWithUs);
  }
}

/** What `go build` died of, from its exit code and last lines. */
function explainFailure(code: number | string | null, tail: readonly string[]): string {
  const tooOld = /requires go >= (\S+) \(running go (\S+?)[;)]/.exec(tail.join('\n'));
  if (tooOld !== null) {
    const [, needed = '', running = ''] = tooOld;
    return `Go ${running} is too old, ${needed} is needed, and GOTOOLCHAIN forbids go to fetch that itself`;
  }
  const said = tail.filter((line) => !/^[\w./-]+$/.test(line) && !line.startsWith('go: downloading '));
  return `go build ended with ${code}: ${(said.length > 0 ? said : tail).slice(-6).join(' | ')}`;
}
