/** Real processes for tests: TypeScript programs of ours, temporary directories, other users. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Program {
  readonly pid: number;
  /** The next line it prints, as JSON; fails with what it wrote to standard error when it ends first. */
  reply<T>(): Promise<T>;
  /** Writes a line to its standard input. */
  say(line: string): void;
  /** Ends it and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** What it has written to standard error so far. */
  complaints(): string;
  /** Its exit code. */
  ended(): Promise<number | null>;
}

/** Starts a TypeScript file with node; everything that it is not told comes from this process. */
export function startProgram(
  file: string,
  options: { env?: NodeJS.ProcessEnv; cwd?: string; uid?: number; args?: string[] } = {},
): Program {
  const child: ChildProcess = spawn(process.execPath, ['--import', loader, file, ...(options.args ?? [])], {
    cwd: options.cwd ?? process.cwd(),
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      // Its cache is a directory per user in the temporary directory, which would stay there.
      ...(options.uid === undefined ? {} : { TSX_DISABLE_CACHE: '1' }),
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdin?.on('error', () => {});
  const exit = once(child, 'exit');
  const output = readline.createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const lines = output[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? -1,
    async reply<T>() {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${path.basename(file)} ended: ${complaints}`);
      return JSON.parse(line.value) as T;
    },
    say: (line) => void child.stdin?.write(`${line}\n`),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exit;
    },
    complaints: () => complaints,
    async ended() {
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
}

/** A temporary directory, removed with what is in it by `remove`. */
export function temporaryDirectory(options: { mode?: number; uid?: number } = {}): {
  path: string;
  remove(): void;
} {
  const directory = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'haloflow-test-'));
  chmodSync(directory, options.mode ?? 0o700);
  if (options.uid !== undefined) chownSync(directory, options.uid, options.uid);
  return {
    path: directory,
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}
