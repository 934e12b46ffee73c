/** The activities behind a cron trigger: its event at a nominal time, and the end of the run that came of it. */
import { activityInfo } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { and, eq } from 'drizzle-orm';
import { insertEvents } from '../triggers/events.ts';
import type { CronTime } from '../triggers/workflows/cron.ts';
import { events } from '../store/schema/events.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { again } from './feedPoll.ts';

type CronActivity = (time: CronTime) => Promise<void>;

const FIRST_LOOK_MS = 500;
const LOOK_EVERY_MS = 10_000;

const keyOf = ({ scheduledAt }: CronTime): string => `cron/${scheduledAt}`;

/** `cron.fire`, `cron.ended` and `cron.end`, as triggers/workflows/cron.ts describes them. */
export function createCron({
  store,
  client,
}: {
  readonly store: Store;
  readonly client: Client;
}): Readonly<Record<'cron.fire' | 'cron.ended' | 'cron.end', CronActivity>> {
  const eventOf = async ({ trigger }: CronTime, key: string) => {
    const isIt = and(eq(events.trigger, trigger), eq(events.key, key));
    const [event] = await retrying(() => store.db.select().from(events).where(isIt));
    return event;
  };

  /** The run while it goes on; null when there is none any more. */
  async function openRun(time: CronTime): Promise<WorkflowHandle | null> {
    const event = await eventOf(time, keyOf(time));
    if (event?.status === 'pending') throw notYet();
    const workflowId = event?.workflowId ?? null;
    if (workflowId === null) return null;
    const handle = client.workflow.getHandle(workflowId);
    try {
      return (await handle.describe()).status.name === 'RUNNING' ? handle : null;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  return {
    async 'cron.fire'(time) {
      const payload = { scheduled_at: time.scheduledAt, fired_at: new Date().toISOString() };
      const event = { trigger: time.trigger, key: keyOf(time), source: 'cron' as const, payload };
      await retrying(() => insertEvents(store.db, [event]));
    },
    async 'cron.ended'(time) {
      if (await openRun(time)) throw notYet();
    },
    async 'cron.end'(time) {
      const run = await openRun(time);
      if (!run) return;
      await (time.ends === 'cancel' ? run.cancel() : run.terminate('the next time of its trigger has come'));
      throw notYet();
    },
  };
}

const notYet = (): Error =>
  again(
    'RunGoesOn',
    'waiting for the run to end',
    Math.min(LOOK_EVERY_MS, FIRST_LOOK_MS * 2 ** Math.min(10, activityInfo().attempt - 1)),
  );
