/** Halo drops, delays and refuses. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../sandbox/data/random.ts';
import type { Fault } from '../../../sandbox/http/faults.ts';
import type { LoggedRequest } from '../../../sandbox/http/requestLog.ts';
import type { Control } from '../../support/sandbox.ts';
import { atLeast } from '../count.ts';
import type { FaultName, Sizes } from '../sizes.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';

/** What is done to the sandbox for each name; writes are where a lost reply matters. */
const FAULTS: Readonly<Record<FaultName, (random: Random) => Fault>> = {
  dropAfter: (random) => ({ kind: 'drop-after', match: { method: 'POST', path: write(random) } }),
  dropBefore: (random) => ({ kind: 'drop-before', match: { method: 'POST', path: write(random) } }),
  tooMany: () => ({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '1' },
    match: { path: '/api/*' },
  }),
  serverError: (random) => ({
    kind: 'status',
    status: 500,
    match: { path: anything(random) },
    ...(random.chance(0.5) ? { commit: true } : {}),
  }),
  expired: (random) => ({ kind: 'expire-tokens', match: { path: anything(random) } }),
  timeout: (random) => ({ kind: 'delay', delayMs: 70_000, match: { method: 'POST', path: write(random) } }),
};

function write(random: Random): string {
  return random.pick(['/api/Tickets', '/api/Actions']);
}

/** The list that the feed polls and where tickets are created, one ticket, the notes. */
function anything(random: Random): string {
  return random.pick(['/api/Tickets', '/api/Tickets/*', '/api/Actions']);
}

/** Whether a request was hit by a fault of that name; a reply is lost only where the work was done. */
const HIT: Readonly<Record<FaultName, (request: LoggedRequest) => boolean>> = {
  dropAfter: ({ fault }) => fault === 'drop-after',
  dropBefore: ({ fault }) => fault === 'drop-before',
  tooMany: ({ fault, status }) => fault === 'status' && status === 429,
  serverError: ({ fault, status }) => fault === 'status' && status === 500,
  expired: ({ fault }) => fault === 'expire-tokens',
  timeout: ({ fault }) => fault === 'delay',
};

const TITLES: Readonly<Record<FaultName, string>> = {
  dropAfter: 'replies dropped after the write',
  dropBefore: 'connections dropped before the write',
  tooMany: 'answers 429',
  serverError: 'answers 500',
  expired: 'expired tokens',
  timeout: 'writes answered too late',
};

/** How often each fault has hit so far. */
async function faultHits(halo: Control): Promise<Record<FaultName, number>> {
  const requests = await halo.requests();
  const hits = Object.entries(HIT).map(([name, isHit]) => [name, requests.filter(isHit).length]);
  return Object.fromEntries(hits) as Record<FaultName, number>;
}

export function haloFaults(field: Field, wanted: Sizes['faults']): Disturbance {
  const { halo, people, random } = field;
  const steps = Object.entries(wanted)
    .flatMap(([fault, times]) => moments(times, field).map((at) => ({ fault: fault as FaultName, at })))
    .sort((a, b) => a.at - b.at);
  const at = steps.map((step) => step.at);
  return {
    at,
    async act() {
      await halo.fault(FAULTS[steps.shift()?.fault ?? 'tooMany'](random));
      return true;
    },
    // Those that have not hit as often as they have to are set again, and get a ticket to work on.
    async isOver() {
      const hits = await faultHits(halo);
      const missing = (Object.keys(wanted) as FaultName[]).filter((name) => hits[name] < wanted[name]);
      if (missing.length === 0) return true;
      if ((await halo.requests()).length > 0 && (await halo.faults()).length === 0) {
        for (const name of missing) await halo.fault(FAULTS[name](random));
      }
      await people.open();
      await sleep(1_000);
      return false;
    },
    async count() {
      return Object.entries(await faultHits(halo)).map(([name, times]) =>
        atLeast(TITLES[name as FaultName], wanted[name as FaultName], times),
      );
    },
  };
}
