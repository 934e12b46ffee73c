/** The real command, as a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { untilFound } from '../support/polling.ts';

const program = fileURLToPath(new URL('../../cli/haloflow.js', import.meta.url));

export interface Surroundings {
  /** HALOFLOW_HOME. */
  readonly home: string;
  /** The working directory; default that of the tests. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What comes in on standard input. */
  readonly input?: string;
  /** Options of node itself. */
  readonly node?: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  /** Waits until standard output (or error) holds the text; fails when the command ends before. */
  says(text: string, where?: 'stdout' | 'stderr'): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  /** Ends it, if it has not ended. */
  end(): Promise<Ended>;
}

/** Settings of whoever runs the tests do not reach the command. */
function surroundings(home: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(HALOFLOW_|TEMPORAL_(?!CLI_PATH)|DATABASE_URL$|NODE_OPTIONS$|COLUMNS$|PG)/.test(name),
  );
  return { ...Object.fromEntries(inherited), HALOFLOW_HOME: home, ...env };
}

function launch(args: readonly string[], where: Surroundings): ChildProcessWithoutNullStreams {
  const { home, cwd = process.cwd(), env = {}, node = [], input = '' } = where;
  const child = spawn(process.execPath, [...node, program, ...args], { cwd, env: surroundings(home, env) });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return child;
}

/** Starts `haloflow …` and leaves it running. */
export function start(args: readonly string[], where: Surroundings): Running {
  const child = launch(args, where);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => (said[stream] += chunk));
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    ended,
    async says(text, where = 'stdout') {
      return await untilFound(async () => {
        if (said[where].includes(text)) return said[where];
        if (isOver()) throw new Error(`ended before it said ${text}: ${JSON.stringify(await ended)}`);
        return undefined;
      });
    },
    signal: (signal) => void child.kill(signal),
    async end() {
      if (!isOver()) child.kill('SIGTERM');
      return await ended;
    },
  };
}

/** Runs `haloflow …` to its end. */
export function run(args: readonly string[], where: Surroundings): Promise<Ended> {
  return start(args, where).ended;
}

/** What every command prints with --json. */
export type Document = Readonly<Record<string, unknown>> & {
  readonly ok: boolean;
  readonly error: { readonly type: string; readonly message: string };
};

/** Runs `haloflow … --json`: the one document on standard output, and the exit code. */
export async function runJson(
  args: readonly string[],
  where: Surroundings,
): Promise<{ code: number | null; document: Document; stderr: string }> {
  const { code, stdout, stderr } = await run([...args, '--json'], where);
  try {
    return { code, document: JSON.parse(stdout) as Document, stderr };
  } catch (cause) {
    throw new Error(`not one JSON document: ${stdout}${stderr}`, { cause });
  }
}
