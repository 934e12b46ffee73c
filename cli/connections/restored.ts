/** The command `haloflow connections restored`: prints the effects, asks, and then reports the restore. */
import { withApi } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { canAsk, confirmed } from '../prompt.ts';
import { tellIfSlow } from '../slow.ts';

export interface RestoredOptions {
  readonly since?: Date;
  readonly first?: number;
  readonly otherDatabase?: boolean;
  readonly plan?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Answer {
  readonly done: boolean;
  readonly halo: string;
  readonly connections: readonly string[];
  readonly generation: number;
  readonly firstId: number;
  readonly otherDatabase: boolean;
  readonly since: string;
  readonly records: number;
  readonly wentBack: { readonly generation: number; readonly firstId: number; readonly at: string } | null;
}

export async function restored(id: string, options: RestoredOptions): Promise<Outcome> {
  return await withApi(async (api) => {
    const ask = (body: object): Promise<Answer> =>
      tellIfSlow(
        'reading Halo …',
        api.call<Answer>({
          method: 'POST',
          path: `/connections/${encodeURIComponent(id)}/restored`,
          body: {
            since: options.since?.toISOString(),
            firstId: options.first,
            otherDatabase: options.otherDatabase ?? false,
            ...body,
          },
        }),
      );
    const plan = await unlessInterrupted(ask({ plan: true }));
    const told = `${textOf(plan)}\n${knownText(plan)}`;
    const json = { ok: true, connection: id, ...plan };
    if (options.plan) return { ok: true, json, text: `${told}\nNothing was done.` };
    if (!options.yes) {
      if (options.json || !canAsk()) return unasked(json, told);
      if (!(await confirmed(`${told}\nWas it restored?`))) {
        return { ok: true, json, text: 'Nothing was done.' };
      }
    }
    // What was agreed to: more may have been made since.
    const done = await ask({ since: plan.since, ...(plan.otherDatabase ? {} : { firstId: plan.firstId }) });
    return {
      ok: true,
      json: { ok: true, connection: id, ...done },
      text: `${textOf(done)}\nDone. Feeds read again from there; haloflow events list shows the result.`,
    };
  });
}

function textOf(plan: Answer): string {
  const { halo, connections, generation, firstId, otherDatabase, since, records } = plan;
  const what = otherDatabase
    ? `${halo} has a different database: records created before ${since} start no runs`
    : `${halo} was restored: tickets, projects and opportunities from id ${firstId} on are new, those below stay as they were`;
  return [
    `${what}.`,
    `${records} of them ${records === 1 ? 'exists' : 'exist'} already, created since ${since}; the new generation is ${generation}.`,
    `This applies to ${connections.join(', ')}.`,
  ].join('\n');
}

/** What was known without this report. */
function knownText({ wentBack, generation }: Answer): string {
  if (wentBack === null) return 'So far haloflow has not noticed that this Halo went back.';
  const { generation: known, firstId, at } = wentBack;
  return [
    `haloflow has known since ${at} that this Halo went back: records from id ${firstId} on belong to generation ${known}.`,
    known === generation ? 'This report is about the same restore.' : 'This report is about a later restore.',
  ].join(' ');
}

function unasked(json: object, told: string): Outcome {
  const message = 'nothing was changed: pass --yes to report the restore';
  return {
    ok: false,
    json: { ...json, ok: false, error: { type: 'ConfigurationError', message } },
    text: told,
    complaint: `ConfigurationError: ${message}`,
  };
}
