import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { EVENTS_CHANNEL } from '../triggers/events.ts';
import { listen } from '../triggers/listen.ts';
import { wakeUp } from '../triggers/wakeUp.ts';
import type { Dispatching } from '../triggers/dispatch/dispatching.ts';
import { keepDispatching } from '../triggers/dispatch/keepDispatching.ts';
import { again, heartbeating } from './feedPoll.ts';
import { describeError } from './failure.ts';

/** One attempt, so that a worker that is to stop, or a newer one, gets its turn. */
const ATTEMPT_MS = 5 * 60_000;
const AFTER_ERROR_MS = 1_000;

/** The activity `inbox.dispatch`: dispatches what is due, waits for more, and fails benignly now and then. */
export function createInboxDispatch(parts: Dispatching): () => Promise<void> {
  return async function inboxDispatch() {
    const signal = cancellationSignal();
    const news = wakeUp();
    const listener = listen(parts.store, EVENTS_CHANNEL, news.wake);
    const until = performance.now() + ATTEMPT_MS;
    try {
      await heartbeating(() =>
        keepDispatching(parts, { signal, until, news, onProgress: () => heartbeat() }),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const { name, message } = describeError(error);
      throw again(name, message, AFTER_ERROR_MS);
    } finally {
      await listener.close();
    }
    throw again('InboxWaits', 'waiting for events', 1);
  };
}
