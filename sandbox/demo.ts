/** What the two demo tenants are called and how to get in. Ids that configurations and tests rely on are here. */
export interface DemoTenant {
  readonly name: string;
  /** The value of `tenant` at the token endpoint. */
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How many agents `GET /Agent` lists. */
  readonly agents: number;
}

export const DEMO_TENANTS = [
  {
    name: 'northwind',
    tenant: 'northwind',
    clientId: 'de300000-0000-4000-8000-000000000001',
    clientSecret: 'demo0001-not-a-secret-northwind-demo0001-not-a-secret-northwind',
    agents: 14,
  },
  {
    name: 'globex',
    tenant: 'globex',
    clientId: 'de300000-0000-4000-8000-000000000002',
    clientSecret: 'demo0002-not-a-secret-globex-demo0002-not-a-secret-globex',
    agents: 5,
  },
] as const satisfies readonly DemoTenant[];

/** Ids of Halo clients on the tenant northwind. */
export const NORTHWIND_CLIENTS = {
  unknown: 1,
  /** The MSP itself. */
  northwind: 2,
  acme: 12,
  globex: 13,
  initech: 14,
} as const;
