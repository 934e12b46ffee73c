/** Why Temporal refused what a workflow asked for, as its history has it. */

/**
 * Temporal's causes that are in the commands themselves, so that another try is refused as well: BAD_…_ATTRIBUTES of each
 * kind, BAD_SIGNAL_INPUT_SIZE, SCHEDULE_ACTIVITY_DUPLICATE_ID, FEATURE_DISABLED.
 */
const IN_THE_COMMANDS: ReadonlySet<unknown> = new Set([
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 19, 22, 23, 25, 32, 34, 35,
]);

/** An event of a history, as far as it is used here. */
export interface HistoryEvent {
  readonly workflowTaskCompletedEventAttributes?: object | null;
  readonly workflowTaskFailedEventAttributes?: {
    readonly cause?: number | null;
    readonly failure?: { readonly message?: string | null } | null;
  } | null;
}

/**
 * What Temporal said when it refused the last answer, from the latest events, newest first; null when a task has completed
 * since, and when it failed for another reason.
 */
export function refusalIn(events: readonly HistoryEvent[]): string | null {
  const last = events.find(
    (event) => event.workflowTaskFailedEventAttributes ?? event.workflowTaskCompletedEventAttributes,
  );
  const { cause, failure } = last?.workflowTaskFailedEventAttributes ?? {};
  if (!IN_THE_COMMANDS.has(cause)) return null;
  return `Temporal refuses what the workflow asks for: ${failure?.message ?? 'it does not say why'}`;
}
