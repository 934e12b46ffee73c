/** Small configurations in memory for tests of the pure parts. */
import type { Configuration, Connection, Mapping, Organization } from '../../organizations/types.ts';

export function organization(slug: string, more: Partial<Organization> = {}): Organization {
  const name = slug[0]?.toUpperCase() + slug.slice(1);
  return { slug, name, parent: null, tags: [], enabled: true, ...more };
}

export function connection(id: string, owner: string, more: Partial<Connection> = {}): Connection {
  return {
    id,
    organization: owner,
    isDefault: true,
    enabled: true,
    resourceServer: `https://${id}.example.com`,
    authServer: null,
    tenant: null,
    onPremise: false,
    clientId: 'client',
    sealedSecret: 'sealed',
    scope: 'all',
    rateRequests: 300,
    ratePerSeconds: 300,
    ...more,
  };
}

export function mapping(on: string, of: string, client: number, more: Partial<Mapping> = {}): Mapping {
  return { connection: on, organization: of, client, use: false, contact: null, site: null, ...more };
}

/**
 * northwind, an MSP with two connections, over acme (mapped), globex (its own connection, mapped too) and initech
 * (neither); acme has a department, labs. wayne is another MSP beside northwind.
 */
export function northwind(more: Partial<Configuration> = {}): Configuration {
  return {
    version: 1,
    organizations: [
      organization('northwind'),
      organization('acme', { parent: 'northwind' }),
      organization('labs', { parent: 'acme' }),
      organization('globex', { parent: 'northwind' }),
      organization('initech', { parent: 'northwind' }),
      organization('dormant', { parent: 'northwind', enabled: false }),
      organization('wayne'),
    ],
    connections: [
      connection('northwind-halo', 'northwind'),
      connection('northwind-lab', 'northwind', { isDefault: false }),
      connection('globex-halo', 'globex'),
      connection('wayne-halo', 'wayne'),
    ],
    mappings: [mapping('northwind-halo', 'acme', 12), mapping('northwind-lab', 'globex', 7)],
    ...more,
  };
}
