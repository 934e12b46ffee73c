/** One run as a page for a terminal, and as a document. */
import type { CallDetails, Kept, PendingCall, RunDetails } from '../../triggers/runDetails.ts';
import type { RunRow } from '../../triggers/runs.ts';
import { facts } from '../facts.ts';
import { table } from '../table.ts';
import { moment, span } from '../when.ts';
import { runDocument, took } from './list.ts';
import { shortId } from './shortId.ts';

/** Of an answer in the table; `--json` has all of it. */
const LONGEST_ANSWER = 60;

type Call = CallDetails['call'];

const errorOf = ({ errorType, errorMessage }: Call | RunRow): { type: string; message: string } | null =>
  errorType === null && errorMessage === null
    ? null
    : { type: errorType ?? 'Error', message: errorMessage ?? '' };

const valueOf = ({ known, value }: Kept): unknown => (known ? value : null);

export function detailsDocument({ run, event, calls, pending, reruns, result }: RunDetails): object {
  return {
    run: {
      ...runDocument(run),
      eventKey: event?.key ?? null,
      firedBy: event?.firedBy ?? null,
      reruns,
      overrides: run.overrides,
      input: run.input,
      result: valueOf(result),
    },
    calls: calls.map(({ call, result: answer }) => ({
      action: call.action,
      organization: call.organization,
      connection: call.connection,
      because: call.because,
      attempts: call.attempts,
      status: call.status,
      startedAt: moment(call.startedAt),
      durationMs: call.durationMs,
      result: valueOf(answer),
      error: errorOf(call),
    })),
    pending: pending.map(({ nextAttemptAt, ...rest }) => ({
      ...rest,
      nextAttemptAt: nextAttemptAt && moment(nextAttemptAt),
    })),
  };
}

function answer({ call, result }: CallDetails): string {
  const error = errorOf(call);
  if (error) return `${error.type}: ${error.message}`;
  if (!result.known) return '-';
  const text = JSON.stringify(result.value) ?? '-';
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
}

function callTable(calls: readonly CallDetails[]): string {
  const rows = calls.map((details) => {
    const { action, organization, connection, because, attempts, durationMs, status } = details.call;
    return [
      action,
      organization,
      connection ?? '-',
      because ?? '-',
      attempts,
      durationMs === null ? '-' : span(durationMs),
      status,
      answer(details),
    ];
  });
  return table(
    ['action', 'organization', 'connection', 'because', 'tries', 'took', 'status', 'result or error'],
    rows,
  );
}

function pendingTable(pending: readonly PendingCall[]): string {
  const rows = pending.map(({ action, attempt, nextAttemptAt, lastError }) => [
    action,
    attempt,
    nextAttemptAt === null ? 'now' : moment(nextAttemptAt),
    lastError ?? '-',
  ]);
  return `Under way\n\n${table(['action', 'try', 'when', 'last error'], rows)}`;
}

function ending({ run, result }: RunDetails): readonly string[] {
  const error = errorOf(run);
  if (error) return [`Error\n\n${error.type}: ${error.message}`];
  if (run.status !== 'completed') return [];
  if (!result.known) return ['Result\n\nTemporal keeps it no longer.'];
  return [`Result\n\n${JSON.stringify(result.value, null, 2) ?? 'none'}`];
}

function startOf({ run, event }: RunDetails): string {
  const by = run.trigger === null ? run.startedBy : `trigger ${run.trigger}`;
  const about = event === null ? '' : `, event ${event.id} (${event.key})`;
  const firedBy = event?.firedBy ? `, fired by run ${shortId(event.firedBy)}` : '';
  return `${moment(run.startedAt)} by ${by}${about}${firedBy}`;
}

export function detailsPage(details: RunDetails, now: Date): string {
  const { run, calls, pending, reruns } = details;
  const main = facts([
    ['run', run.id],
    ['workflow', run.workflow],
    ['workflow id', run.workflowId],
    [
      'organization',
      run.owner === run.organization ? run.organization : `${run.organization} (owner ${run.owner})`,
    ],
    ['started', startOf(details)],
    ['status', `${run.status}, ${run.closedAt === null ? 'for' : 'after'} ${took(run, now)}`],
    ...(run.rerunOf === null ? [] : [['repeats', `run ${shortId(run.rerunOf)}`] as const]),
    ...(reruns.length === 0 ? [] : [['repeated by', reruns.map(shortId).join(', ')] as const]),
    ['overrides', JSON.stringify(run.overrides)],
  ]);
  return [
    main,
    calls.length === 0 ? 'No actions.' : callTable(calls),
    ...(pending.length === 0 ? [] : [pendingTable(pending)]),
    `Input\n\n${JSON.stringify(run.input, null, 2)}`,
    ...ending(details),
  ].join('\n\n');
}
