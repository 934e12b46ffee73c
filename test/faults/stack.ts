/** `haloflow start` of the campaign: restarted when it is gone, and nothing else is. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile } from '../../home/files.ts';
import { run, start } from '../cli/command.ts';
import type { Ended, Running, Surroundings } from '../cli/command.ts';
import { serversOf } from '../cli/servers.ts';
import type { Victim } from './sizes.ts';

interface Api {
  readonly url: string;
  readonly token: string;
}

export interface Stack {
  /** Runs another command on the same home. */
  command(args: readonly string[]): Promise<Ended>;
  /** Sends a signal to the victim's process. False when it was not there to get it. */
  signal(victim: Victim, signal: NodeJS.Signals): Promise<boolean>;
  /** Whether its API answers that everything is there. */
  isReady(): Promise<boolean>;
  /** Where its API listens, and what lets everything in. */
  api(): Api;
  /** Ends everything, and waits for it. */
  stop(): Promise<void>;
}

/** Starts it and waits until it is ready. */
export async function startStack(where: Surroundings): Promise<Stack> {
  let current: Running;
  let stopping = false;

  function launch(): void {
    current = start(['start'], where);
    const launched = current;
    void launched.ended.then(async () => {
      await sleep(100);
      if (!stopping && current === launched) launch();
    });
  }

  launch();
  await current!.says('ready');

  /** Those that are alive: started by this campaign's `haloflow start`, in its own home. */
  function pidsOf(victim: Victim): readonly (number | null)[] {
    const { postgres, temporal } = serversOf(where.home);
    const pids = { worker: [current.pid], temporal: [temporal], postgres: [postgres] };
    return victim === 'all' ? Object.values(pids).flat() : pids[victim];
  }

  function api(): Api {
    // There is none before it has taken its place, and after it has left that.
    const text = readTextFile(path.join(where.home, 'start.json'));
    const { api: found } = JSON.parse(text ?? '{}') as { readonly api?: Api | null };
    return found ?? { url: 'http://127.0.0.1:1', token: '' };
  }

  return {
    command: (args) => run(args, where),
    async signal(victim, signal) {
      const pids = pidsOf(victim);
      if (pids.some((pid) => pid === null)) return false;
      for (const pid of pids) process.kill(pid as number, signal);
      await sleep(50);
      return true;
    },
    isReady: async () =>
      await fetch(`${api().url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    api,
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
