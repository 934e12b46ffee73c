import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { EVENTS_CHANNEL } from '../triggers/events.ts';
import { listen } from '../triggers/listen.ts';
import { wakeUp } from '../triggers/wakeUp.ts';
import { dispatchEvents } from '../triggers/dispatch/dispatch.ts';
import type { Dispatching } from '../triggers/dispatch/dispatch.ts';
import { again, heartbeating } from './feedPoll.ts';
import { describeError } from './failure.ts';

/** Rows become due, and processes that insert may die before they say so. */
const LOOK_EVERY_MS = 2_000;
/** One attempt, so that a worker that is to stop, or a newer one, gets its turn. */
const ATTEMPT_MS = 5 * 60_000;
const AFTER_ERROR_MS = 1_000;

/** The activity `inbox.dispatch`: dispatches what is due, waits for more, and fails benignly now and then. */
export function createInboxDispatch(parts: Dispatching): () => Promise<void> {
  return async function inboxDispatch() {
    const signal = cancellationSignal();
    const { wake, wait } = wakeUp();
    const listener = listen(parts.store, EVENTS_CHANNEL, wake);
    const until = performance.now() + ATTEMPT_MS;
    let suspectFirst = false;
    try {
      await heartbeating(async () => {
        while (performance.now() < until) {
          signal.throwIfAborted();
          const rows = await dispatchEvents(parts, { suspectFirst, signal, onProgress: () => heartbeat() });
          suspectFirst = !suspectFirst;
          if (rows.length === 0) await wait(LOOK_EVERY_MS, signal);
        }
      });
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
