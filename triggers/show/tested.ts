/** What would become of a trigger's latest records; nothing is started, nothing is written. */
import { isOwnCreate } from '../../calls/ownWrites.ts';
import { haloOf } from '../../organizations/halo.ts';
import type { Configuration } from '../../organizations/types.ts';
import { evaluateCriteria } from '../criteria/evaluate.ts';
import { decide } from '../dispatch/decide.ts';
import type { Verdict } from '../dispatch/decide.ts';
import { recordEvent } from '../dispatch/subject.ts';
import { recordKey } from '../events.ts';
import { previewTickets } from '../feeds/preview.ts';
import type { Preview } from '../feeds/preview.ts';
import type { Rewinding } from '../feeds/rewind.ts';
import type { Trigger } from '../types.ts';

/** What would become of one record. */
export interface Tested extends Pick<Preview, 'kind' | 'id'> {
  readonly summary: string;
  readonly verdict: Verdict;
}

export interface Testing extends Rewinding {
  /** Stands before workflow ids on this installation's queues. */
  readonly idPrefix: string;
}

/** The same, as documents show it. */
export interface TestedTicket extends Omit<Tested, 'verdict'>, Pick<Verdict, 'status' | 'reason' | 'about'> {
  readonly organization: string | null;
  readonly workflowId: string | null;
  readonly predicates: Verdict['outcome']['predicates'];
}

export const testedDocument = ({ kind, id, summary, verdict }: Tested): TestedTicket => ({
  kind,
  id,
  summary,
  status: verdict.status,
  reason: verdict.reason,
  about: verdict.about,
  organization: verdict.organization,
  workflowId: verdict.workflowId,
  predicates: verdict.outcome.predicates,
});

/**
 * The latest `limit` records of the trigger, newest first, each with what would become of it if the trigger were enabled.
 *
 * @throws ConfigurationError for a trigger that takes no records from a feed, else what Halo's client throws.
 */
export async function testTrigger(
  parts: Testing,
  trigger: Trigger,
  limit: number,
): Promise<readonly Tested[]> {
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
        verdict: asNamed(verdictOn(configuration, trigger, { preview, own }), parts.idPrefix),
      };
    }),
  );
}

async function isOwn(parts: Testing, configuration: Configuration, preview: Preview): Promise<boolean> {
  const connection = configuration.connections.find(({ id }) => id === preview.connection);
  return (
    connection !== undefined &&
    isOwnCreate(parts.store, haloOf(configuration, connection).nameOf(preview.id), '/Tickets', preview.id)
  );
}

/** Under the workflow id that it has on this installation's queues. */
function asNamed(verdict: Verdict, idPrefix: string): Verdict {
  const { workflowId } = verdict;
  return workflowId === null ? verdict : { ...verdict, workflowId: idPrefix + workflowId };
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
