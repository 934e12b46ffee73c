/** One run as a page for a terminal. */
import type {
  CallDocument,
  PendingDocument,
  RunDetailsDocument,
  ShownError,
} from '../../triggers/show/runs.ts';
import { facts } from '../facts.ts';
import { table } from '../table.ts';
import { span } from '../when.ts';
import { took } from './list.ts';
import { shortId } from './shortId.ts';

/** Of an answer in the table; `--json` has all of it. */
const LONGEST_ANSWER = 60;

const errorText = ({ type, message }: ShownError): string => `${type}: ${message}`;

function answer({ status, result, error }: CallDocument): string {
  if (error) return errorText(error);
  // What Temporal keeps no longer looks like an answer of nothing.
  if (result === null || status !== 'ok') return '-';
  const text = JSON.stringify(result);
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
}

function callTable(calls: readonly CallDocument[]): string {
  const rows = calls.map((call) => [
    call.action,
    call.organization,
    call.connection ?? '-',
    call.because ?? '-',
    call.attempts,
    call.durationMs === null ? '-' : span(call.durationMs),
    call.status,
    answer(call),
  ]);
  return table(
    ['action', 'organization', 'connection', 'because', 'tries', 'took', 'status', 'result or error'],
    rows,
  );
}

function pendingTable(pending: readonly PendingDocument[]): string {
  const rows = pending.map(({ action, attempt, nextAttemptAt, lastError }) => [
    action,
    attempt,
    nextAttemptAt ?? 'now',
    lastError ?? '-',
  ]);
  return `Under way\n\n${table(['action', 'try', 'when', 'last error'], rows)}`;
}

function ending({ status, error, result, resultKnown }: RunDetailsDocument['run']): readonly string[] {
  if (error) return [`Error\n\n${errorText(error)}`];
  if (status !== 'completed') return [];
  if (!resultKnown) return ['Result\n\nTemporal keeps it no longer.'];
  return [`Result\n\n${JSON.stringify(result, null, 2) ?? 'none'}`];
}

function startOf(run: RunDetailsDocument['run']): string {
  const by = run.trigger === null ? run.startedBy : `trigger ${run.trigger}`;
  const about = run.eventKey === null ? '' : `, event ${run.event} (${run.eventKey})`;
  const firedBy = run.firedBy ? `, fired by run ${shortId(run.firedBy)}` : '';
  return `${run.startedAt} by ${by}${about}${firedBy}`;
}

export function detailsPage({ run, calls, pending }: RunDetailsDocument, now: Date): string {
  const main = facts([
    ['run', run.id],
    ['workflow', run.workflow],
    ['workflow id', run.workflowId],
    [
      'organization',
      run.owner === run.organization ? run.organization : `${run.organization} (owner ${run.owner})`,
    ],
    ['started', startOf(run)],
    ['status', `${run.status}, ${run.closedAt === null ? 'for' : 'after'} ${took(run, now)}`],
    ...(run.rerunOf === null ? [] : [['repeats', `run ${shortId(run.rerunOf)}`] as const]),
    ...(run.reruns.length === 0 ? [] : [['repeated by', run.reruns.map(shortId).join(', ')] as const]),
    ['overrides', JSON.stringify(run.overrides)],
  ]);
  return [
    main,
    calls.length === 0 ? 'No actions.' : callTable(calls),
    ...(pending.length === 0 ? [] : [pendingTable(pending)]),
    `Input\n\n${JSON.stringify(run.input, null, 2)}`,
    ...ending(run),
  ].join('\n\n');
}
