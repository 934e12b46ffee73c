/** Records of the past: says how many first, asks, and only then fires them. */
import type { RewindPlan } from '../../triggers/feeds/rewind.ts';
import { withApi } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { canAsk, confirmed } from '../prompt.ts';
import { tellIfSlow } from '../slow.ts';

export interface PastOptions {
  /** Only say how many. */
  readonly plan?: boolean;
  /** Do not ask. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

export interface PastWork {
  readonly verb: 'rewind' | 'backfill';
  /** From where on, as the API takes it. */
  readonly body: Readonly<Record<string, unknown>>;
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

interface Answer extends RewindPlan {
  readonly enabled: boolean;
  readonly fired: number;
}

/** Plans, asks where somebody can be asked, and fires. */
export async function past(id: string, work: PastWork, options: PastOptions): Promise<Outcome> {
  return await withApi(async (api) => {
    const ask = (planOnly: boolean): Promise<Answer> =>
      tellIfSlow(
        'reading Halo …',
        api.call<Answer>({
          method: 'POST',
          path: `/triggers/${encodeURIComponent(id)}/${work.verb}`,
          body: { ...work.body, plan: planOnly },
        }),
      );
    const { enabled, fired: _none, ...plan } = await unlessInterrupted(ask(true));
    const wanted = work.wanted(plan);
    const disabled = enabled ? [] : [`${id} is disabled: each would be filtered. Enable it first.`];
    const told = [planText(plan), work.rule, ...disabled].join(' ');
    const json = { ok: true, trigger: id, ...plan, wanted, fired: 0, done: false };
    if (options.plan) return { ok: true, json, text: `${told}\n${wanted} would be looked at.` };
    if (wanted === 0) return { ok: true, json, text: `${told}\nThere is nothing to do.` };
    if (!options.yes) {
      if (options.json || !canAsk()) return unasked(json, told, wanted);
      if (!(await confirmed(`${told}\nLook at ${wanted} of them?`))) {
        return { ok: true, json, text: 'Nothing was done.' };
      }
    }
    const { fired } = await ask(false);
    const who = api.works === 'elsewhere' ? 'They run now' : 'They run once `haloflow start` does';
    return {
      ok: true,
      json: { ...json, fired, done: true },
      text: `${options.yes ? `${told}\n` : ''}${fired} are waiting to be looked at. ${who}: haloflow events list --trigger ${id}`,
    };
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
