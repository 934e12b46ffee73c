/**
 * A campaign of faults: people open tickets in bursts while processes are killed and Halo misbehaves, and afterwards
 * everything is counted. Bounded in time and in requests, to loopback only, the same for the same seed but for timing.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../sandbox/data/random.ts';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import { untilTrue } from '../support/polling.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import { configurationOf, RATE, secretsOf } from './configuration.ts';
import { countAll } from './count.ts';
import type { Count } from './count.ts';
import { look } from './database.ts';
import type { Disturbance, Field } from './disturbances/disturbance.ts';
import { freezes } from './disturbances/freezes.ts';
import { fullDisk } from './disturbances/fullDisk.ts';
import { haloFaults } from './disturbances/haloFaults.ts';
import { BODY_MARKER, hostileTexts } from './disturbances/hostileTexts.ts';
import { journey } from './disturbances/journey.ts';
import { kills } from './disturbances/kills.ts';
import { neighbour } from './disturbances/neighbour.ts';
import { refusals } from './disturbances/refusals.ts';
import { countLeaks } from './leaks.ts';
import { people } from './people.ts';
import type { People } from './people.ts';
import { planBursts } from './plan.ts';
import type { Sizes } from './sizes.ts';
import { mountSmallDisk } from './smallDisk.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

export interface CampaignOptions {
  readonly seed: string;
  readonly sizes: Sizes;
  /** When it stops waiting for what is under way, seconds after the last ticket; without it, never. */
  readonly settleSeconds?: number;
  readonly onProgress: (line: string) => void;
}

/** The sandbox is at a write that is answered too late for 70 s, 10 s longer than its request may take. */
const settleSecondsOf = ({ faults }: Sizes): number => (faults.timeout > 0 ? 15 : 2);

/** Runs a campaign to its end and says what it counted. Everything it started is gone then, also when it fails. */
export async function runCampaign(options: CampaignOptions): Promise<Count[]> {
  const directory = temporaryDirectory();
  const home = path.join(directory.path, 'home');
  const sandbox = startProgram(fileURLToPath(new URL('programs/sandbox.ts', import.meta.url)));
  const disk = options.sizes.fullDisks === 0 ? null : mountSmallDisk(home);
  let stack: Stack | undefined;
  try {
    const [atHome, other] = await sandbox.reply<SandboxTenant[]>();
    if (!atHome || !other) throw new Error('the sandbox has no two tenants');
    const tenants = { home: atHome, away: other };
    const [halo, away] = [control(atHome), control(other)];
    for (const each of [halo, away]) {
      await each.settings({ rateLimit: { requests: RATE.requests * 2, perSeconds: RATE.perSeconds } });
    }
    const file = path.join(directory.path, 'haloflow.yaml');
    writeFileSync(file, configurationOf(tenants, settleSecondsOf(options.sizes)));
    const workflows = fileURLToPath(new URL('workflows', import.meta.url));
    stack = await startStack({
      home,
      env: { ...secretsOf(tenants), HALOFLOW_WORKFLOWS: workflows },
    });
    options.onProgress('haloflow start is ready');
    const applied = await stack.command(['apply', file]);
    if (applied.code !== 0) throw new Error(`haloflow apply failed: ${applied.stderr}`);
    await untilTrue(async () => {
      const rows = await look(home, `select 1 from subscriptions where baseline is not null`);
      return rows.length === 4;
    });
    return await disturb({ ...options, home, halo, away, stack, sandbox, tenants, disk });
  } finally {
    await stack?.stop();
    await sandbox.kill();
    disk?.remove();
    directory.remove();
  }
}

/**
 * Until haloflow has seen that this Halo keeps its stamps, which is when it relies on them: it opens its first ticket, and
 * nothing is in its way.
 */
async function provenStamp(home: string, crowd: People): Promise<void> {
  await crowd.alert();
  await untilTrue(async () => {
    return (await look(home, 'select 1 from stamp_proofs')).length > 0;
  });
  await untilTrue(async () => {
    const busy = await look(home, `select 1 from runs where status = 'running'`);
    return busy.length === 0;
  });
}

