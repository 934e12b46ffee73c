import type { Trigger } from '../../triggers/types.ts';
import { facts } from '../facts.ts';
import type { TestedTicket } from '../../triggers/show/tested.ts';

/** Of what a predicate found. */
const LONGEST_FOUND = 80;

function found(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}

function block(ticket: TestedTicket): string {
  const { kind, id, summary, status, reason, about, organization, workflowId, predicates } = ticket;
  const who = organization ?? about;
  return facts([
    [`${kind}/${id}`, summary],
    ['organization', who ?? '-'],
    ...predicates.map(
      (one) => [one.passes ? 'passes' : 'fails', `${one.predicate}, found ${found(one.found)}`] as const,
    ),
    ['would be', reason === null ? status : `${status}: ${reason}`],
    ...(workflowId === null ? [] : [['workflow id', workflowId] as const]),
  ]);
}

/** What would become of each record, newest first. */
export function testPage(
  trigger: Pick<Trigger, 'id' | 'enabled' | 'workflow'>,
  records: readonly TestedTicket[],
): string {
  const accepted = records.filter(({ status }) => status === 'accepted').length;
  const end = `${accepted} of ${records.length} would run ${trigger.workflow}. Nothing was started.`;
  const disabled = trigger.enabled ? [] : [`${trigger.id} is disabled: this is what it would do enabled.`];
  if (records.length === 0) return ['There are no tickets.', ...disabled].join('\n\n');
  return [...disabled, ...records.map(block), end].join('\n\n');
}
