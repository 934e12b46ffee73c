/** Which failed task of a history is the refusal of the last answer. */
import { refusalIn } from '../../worker/refusal.ts';
import type { HistoryEvent } from '../../worker/refusal.ts';

/** BAD_SEARCH_ATTRIBUTES. */
const refused: HistoryEvent = {
  workflowTaskFailedEventAttributes: { cause: 23, failure: { message: 'no mapping for Nope' } },
};
/** WORKFLOW_WORKER_UNHANDLED_FAILURE. */
const failed: HistoryEvent = { workflowTaskFailedEventAttributes: { cause: 14 } };
const completed: HistoryEvent = { workflowTaskCompletedEventAttributes: {} };
/** Any other event. */
const signalled: HistoryEvent = {};
const says = 'Temporal refuses what the workflow asks for: no mapping for Nope';

test.each<[string, readonly HistoryEvent[], string | null]>([
  ['the last task', [refused, completed], says],
  ['the last task, with a signal since', [signalled, refused, completed], says],
  ['a task before one that completed', [completed, refused], null],
  ['a task before one that failed for another reason', [failed, refused], null],
  ['no task', [completed], null],
  ['nothing', [], null],
])('refused is %s', (_what, newestFirst, reason) => {
  expect(refusalIn(newestFirst)).toBe(reason);
});
