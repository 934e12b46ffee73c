import { isOwnCreate } from '../../calls/ownWrites.ts';
import { hostOf } from '../../organizations/host.ts';
import type { Configuration } from '../../organizations/types.ts';
import { evaluateCriteria } from '../../triggers/criteria/evaluate.ts';
import { decide } from '../../triggers/dispatch/decide.ts';
import type { Verdict } from '../../triggers/dispatch/decide.ts';
import { recordEvent } from '../../triggers/dispatch/subject.ts';
import { recordKey } from '../../triggers/events.ts';
import { previewTickets } from '../../triggers/feeds/preview.ts';
import type { Preview } from '../../triggers/feeds/preview.ts';
import { idPrefix } from '../../triggers/start.ts';
import { taskQueues } from '../../worker/queues.ts';
import type { Trigger } from '../../triggers/types.ts';
import { demandLocal } from '../api.ts';
import { withHalo } from '../dispatching.ts';
import type { Looking } from '../dispatching.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { tellIfSlow } from '../slow.ts';
import { findTrigger } from './find.ts';
import { testPage } from './testPage.ts';

const DEFAULT_TICKETS = 5;

/** What would become of one record. */
export interface Tested extends Pick<Preview, 'kind' | 'id'> {
  readonly summary: string;
  readonly verdict: Verdict;
}

/** What `haloflow triggers test` does. */
export async function tested(id: string, { limit = DEFAULT_TICKETS }: { limit?: number }): Promise<Outcome> {
  demandLocal('triggers test');
  return await withStore(async (store) => {
    const trigger = await findTrigger(store, id);
    const records = await withHalo(store, (parts) =>
      unlessInterrupted(tellIfSlow('waiting for Halo …', look(parts, trigger, limit))),
    );
    return {
      ok: true,
      json: {
        ok: true,
        trigger: { id, enabled: trigger.enabled, workflow: trigger.workflow },
        tickets: records.map(({ kind, id: ticket, summary, verdict }) => ({
          kind,
          id: ticket,
          summary,
          status: verdict.status,
          reason: verdict.reason,
          about: verdict.about,
          organization: verdict.organization,
          workflowId: verdict.workflowId,
          predicates: verdict.outcome.predicates,
        })),
      },
      text: testPage(trigger, records),
    };
  });
}

async function look(parts: Looking, trigger: Trigger, limit: number): Promise<readonly Tested[]> {
  const [configuration, previews] = await Promise.all([
    parts.configuration.current(),
    previewTickets(parts, trigger, limit),
  ]);
  return await Promise.all(
    previews.map(async (preview) => {
      const own = trigger.parameters['includeOwn'] !== true && (await isOwn(parts, configuration, preview));
      const { summary } = preview.record as { readonly summary?: unknown };
      return {
        kind: preview.kind,
        id: preview.id,
        summary: typeof summary === 'string' ? summary : '',
        verdict: asNamed(verdictOn(configuration, trigger, { preview, own })),
      };
    }),
  );
}

async function isOwn(parts: Looking, configuration: Configuration, preview: Preview): Promise<boolean> {
  const connection = configuration.connections.find(({ id }) => id === preview.connection);
  return connection !== undefined && isOwnCreate(parts.store, hostOf(connection), '/Tickets', preview.id);
}

/** Under the workflow id that it has on this installation's queues. */
function asNamed(verdict: Verdict): Verdict {
  const { workflowId } = verdict;
  return workflowId === null
    ? verdict
    : { ...verdict, workflowId: idPrefix({ taskQueue: taskQueues().runs }) + workflowId };
}

/** As if the trigger were enabled; for one that delivers batches, as if the record were alone in its batch. */
function verdictOn(
  configuration: Configuration,
  trigger: Trigger,
  { preview, own }: { readonly preview: Preview; readonly own: boolean },
): Verdict {
  const { kind, id, record, connection } = preview;
  const occurrence = {
    key: recordKey(kind, id),
    connection,
    organization: null,
    event: recordEvent(kind, record),
    own,
  };
  const enabled = { ...trigger, enabled: true };
  if (trigger.parameters['deliver'] !== 'batch') return decide(configuration, enabled, occurrence);
  const verdict = decide(configuration, { ...enabled, criteria: null }, occurrence);
  const outcome = evaluateCriteria(trigger.criteria, { record_count: 1, tickets: [record] });
  const alone = { ...verdict, outcome, workflowId: null };
  if (verdict.status !== 'accepted' || outcome.passes) return alone;
  return { ...alone, status: 'filtered', reason: `criteria: ${outcome.reason}` };
}
