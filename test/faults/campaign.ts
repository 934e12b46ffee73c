/**
 * A campaign of faults: people open tickets in bursts while processes are killed and Halo misbehaves, and afterwards
 * everything is counted. Bounded in time and in requests, to loopback only, the same for the same seed but for timing.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { Random } from '../../sandbox/data/random.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { countAll, faultHits } from './count.ts';
import type { Count } from './count.ts';
import { look } from './database.ts';
import { ALERT, CLIENTS, people } from './people.ts';
import type { People } from './people.ts';
import { FAULTS, makePlan } from './plan.ts';
import type { FaultName, Sizes, Victim } from './plan.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const SECRET = 'FAULTS_SECRET';
/** A limit that is not what is tested here. */
const RATE = { requests: 3_000, perSeconds: 10 };
const TICK_MS = 100;

export interface CampaignOptions {
  readonly seed: string;
  readonly sizes: Sizes;
  /** When it stops waiting for what is under way, seconds after the last ticket. */
  readonly settleSeconds: number;
  readonly onProgress: (line: string) => void;
}

function configurationOf({ baseUrl, authUrl, tenant, clientId }: SandboxTenant): string {
  const followUp = {
    organization: 'northwind',
    type: 'new-ticket-record',
    workflow: 'followUp',
    runFor: { owner: true, allClients: true },
    overrides: { halo: { use: 'mapping' } },
    criteria: { field: 'ticket.summary', startsWith: `${ALERT} ` },
    parameters: { everySeconds: 10 },
  };
  const clients = Object.keys(CLIENTS).filter((slug) => slug !== 'northwind');
  return stringify({
    organizations: {
      northwind: { name: 'Northwind MSP' },
      ...Object.fromEntries(clients.map((slug) => [slug, { name: slug, parent: 'northwind' }])),
    },
    connections: {
      'northwind-halo': {
        organization: 'northwind',
        resourceServer: baseUrl,
        authServer: authUrl,
        tenant,
        clientId,
        clientSecret: `\${${SECRET}}`,
        rateLimit: RATE,
      },
    },
    mappings: {
      'northwind-halo': Object.fromEntries(
        Object.entries(CLIENTS).map(([slug, client]) => [slug, { client }]),
      ),
    },
    triggers: {
      triage: { ...followUp, workflow: 'triageNewTicket', criteria: undefined },
      'follow-up': followUp,
      'follow-up-again': followUp,
    },
  });
}

/** Runs a campaign to its end and says what it counted. Everything it started is gone then, also when it fails. */
export async function runCampaign(options: CampaignOptions): Promise<Count[]> {
  const directory = temporaryDirectory();
  const home = path.join(directory.path, 'home');
  const sandbox = await startSandbox();
  let stack: Stack | undefined;
  try {
    const [tenant] = sandbox.tenants;
    if (!tenant) throw new Error('the sandbox has no tenants');
    const halo = control(tenant);
    await halo.settings({ rateLimit: { requests: RATE.requests * 2, perSeconds: RATE.perSeconds } });
    const file = path.join(directory.path, 'haloflow.yaml');
    writeFileSync(file, configurationOf(tenant));
    const workflows = fileURLToPath(new URL('workflows', import.meta.url));
    stack = await startStack({
      home,
      env: { [SECRET]: tenant.clientSecret, HALOFLOW_WORKFLOWS: workflows },
    });
    options.onProgress('haloflow start is ready');
    const applied = await stack.command(['apply', file]);
    if (applied.code !== 0) throw new Error(`haloflow apply failed: ${applied.stderr}`);
    await until('the first poll has set the baseline', 60, async () => {
      const rows = await look(home, `select 1 from subscriptions where baseline is not null`);
      return rows.length === 3;
    });
    return await disturb({ ...options, home, halo, stack });
  } finally {
    await stack?.stop();
    await sandbox.close();
    directory.remove();
  }
}

/**
 * Until haloflow has seen that this Halo keeps its stamps, which is when it relies on them: it opens its first ticket, and
 * nothing is in its way.
 */
