import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { haloWebhooks, subscriptions } from '../../store/schema/triggers.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_TRIGGER } from '../demo.ts';

const LOOK_EVERY_MS = 100;
/** Polls find everything without Halo's webhook, only later. */
const WEBHOOK_WITHIN_MS = 10_000;

/** Until the demo's feed knows which tickets were there before, which fire nothing, and Halo calls when there is a new one. */
export async function untilWatched(store: Store): Promise<void> {
  const deadline = performance.now() + WEBHOOK_WITHIN_MS;
  for (;;) {
    const { subscription, webhook } = await retrying(() => look(store));
    if (subscription && subscription.baseline !== null && (webhook?.webhook || performance.now() > deadline))
      return;
    await sleep(LOOK_EVERY_MS);
  }
}

async function look({ db }: Store) {
  const [subscription] = await db.select().from(subscriptions).where(eq(subscriptions.trigger, DEMO_TRIGGER));
  const [webhook] = await db.select().from(haloWebhooks);
  return { subscription, webhook };
}
