/** Halo's own webhook on the connection of a trigger that listens to it: how it is doing, and the URL that Halo calls. */
import { eq } from 'drizzle-orm';
import { apiAddress } from '../../home/apiAddress.ts';
import { haloWebhooks } from '../../store/schema/triggers.ts';
import { unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import type { Trigger } from '../../triggers/types.ts';
import { haloWebhookUrl } from '../../triggers/webhooks/urls.ts';
import { moment } from '../when.ts';

/** A webhook as its row has it; null columns before `haloflow start` has looked after it. */
export type HaloWebhookRow = typeof haloWebhooks.$inferSelect;

/** Null for a trigger that hears nothing of Halo's webhook, and before `haloflow start` has made a row. */
export async function haloWebhookOf(
  store: Store,
  { type, parameters }: Trigger,
  connection: string | null,
): Promise<HaloWebhookRow | null> {
  if (connection === null || (type !== 'halo-event' && parameters['webhook'] !== true)) return null;
  const [row] = await store.db.select().from(haloWebhooks).where(eq(haloWebhooks.connection, connection));
  return row ?? null;
}

/** What Halo calls; it holds the secret. */
export async function haloUrlOf(store: Store, { connection, sealedSecret }: HaloWebhookRow): Promise<string> {
  const { publicUrl } = await apiAddress();
  return haloWebhookUrl(publicUrl, connection, await unseal(store.key, sealedSecret));
}

export function haloWebhookDocument(row: HaloWebhookRow | null): object | null {
  if (row === null) return null;
  const { webhook, events, checkedAt, receivedAt, repairs, error } = row;
  return { webhook, events, checkedAt: moment(checkedAt), receivedAt: moment(receivedAt), repairs, error };
}

export function haloWebhookText({ webhook, checkedAt, receivedAt, repairs, error }: HaloWebhookRow): string {
  const state = webhook === null ? 'there is none in Halo' : `set up in Halo, repaired ${repairs} times`;
  const looked = `last look ${moment(checkedAt)}, last delivery ${moment(receivedAt)}`;
  return [state, looked, ...(error === null ? [] : [error])].join('\n');
}