async function provenStamp(home: string, crowd: People): Promise<void> {
  await crowd.alert();
  await until('the first ticket of a run has come back with its stamp', 60, async () => {
    return (await look(home, 'select 1 from stamp_proofs')).length > 0;
  });
  await until('its runs have ended', 60, async () => {
    const busy = await look(home, `select 1 from runs where status = 'running'`);
    return busy.length === 0;
  });
}

interface Campaign extends CampaignOptions {
  readonly home: string;
  readonly halo: Control;
  readonly stack: Stack;
}

async function disturb({
  seed,
  sizes,
  settleSeconds,
  onProgress,
  home,
  halo,
  stack,
}: Campaign): Promise<Count[]> {
  const random = new Random(seed);
  const plan = makePlan(sizes, random);
  const crowd = people(halo, random);
  await provenStamp(home, crowd);
  const kills: Record<Victim, number> = { worker: 0, temporal: 0, postgres: 0, all: 0 };
  const bursts = [...plan.bursts];
  const victims = [...plan.kills];
  const faults = [...plan.faults];
  const began = performance.now();
  const due = (step: { readonly at: number } | undefined): boolean =>
    step !== undefined && performance.now() - began >= step.at * 1_000;
  let told = 0;

  while (bursts.length + victims.length + faults.length > 0) {
    while (due(faults[0])) await halo.fault(FAULTS[faults.shift()?.fault ?? 'tooMany'](random));
    while (due(bursts[0])) {
      for (let left = bursts.shift()?.tickets ?? 0; left > 0; left -= 1) await crowd.open();
      await crowd.lookAlike();
    }
    if (due(victims[0])) {
      const victim = victims[0]?.victim ?? 'worker';
      // One that is not back yet from its last kill is killed when it is.
      if (await stack.kill(victim)) {
        kills[victim] += 1;
        victims.shift();
      }
    }
    if (performance.now() - told > 10_000) {
      told = performance.now();
      onProgress(await progress(home, { opened: crowd.opened.length, kills }));
    }
    await sleep(TICK_MS);
  }
  onProgress('everything has been done to it; waiting for what is under way');
  await settle({ sizes, settleSeconds, halo, home, open: () => crowd.open(), random });
  return await countAll({ home, halo, people: crowd, sizes, kills });
}

async function progress(
  home: string,
  { opened, kills }: { readonly opened: number; readonly kills: Readonly<Record<Victim, number>> },
): Promise<string> {
  const [row] = await look<{ runs: number; open: number }>(
    home,
    `select count(*)::int as runs, count(*) filter (where status = 'running')::int as open from runs`,
  );
  const killed = Object.entries(kills).map(([victim, times]) => `${victim} ${times}`);
  return `${opened} tickets, ${row?.runs} runs, ${row?.open} of them under way; killed: ${killed.join(', ')}`;
}

/** Waits until nothing is under way; faults that found nothing to hit get tickets to work on. */
async function settle(options: {
  readonly sizes: Sizes;
  readonly settleSeconds: number;
  readonly halo: Control;
  readonly home: string;
  readonly open: () => Promise<void>;
  readonly random: Random;
}): Promise<void> {
  const { sizes, settleSeconds, halo, home, open, random } = options;
  await until('the runs and events have ended', settleSeconds, async () => {
    const hits = await faultHits(halo);
    const missing = (Object.keys(sizes.faults) as FaultName[]).filter(
      (name) => hits[name] < sizes.faults[name],
    );
    if (missing.length > 0) {
      if ((await halo.requests()).length > 0 && (await waitingFaults(halo)) === 0) {
        for (const name of missing) await halo.fault(FAULTS[name](random));
      }
      await open();
      await sleep(1_000);
      return false;
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
  }).catch((error: unknown) => {
    // What is still under way shows in the counts.
    if (!(error instanceof TooLate)) throw error;
  });
}

async function waitingFaults(halo: Control): Promise<number> {
  return (await halo.faults()).length;
}

class TooLate extends Error {}

async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new TooLate(`after ${seconds} s still not: ${what}`);
    await sleep(500);
  }
}
