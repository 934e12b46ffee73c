/** A Halo goes back, as after a restore; a trigger, and a connection, go to another Halo and come back. */
import type { SandboxTenant } from '../../../sandbox/sandbox.ts';
import { atLeast } from '../count.ts';
import type { Leg } from '../sizes.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';
import { createRoaming, ROAMING } from './roaming.ts';

/** Of one leg: each waits until what was before it has run. */
type Step = () => Promise<boolean>;

const TICKETS = 2;
const BACKUP = 'campaign';

const TITLES: Readonly<Record<Leg, string>> = {
  restored: 'restores of a Halo from a backup',
  trigger: 'moves of a trigger to another Halo and back',
  renamed: 'changes of the name under which a Halo is asked',
  connection: 'moves of a connection to another Halo and back',
};

export function journey(field: Field, wanted: readonly Leg[]): Disturbance {
  const { stack, tenants, halo, away } = field;
  const roaming = createRoaming(field);
  const done: Leg[] = [];

  /** True when it is done; false when nobody was there to do it. */
  async function patch(path: string, body: object): Promise<boolean> {
    const answer = await stack.ask({ method: 'PATCH', path, body });
    if (answer.status === 200) return true;
    if (answer.status === 0 || answer.status >= 500) return false;
    throw new Error(`PATCH ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  const open: Step = async () => {
    await roaming.open(TICKETS);
    return true;
  };

  const moveTrigger =
    (connection: string): Step =>
    async () => {
      const overrides = { halo: { use: 'connection', connection } };
      if (!(await patch(`/triggers/${ROAMING.trigger}`, { connection, overrides }))) return false;
      await roaming.moved({ connection, halo: connection === ROAMING.home ? halo : away });
      return true;
    };

  const moveConnection =
    (to: SandboxTenant): Step =>
    async () => {
      const { baseUrl, authUrl, tenant, clientId, clientSecret } = to;
      const body = { resourceServer: baseUrl, authServer: authUrl, tenant, clientId, clientSecret };
      if (!(await patch(`/connections/${ROAMING.away}`, body))) return false;
      await roaming.moved({ connection: ROAMING.away, halo: to === tenants.home ? halo : away });
      return true;
    };

  const rename =
    (name: string): Step =>
    async () => {
      const named = (url: string): string => url.replace(/127\.0\.0\.1|localhost/, name);
      return await patch(`/connections/${ROAMING.away}`, {
        resourceServer: named(tenants.away.baseUrl),
        authServer: named(tenants.away.authUrl),
        sameHalo: true,
      });
    };

  const LEGS: Readonly<Record<Leg, readonly Step[]>> = {
    restored: [
      async () => {
        await away.backUp(BACKUP);
        return await open();
      },
      async () => {
        await roaming.keepLost(() => away.restore(BACKUP));
        await roaming.moved({ connection: ROAMING.away, halo: away });
        return await open();
      },
    ],
    trigger: [open, moveTrigger(ROAMING.home), open, moveTrigger(ROAMING.away), open],
    renamed: [open, rename('localhost'), open, rename('127.0.0.1')],
    connection: [open, moveConnection(tenants.home), open, moveConnection(tenants.away), open],
  };

  const steps = wanted.flatMap((leg) => [
    ...LEGS[leg],
    async () => {
      done.push(leg);
      return await Promise.resolve(true);
    },
  ]);
  return {
    at: moments(steps.length, field, 0.6),
    async act() {
      const [step] = steps;
      if (step === undefined || !(await stack.isReady()) || !(await roaming.isQuiet())) return false;
      if (!(await step())) return false;
      steps.shift();
      return true;
    },
    isOver: async () => await roaming.isQuiet(),
    count: async () => [
      ...[...new Set(wanted)].map((leg) =>
        atLeast(
          TITLES[leg],
          wanted.filter((one) => one === leg).length,
          done.filter((one) => one === leg).length,
        ),
      ),
      ...(await roaming.count()),
    ],
  };
}
