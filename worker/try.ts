import { cancellationDetails, cancellationSignal } from '@temporalio/activity';
import type { Info } from '@temporalio/activity';
import type { Action, Effect } from '../actions/types.ts';
import { endCall, endWrite } from '../calls/endings.ts';
import { actionSeconds } from '../calls/metrics.ts';
import type { EndedCall, EndedWrite } from '../calls/endings.ts';
import { beginCall } from '../calls/record.ts';
import type { BegunCall } from '../calls/record.ts';
import { HaloConnectionError, HaloOutcomeUnknownError } from '../errors.ts';
import type { Budget } from '../halo/types.ts';
import type { Decision } from '../organizations/types.ts';
import type { CallRequest } from '../sdk/options.ts';
import type { Store } from '../store/store.ts';
import {
  DEFAULT_ATTEMPTS,
  describeError,
  describeToAuthor,
  isFinal,
  isStoreAway,
  isUnexpected,
  toFailure,
} from './failure.ts';
import { log } from './log.ts';
import { withinLimit } from './withinLimit.ts';
import { currentRun } from './runHeader.ts';

export interface TryOptions {
  readonly store: Store;
  readonly info: Info;
  readonly action: Action;
  readonly request: CallRequest;
}

/** One try of a call: how far it has come, and what the record says of it. */
export class Try {
  /** Stable over the tries of a call. */
  readonly key: string;
  /** Ends with the activity: cancelled, timed out, or its worker is shutting down. */
  readonly signal: AbortSignal = cancellationSignal();
  /** Set when it is known whose credentials are used. */
  decision: Decision | undefined;
  /** Set when the input is known to be valid. */
  effect: Effect = 'read';

  readonly #options: TryOptions;
  readonly #started = performance.now();
  #begun: BegunCall | undefined;
  /** Tries that have reached Halo, or failed of a bug before they did; this one included. */
  #reached = 0;
  #granted = false;
  #sent = false;
  /** What became of a write, to be recorded together with the end of the try. */
  #write: EndedWrite | null = null;

  constructor(options: TryOptions) {
    this.#options = options;
    const { workflowExecution, activityId } = options.info;
    this.key = `${workflowExecution?.workflowId}/${workflowExecution?.runId}/${activityId}`;
  }

