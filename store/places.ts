/** Every column with sealed texts, and the expression for the key of its rows. */
export const PLACES = [
  { what: 'connection', table: 'connections', column: 'sealed_secret', key: 'id' },
  { what: 'trigger', table: 'triggers', column: 'sealed_secret', key: 'id' },
  { what: 'halo webhook', table: 'halo_webhooks', column: 'sealed_secret', key: 'connection' },
  { what: 'variable', table: 'variables', column: 'sealed_value', key: "organization || '/' || name" },
] as const;