type Campaign = CampaignOptions &
  Pick<Field, 'home' | 'halo' | 'away' | 'stack' | 'sandbox' | 'tenants' | 'disk'>;

async function disturb(campaign: Campaign): Promise<Count[]> {
  const { seed, sizes, onProgress, home, halo } = campaign;
  const random = new Random(seed);
  const crowd = people(halo, random);
  const field: Field = { ...campaign, people: crowd, random, seconds: sizes.seconds };
  const bursts = planBursts(sizes, random);
  const disturbances: readonly Disturbance[] = [
    kills(field, sizes.kills),
    freezes(field, sizes.freezes),
    haloFaults(field, sizes.faults),
    journey(field, sizes.journey),
    neighbour(field, sizes.neighbour),
    hostileTexts(field, sizes.hostileTexts),
    refusals(field, sizes.refusals),
    fullDisk(field, sizes.fullDisks),
  ];
  const steps = disturbances.map((disturbance) => ({ disturbance, at: [...disturbance.at] }));
  await provenStamp(home, crowd);
  const began = performance.now();
  const due = (at: number | undefined): boolean =>
    at !== undefined && performance.now() - began >= at * 1_000;
  let told = 0;

  const left = (): number => steps.reduce((sum, { at }) => sum + at.length, 0);
  try {
    await untilTrue(async () => {
      for (const { disturbance, at } of steps) {
        while (due(at[0]) && (await disturbance.act())) at.shift();
      }
      while (due(bursts[0]?.at)) {
        for (let left = bursts.shift()?.tickets ?? 0; left > 0; left -= 1) await crowd.open();
        await crowd.lookAlike();
      }
      if (performance.now() - told > 10_000) {
        told = performance.now();
        onProgress(`${await progress(home, crowd.opened.length)}; ${left()} disturbances to come`);
      }
      return bursts.length + left() === 0;
    });
  } finally {
    for (const disturbance of disturbances) await disturbance.end?.();
  }
  onProgress('everything has been done to it; waiting for what is under way');
  await settle({ ...campaign, disturbances });
  const secrets = Object.values(secretsOf(campaign.tenants));
  return [
    ...(await countAll({ home, halo, people: crowd, sizes, disturbances })),
    ...(await countLeaks(home, await campaign.stack.logs(), { secrets, body: BODY_MARKER })),
  ];
}

async function progress(home: string, opened: number): Promise<string> {
  const [row] = await look<{ runs: number; open: number }>(
    home,
    `select count(*)::int as runs, count(*) filter (where status = 'running')::int as open from runs`,
  );
  return `${opened} tickets, ${row?.runs} runs, ${row?.open} of them under way`;
}

/** Waits until nothing is under way, and no disturbance waits for anything. */
async function settle({
  settleSeconds = Infinity,
  halo,
  home,
  disturbances,
}: Campaign & { readonly disturbances: readonly Disturbance[] }): Promise<void> {
  const ended = async (): Promise<boolean> => {
    for (const disturbance of disturbances) {
      if ((await disturbance.isOver?.()) === false) return false;
    }
    const [row] = await look<{ busy: number }>(
      home,
      `select (select count(*) from runs where status = 'running')::int
        + (select count(*) from events where status = 'pending')::int as busy`,
    );
    const seen = await look<{ record: number }>(home, `select record from events where trigger = 'triage'`);
    const known = new Set(seen.map(({ record }) => record));
    const tickets = await halo.records('Tickets');
    const newest = Math.max(...tickets.map(({ id }) => Number(id)));
    return row?.busy === 0 && known.has(newest);
  };
  // What is still under way then shows in the counts.
  const deadline = performance.now() + settleSeconds * 1_000;
  await untilTrue(async () => (await ended()) || performance.now() > deadline);
}
