/** Runs as the documents that the API and `--json` show. */
import { moment } from '../../moments.ts';
import type { Kept, RunDetails } from '../runDetails.ts';
import type { ListedRun } from '../runs.ts';

export interface ShownError {
  readonly type: string;
  readonly message: string;
}

export interface RunDocument extends Pick<
  ListedRun,
  | 'id'
  | 'workflow'
  | 'workflowId'
  | 'organization'
  | 'owner'
  | 'trigger'
  | 'event'
  | 'startedBy'
  | 'rerunOf'
  | 'status'
> {
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** Null while it is under way. */
  readonly durationMs: number | null;
  readonly error: ShownError | null;
}

/** A call of a run, with the connection it used and why that one. */
export interface CallDocument {
  readonly action: string;
  readonly organization: string;
  readonly connection: string | null;
  readonly because: string | null;
  readonly attempts: number;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly result: unknown;
  readonly error: ShownError | null;
}

/** The calls of a run that are alike: same action, organization and connection. */
interface ActionDocument extends Pick<
  CallDocument,
  'action' | 'organization' | 'connection' | 'because' | 'attempts'
> {
  readonly calls: number;
  /** How many calls there are of each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Each different error once, the commonest first. */
  readonly errors: readonly (ShownError & { readonly calls: number })[];
}

export interface PendingDocument {
  readonly action: string;
  readonly attempt: number;
  readonly nextAttemptAt: string | null;
  readonly lastError: string | null;
}

export interface RunDetailsDocument {
  readonly run: RunDocument & {
    readonly eventKey: string | null;
    readonly firedBy: string | null;
    readonly reruns: readonly string[];
    readonly overrides: unknown;
    readonly input: unknown;
    readonly result: unknown;
    /** Whether Temporal still had the result. */
    readonly resultKnown: boolean;
  };
  readonly actions: readonly ActionDocument[];
  readonly calls: readonly CallDocument[];
  readonly pending: readonly PendingDocument[];
}

interface Failing {
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}

const errorOf = ({ errorType, errorMessage }: Failing): ShownError | null =>
  errorType === null && errorMessage === null
    ? null
    : { type: errorType ?? 'Error', message: errorMessage ?? '' };

const valueOf = ({ known, value }: Kept): unknown => (known ? value : null);

export const runDocument = (run: ListedRun): RunDocument => ({
  id: run.id,
  workflow: run.workflow,
  workflowId: run.workflowId,
  organization: run.organization,
  owner: run.owner,
  trigger: run.trigger,
  event: run.event,
  startedBy: run.startedBy,
  rerunOf: run.rerunOf,
  status: run.status,
  startedAt: moment(run.startedAt),
  closedAt: run.closedAt && moment(run.closedAt),
  durationMs: run.closedAt && Math.max(0, run.closedAt.getTime() - run.startedAt.getTime()),
  error: errorOf(run),
});

export function runDetailsDocument(details: RunDetails): RunDetailsDocument {
  const { run, event, pending, reruns, result } = details;
  const calls = details.calls.map(({ call, result: answer }) => ({
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
  }));
  return {
    run: {
      ...runDocument(run),
      eventKey: event?.key ?? null,
      firedBy: event?.firedBy ?? null,
      reruns,
      overrides: run.overrides,
      input: run.input,
      result: valueOf(result),
      resultKnown: result.known,
    },
    actions: grouped(calls),
    calls,
    pending: pending.map(({ nextAttemptAt, ...rest }) => ({
      ...rest,
      nextAttemptAt: nextAttemptAt && moment(nextAttemptAt),
    })),
  };
}

type Decided = [action: string, organization: string, connection: string | null, because: string | null];

function grouped(calls: readonly CallDocument[]): ActionDocument[] {
  const alike = new Map<string, CallDocument[]>();
  for (const call of calls) {
    const { action, organization, connection, because } = call;
    const key = JSON.stringify([action, organization, connection, because]);
    const group = alike.get(key);
    if (group) group.push(call);
    else alike.set(key, [call]);
  }
  return [...alike].map(([key, group]) => {
    const [action, organization, connection, because] = JSON.parse(key) as Decided;
    return {
      action,
      organization,
      connection,
      because,
      calls: group.length,
      attempts: group.reduce((sum, { attempts }) => sum + attempts, 0),
      statuses: Object.fromEntries(counted(group.map(({ status }) => status))),
      errors: counted(group.flatMap(({ error }) => (error ? [JSON.stringify(error)] : []))).map(
        ([error, times]) => ({ ...(JSON.parse(error) as ShownError), calls: times }),
      ),
    };
  });
}

/** Each value with how often it is there, the commonest first. */
function counted(values: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
