/** One run as a page for a terminal, and as a document. */
import type { calls } from '../../store/schema/runs.ts';
import type { RunRow } from '../../triggers/runs.ts';
import { facts } from '../facts.ts';
import { table } from '../table.ts';
import { moment, span } from '../when.ts';
import { shortId } from './shortId.ts';
import { runDocument, took } from './list.ts';

export type CallRow = typeof calls.$inferSelect;

export interface RunDetails {
  readonly run: RunRow;
  /** In the order in which they began. */
  readonly calls: readonly CallRow[];
  /** Runs that repeat it. */
  readonly reruns: readonly string[];
  /** What the workflow returned, once it has completed; `known` is false when Temporal keeps it no longer. */
  readonly result: { readonly known: boolean; readonly value: unknown };
}

const errorOf = ({ errorType, errorMessage }: CallRow | RunRow): { type: string; message: string } | null =>
  errorType === null && errorMessage === null
    ? null
    : { type: errorType ?? 'Error', message: errorMessage ?? '' };

export function detailsDocument({ run, calls, reruns, result }: RunDetails): object {
  return {
    run: { ...runDocument(run), reruns, overrides: run.overrides, input: run.input, result: result.value },
    calls: calls.map((call) => ({
      action: call.action,
      organization: call.organization,
      connection: call.connection,
      because: call.because,
      attempts: call.attempts,
      status: call.status,
      startedAt: moment(call.startedAt),
      durationMs: call.durationMs,
      error: errorOf(call),
    })),
  };
}

function callTable(calls: readonly CallRow[]): string {
  const rows = calls.map((call) => {
    const error = errorOf(call);
    return [
      call.action,
      call.organization,
      call.connection ?? '-',
      call.because ?? '-',
      call.attempts,
      call.durationMs === null ? '-' : span(call.durationMs),
      error === null ? call.status : `${call.status}: ${error.type}: ${error.message}`,
    ];
  });
  return table(['action', 'organization', 'connection', 'because', 'tries', 'took', 'status'], rows);
}

function ending({ run, result }: RunDetails): readonly string[] {
  const error = errorOf(run);
  if (error) return [`Error\n\n${error.type}: ${error.message}`];
  if (run.status !== 'completed') return [];
  if (!result.known) return ['Result\n\nTemporal keeps it no longer.'];
  return [`Result\n\n${JSON.stringify(result.value, null, 2) ?? 'none'}`];
}

export function detailsPage(details: RunDetails, now: Date): string {
  const { run, calls, reruns } = details;
  const startedBy = run.trigger === null ? run.startedBy : `trigger ${run.trigger}`;
  const main = facts([
    ['run', run.id],
    ['workflow', run.workflow],
    ['workflow id', run.workflowId],
    [
      'organization',
      run.owner === run.organization ? run.organization : `${run.organization} (owner ${run.owner})`,
    ],
    [
      'started',
      `${moment(run.startedAt)} by ${startedBy}${run.event === null ? '' : `, event ${run.event}`}`,
    ],
    ['status', `${run.status}, ${run.closedAt === null ? 'for' : 'after'} ${took(run, now)}`],
    ...(run.rerunOf === null ? [] : [['repeats', `run ${shortId(run.rerunOf)}`] as const]),
    ...(reruns.length === 0 ? [] : [['repeated by', reruns.map(shortId).join(', ')] as const]),
    ['overrides', JSON.stringify(run.overrides)],
  ]);
  return [
    main,
    calls.length === 0 ? 'No actions.' : callTable(calls),
    `Input\n\n${JSON.stringify(run.input, null, 2)}`,
    ...ending(details),
  ].join('\n\n');
}
