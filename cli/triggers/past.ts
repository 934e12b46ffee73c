/** Records of the past: says how many first, asks, and only then fires them. */
import { audit } from '../../access/audit.ts';
import { LOCAL } from '../../access/principal.ts';
import type { RewindPlan, Rewound } from '../../triggers/feeds/rewind.ts';
import type { Trigger } from '../../triggers/types.ts';
import { demandLocal } from '../api.ts';
import { withHalo } from '../dispatching.ts';
import type { Looking } from '../dispatching.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { canAsk, confirmed } from '../prompt.ts';
import { hasResident } from '../resident.ts';
import { tellIfSlow } from '../slow.ts';
import { findTrigger } from './find.ts';

export interface PastOptions {
  /** Only say how many. */
  readonly plan?: boolean;
  /** Do not ask. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

export interface PastWork {
  /** What the audit log calls it. */
  readonly action: 'triggers.rewind' | 'triggers.backfill';
  plan(parts: Looking, trigger: Trigger): Promise<RewindPlan>;
  fire(parts: Looking, trigger: Trigger): Promise<Rewound>;
  /** How many of them would be fired. */
  wanted(plan: RewindPlan): number;
  /** What happens to those that already ran and those that were refused, in words. */
  readonly rule: string;
}

function planText({ records, ran, refused, waiting, unknown }: RewindPlan): string {
  const parts = [
    `${unknown} new`,
    `${ran} already ran`,
    `${refused} filtered or failed`,
    `${waiting} waiting`,
  ];
  return `${records} ${records === 1 ? 'record' : 'records'}: ${parts.join(', ')}.`;
}

/** Plans, asks where somebody can be asked, and fires. */
export async function past(id: string, work: PastWork, options: PastOptions): Promise<Outcome> {
  demandLocal('triggers rewind and backfill');
  return await withStore(async (store) => {
    const trigger = await findTrigger(store, id);
    return await withHalo(store, async (parts) => {
      const reading = work.plan(parts, trigger);
      const plan = await unlessInterrupted(tellIfSlow('reading Halo …', reading));
      const wanted = work.wanted(plan);
      const about = { trigger: id, ...plan };
      const disabled = trigger.enabled ? [] : [`${id} is disabled: each would be filtered. Enable it first.`];
      const told = [planText(plan), work.rule, ...disabled].join(' ');
      const json = { ok: true, ...about, wanted, fired: 0, done: false };
      if (options.plan) return { ok: true, json, text: `${told}\n${wanted} would be looked at.` };
      if (wanted === 0) return { ok: true, json, text: `${told}\nThere is nothing to do.` };
      if (!options.yes) {
        if (options.json || !canAsk()) return unasked(json, told, wanted);
        if (!(await confirmed(`${told}\nLook at ${wanted} of them?`))) {
          return { ok: true, json, text: 'Nothing was done.' };
        }
      }
      const done = await tellIfSlow('reading Halo …', work.fire(parts, trigger));
      await audit(store.db, LOCAL, {
        action: work.action,
        object: `trigger ${id}`,
        organization: trigger.organization,
        after: { records: plan.records, fired: done.fired },
      });
      const who = hasResident() ? 'They run now' : 'They run once `haloflow start` does';
      return {
        ok: true,
        json: { ...json, fired: done.fired, done: true },
        text: `${options.yes ? `${told}\n` : ''}${done.fired} are waiting to be looked at. ${who}: haloflow events list --trigger ${id}`,
      };
    });
  });
}

function unasked(json: object, told: string, wanted: number): Outcome {
  const message = `nothing was done: add --yes to have ${wanted} looked at`;
  return {
    ok: false,
    json: { ...json, ok: false, error: { type: 'ConfigurationError', message } },
    text: told,
    complaint: `ConfigurationError: ${message}`,
  };
}
