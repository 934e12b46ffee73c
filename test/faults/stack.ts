/** `haloflow start` of the campaign: restarted when it is gone, and nothing else is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { run, start } from '../cli/command.ts';
import type { Ended, Running, Surroundings } from '../cli/command.ts';
import { serversOf } from '../cli/servers.ts';
import type { Victim } from './plan.ts';

export interface Stack {
  /** Runs another command on the same home. */
  command(args: readonly string[]): Promise<Ended>;
  /** `kill -9`; whoever kept an eye on the victim brings it back. False when it was not there to be killed. */
  kill(victim: Victim): Promise<boolean>;
  /** Ends everything, and waits for it. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

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
  await Promise.race([
    current!.says('ready'),
    sleep(READY_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new Error(`haloflow start was not ready within ${READY_WITHIN_MS} ms`);
    }),
  ]);

  /** Those that are alive: started by this campaign's `haloflow start`, in its own home. */
  function pidsOf(victim: Victim): readonly (number | null)[] {
    const { postgres, temporal } = serversOf(where.home);
    const pids = { worker: [current.pid], temporal: [temporal], postgres: [postgres] };
    return victim === 'all' ? Object.values(pids).flat() : pids[victim];
  }

  return {
    command: (args) => run(args, where),
    async kill(victim) {
      const pids = pidsOf(victim);
      if (pids.some((pid) => pid === null)) return false;
      for (const pid of pids) process.kill(pid as number, 'SIGKILL');
      await sleep(50);
      return true;
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
