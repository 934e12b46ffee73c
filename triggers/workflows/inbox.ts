/** The system workflow behind the inbox: keeps events being dispatched, one at a time for an installation. */
import { proxyActivities } from '@temporalio/workflow';
import { KEEPS_GOING } from '../keepsGoing.ts';

interface InboxActivities {
  /** Dispatches and waits for more; fails benignly now and then, to be tried again at once. */
  'inbox.dispatch'(): Promise<void>;
}

const { 'inbox.dispatch': dispatch } = proxyActivities<InboxActivities>({
  startToCloseTimeout: '1 hour',
  // What a killed worker costs.
  heartbeatTimeout: '5 seconds',
  retry: KEEPS_GOING,
});

export async function inbox(): Promise<void> {
  await dispatch();
}
