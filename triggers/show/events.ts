/** Events as the documents that the API and `--json` show. */
import { moment } from '../../moments.ts';
import type { ListedEvent } from '../dispatch/list.ts';

export interface EventDocument extends Pick<
  ListedEvent,
  | 'id'
  | 'trigger'
  | 'key'
  | 'source'
  | 'status'
  | 'reason'
  | 'connection'
  | 'record'
  | 'organization'
  | 'outcome'
  | 'workflowId'
  | 'attempts'
  | 'repeats'
  | 'firedBy'
> {
  /** Of an event that was accepted. */
  readonly run: string | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
  readonly dueAt: string | null;
}

/** Without the payload, which is the run's input and may be large. */
export const eventDocument = (event: ListedEvent): EventDocument => ({
  id: event.id,
  trigger: event.trigger,
  key: event.key,
  source: event.source,
  status: event.status,
  reason: event.reason,
  connection: event.connection,
  record: event.record,
  organization: event.organization,
  outcome: event.outcome,
  run: event.status === 'accepted' ? event.run : null,
  workflowId: event.workflowId,
  attempts: event.attempts,
  createdAt: moment(event.createdAt),
  decidedAt: event.decidedAt && moment(event.decidedAt),
  dueAt: event.status === 'pending' ? moment(event.dueAt) : null,
  repeats: event.repeats,
  firedBy: event.firedBy,
});