  /**
   * Opens the call's row and reads the run it belongs to.
   *
   * @throws ConfigurationError when the run was not started through haloflow.
   */
  async begin(): Promise<BegunCall> {
    const { store, info, action, request } = this.#options;
    this.#begun = await beginCall(store, {
      key: this.key,
      attempt: info.attempt,
      run: currentRun()?.run,
      action: action.id,
      extra: Object.keys(request.extra ?? {}),
    });
    this.#reached = this.#begun.attempts;
    return this.#begun;
  }

  /** For whom the call is made. */
  get organization(): string {
    return this.#options.request.as ?? this.#begun?.run.organization ?? '';
  }

  /** How many tries may reach Halo. */
  get allowed(): number {
    return this.#options.request.attempts ?? DEFAULT_ATTEMPTS;
  }

  /** Whether this try holds a grant: from then on it waits inside the activity. */
  get isGranted(): boolean {
    return this.#granted;
  }

  get isWrite(): boolean {
    return this.effect !== 'read';
  }

  /** The budget, whose first grant makes this a try that reached Halo. */
  counting(budget: Budget): Budget {
    return {
      take: async () => {
        const grant = await budget.take();
        if (!this.#granted) this.#reached += 1;
        this.#granted = true;
        return grant;
      },
    };
  }

  /** By Temporal's count. */
  get number(): number {
    return this.#options.info.attempt;
  }

  /** Tries that have reached Halo, this one included. */
  get reached(): number {
    return this.#reached;
  }

  /** No try was left when this one began: as when each before it killed its worker. */
  get isSpent(): boolean {
    return (this.#begun?.attempts ?? 0) >= this.allowed;
  }

  /** Whether another may reach Halo after this one. */
  get isLast(): boolean {
    return this.#reached >= this.allowed;
  }

  get isInterrupted(): boolean {
    return this.signal.aborted;
  }

  /** Milliseconds until the time limit of the call, over all its attempts. */
  get leftMs(): number {
    const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = this.#options.info;
    return scheduledTimestampMs + scheduleToCloseTimeoutMs - Date.now();
  }

  /** Interrupted, and nobody will go on. */
  get isOver(): boolean {
    if (!this.signal.aborted) return false;
    return cancellationDetails()?.cancelRequested === true || this.leftMs <= 0;
  }

  /** For a call of which every try ended without a word. */
  noResult(): HaloConnectionError {
    return new HaloConnectionError(
      `${this.#options.action.id} (connection ${this.#begun?.connection}): no try came back with a result, as if each had ended its worker; look at the workers' logs`,
    );
  }

  /** A request is about to go out. */
  sending(): void {
    this.#sent = true;
  }

  /** A write is over: recorded at once with `flush`, otherwise with the end of the try. */
  async ended(write: EndedWrite, { flush = false }: { readonly flush?: boolean } = {}): Promise<void> {
    if (flush) return await endWrite(this.#options.store, write);
    if (this.#write) await endWrite(this.#options.store, this.#write);
    this.#write = write;
  }

  /** The call is over. */
  async succeeded(): Promise<void> {
    await this.#end({ status: 'ok', error: null });
  }

  /** Records why the try ended without a result, and returns what the activity is to throw. */
  async failed(thrown: unknown): Promise<unknown> {
    const error = withinLimit(thrown, this.leftMs);
    this.#count(error);
    const tries = { reached: this.#reached, allowed: this.allowed };
    if (this.#isInterruption(error)) {
      const outcome = this.#interruption();
      await this.#end(outcome);
      return error;
    }
    const { name, message } = describeToAuthor(error);
    await this.#end({
      status: isFinal(error, tries) ? 'failed' : 'waiting',
      error: { type: name, message },
    });
    return toFailure(error, tries);
  }

  /**
   * A bug spends a try, also where it kept Halo from being reached; a grant not used since Postgres was away does not.
   */
  #count(error: unknown): void {
    if (!this.#begun || this.#sent) return;
    if (isStoreAway(error)) this.#reached = this.#begun.attempts;
    else if (isUnexpected(error) && !this.#isInterruption(error)) this.#reached = this.#begun.attempts + 1;
  }

  #isInterruption(error: unknown): boolean {
    return this.signal.aborted && error === this.signal.reason;
  }

  /** What an interruption means for the call; null when the record belongs to the try that took this one's place. */
  #interruption(): Pick<EndedCall, 'status' | 'error'> | null {
    const { cancelRequested, timedOut, notFound } = cancellationDetails() ?? {};
    const failed = (type: string, message: string) =>
      ({ status: 'failed', error: { type, message } }) as const;
    if (cancelRequested) return failed('CancelledFailure', 'the run was cancelled');
    if (this.leftMs <= 0) {
      return failed('TimeoutFailure', 'no result within the time limits of the call');
    }
    return timedOut || notFound ? null : { status: 'waiting', error: null };
  }

  /** For a write that ended without an answer of Halo's and without an error that says why. */
  outcomeUnknown(cause: unknown): HaloOutcomeUnknownError {
    const why = this.#isInterruption(cause)
      ? 'interrupted after the request was sent'
      : `failed after the request was sent (${describeToAuthor(cause).message})`;
    return new HaloOutcomeUnknownError(
      `${this.#options.action.id} (connection ${this.decision?.connection.id}): ${why}, so it may have happened; look in Halo before you run it again`,
      { cause },
    );
  }

  #facts(): Pick<EndedCall, 'key' | 'attempt' | 'connection' | 'because' | 'attempts'> {
    const { connection, because } = this.decision ?? { connection: null, because: null };
    return {
      key: this.key,
      attempt: this.#options.info.attempt,
      connection: connection?.id ?? null,
      because,
      attempts: this.#reached,
    };
  }

  /** What became of the call stands, even where it cannot be recorded. Null: the record is a later try's. */
  async #end(outcome: Pick<EndedCall, 'status' | 'error'> | null): Promise<void> {
    if (!this.#begun) return;
    const { store } = this.#options;
    const durationMs = Math.round(performance.now() - this.#started);
    try {
      if (outcome) {
        actionSeconds.observe(
          { action: this.#options.action.id, outcome: outcome.status },
          durationMs / 1000,
        );
        const call = { ...this.#facts(), organization: this.organization, durationMs, ...outcome };
        await endCall(store, call, this.#write);
      } else if (this.#write) await endWrite(store, this.#write);
    } catch (error) {
      log.error({ call: this.key, error: describeError(error) }, 'the end of a call could not be recorded');
    }
  }
}
