/** URLs that others call; whoever sees one knows its secret. */

/** Of a webhook trigger. */
export function webhookUrl(publicUrl: string, trigger: string, secret: string): string {
  return `${publicUrl}/webhooks/${encodeURIComponent(trigger)}/${encodeURIComponent(secret)}`;
}

/** Of Halo's webhook on a connection. */
export function haloWebhookUrl(publicUrl: string, connection: string, secret: string): string {
  return `${publicUrl}/halo/${encodeURIComponent(connection)}/${encodeURIComponent(secret)}`;
}
