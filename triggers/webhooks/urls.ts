/** URLs that others call; whoever sees one knows its secret. */
import type { TriggerType } from '../types.ts';

/** Whether each trigger of the type has a URL of its own, and a secret in it. */
export function hasUrl(type: TriggerType): boolean {
  return type === 'webhook' || type === 'always-pass';
}

/** Of a trigger. */
export function webhookUrl(publicUrl: string, trigger: string, secret: string): string {
  return `${publicUrl}/webhooks/${encodeURIComponent(trigger)}/${encodeURIComponent(secret)}`;
}

/** Of Halo's webhook on a connection. */
export function haloWebhookUrl(publicUrl: string, connection: string, secret: string): string {
  return `${publicUrl}/halo/${encodeURIComponent(connection)}/${encodeURIComponent(secret)}`;
}
