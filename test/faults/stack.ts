/** `haloflow start` of the campaign: restarted when it is gone, and nothing else is. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile } from '../../home/files.ts';
import { identify } from '../../home/process.ts';
import { run, start } from '../cli/command.ts';
import type { Ended, Running, Surroundings } from '../cli/command.ts';
import { serversOf } from '../cli/servers.ts';
import type { Victim } from './sizes.ts';

interface Api {
  readonly url: string;
  readonly token: string;
}

interface StartFile {
  readonly api: Api | null;
  readonly workers: readonly { readonly pid: number }[];
}

interface Asked {
  readonly method?: string;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

export interface Answer {
  /** 0: nobody answered. */
  readonly status: number;
  readonly body: unknown;
}

export interface Stack {
  /** Runs another command on the same home. */
  command(args: readonly string[]): Promise<Ended>;
  /** The victim's processes; null when one of them is not there. */
  pids(victim: Victim): readonly number[] | null;
  /** Whether its API answers that everything is there. */
  isReady(): Promise<boolean>;
  /** Asks its API, with everybody's rights or those of a token. */
  ask(request: Asked): Promise<Answer>;
  /** Opens a stream of it, which stays open until the signal; the status that it was answered with, 0 without one. */
  open(path: string, token: string, signal: AbortSignal): Promise<number>;
  /** What `haloflow start` has written so far, of all its processes. */
  logs(): Promise<string>;
  /** Ends everything, and waits for it. */
  stop(): Promise<void>;
}

/** Starts it and waits until it is ready. */
export async function startStack(where: Surroundings): Promise<Stack> {
  let current: Running;
  let stopping = false;
  const written: string[] = [];

  function launch(): void {
    current = start(['start'], where);
    const launched = current;
    void launched.ended.then(async ({ stdout, stderr }) => {
      written.push(stdout, stderr);
      await sleep(100);
      if (!stopping && current === launched) launch();
    });
  }

  launch();
  await current!.says('ready');

  const started = (): Partial<StartFile> =>
    JSON.parse(readTextFile(path.join(where.home, 'start.json')) ?? '{}') as Partial<StartFile>;

  /** Those that are alive: started by this campaign's `haloflow start`, in its own home. */
  function pidsOf(victim: Victim): readonly (number | null)[] {
    const { postgres, temporal } = serversOf(where.home);
    const workers = (started().workers ?? []).map(({ pid }) => (identify(pid) === null ? null : pid));
    const pids = {
      worker: workers.length > 0 ? workers : [null],
      command: [identify(current.pid) === null ? null : current.pid],
      temporal: [temporal],
      postgres: [postgres],
    };
    return victim === 'all' ? Object.values(pids).flat() : pids[victim];
  }

  /** There is none before it has taken its place, and after it has left that. */
  const api = (): Api => started().api ?? { url: 'http://127.0.0.1:1', token: '' };

  async function ask({ method = 'POST', path: at, body, token }: Asked): Promise<Answer> {
    const { url, token: operator } = api();
    try {
      const reply = await fetch(`${url}/api/v1${at}`, {
        method,
        headers: {
          authorization: `Bearer ${token ?? operator}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      return { status: reply.status, body: text === '' ? null : JSON.parse(text) };
    } catch {
      return { status: 0, body: null };
    }
  }

  return {
    command: (args) => run(args, where),
    pids(victim) {
      const pids = pidsOf(victim).filter((pid) => pid !== null);
      return pids.length === pidsOf(victim).length ? pids : null;
    },
    isReady: async () =>
      await fetch(`${api().url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    ask,
    async open(at, token, signal) {
      const headers = { authorization: `Bearer ${token}` };
      return await fetch(`${api().url}/api/v1${at}`, { headers, signal }).then(
        ({ status }) => status,
        () => 0,
      );
    },
    async logs() {
      const now = await Promise.all([current.says('', 'stdout'), current.says('', 'stderr')]);
      return [...written, ...now].join('\n');
    },
    async stop() {
      stopping = true;
      await current.end();
      // One that was killed last leaves its servers to the next `haloflow start`, which does not come.
      for (const pid of Object.values(serversOf(where.home))) {
        if (pid !== null) process.kill(pid as number, 'SIGKILL');
      }
    },
  };
}
