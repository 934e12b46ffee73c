/** The system workflow of one feed: keeps its poll going, and writes nothing to its history while it does. */
import {
  ActivityCancellationType,
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  defineUpdate,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { KEEPS_GOING } from '../keepsGoing.ts';

export interface FeedInput {
  readonly connection: string;
  readonly kind: 'tickets' | 'projects' | 'opportunities';
  /** For readers of the history; the poll itself asks Postgres. */
  readonly everySeconds: number | null;
  /** Of the configuration that this is from. */
  readonly version: number;
}

interface FeedActivities {
  /** Polls and fails benignly, to be tried again after the interval; returns once no enabled trigger needs the feed. */
  'feed.poll'(input: FeedInput): Promise<void>;
}

/** The feed's triggers have changed: the poll under way ends, and the next one goes by what it finds. */
export const configureFeed = defineUpdate<void, [FeedInput]>('configure');

const { 'feed.poll': poll } = proxyActivities<FeedActivities>({
  // A poll after a long outage reads many pages and waits for the rate budget between them.
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5 seconds',
  // Otherwise two polls would overlap.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: KEEPS_GOING,
});

export async function feed(input: FeedInput): Promise<void> {
  let configuration = input;
  let reconfigured = false;
  let scope = new CancellationScope();
  setHandler(configureFeed, (next) => {
    // What the workflow was started with.
    if (next.version === configuration.version) return;
    configuration = next;
    reconfigured = true;
    scope.cancel();
  });
  for (;;) {
    scope = new CancellationScope();
    reconfigured = false;
    try {
      await scope.run(() => poll(configuration));
      if (!reconfigured) return;
    } catch (error) {
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('the feed was stopped');
      // A benign failure of the attempt that was cancelled arrives as that failure, not as a cancellation.
      if (!reconfigured) throw error;
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof feed>(configuration);
  }
}
