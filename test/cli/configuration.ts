/** A configuration of one's own, on a sandbox: two roots, a client's client, a disabled one, one without credentials. */
import { stringify } from 'yaml';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';

/** Where the secrets of {@link ownFile} are looked up. */
export const SECRET = 'OWN_SECRET';

interface OwnFile {
  readonly organizations: Record<string, object>;
  readonly connections: Record<string, object>;
  readonly mappings: Record<string, Record<string, object>>;
}

export function ownConfiguration(tenant: SandboxTenant): OwnFile {
  const { baseUrl, authUrl, clientId } = tenant;
  const connection = {
    resourceServer: `${baseUrl}/api/`,
    authServer: authUrl,
    tenant: tenant.tenant,
    clientId,
    clientSecret: `\${${SECRET}}`,
  };
  return {
    organizations: {
      umbrella: { name: 'Umbrella MSP' },
      tyrell: { name: 'Tyrell', parent: 'umbrella', tags: ['gold'] },
      'tyrell-lab': { name: 'Tyrell Lab', parent: 'tyrell' },
      hooli: { name: 'Hooli', parent: 'umbrella', enabled: false },
      soylent: { name: 'Soylent', parent: 'umbrella' },
      wonka: { name: 'Wonka MSP' },
    },
    connections: {
      'umbrella-halo': { organization: 'umbrella', ...connection },
      'wonka-halo': { organization: 'wonka', default: true, ...connection },
      'wonka-test': { organization: 'wonka', ...connection },
    },
    mappings: { 'umbrella-halo': { tyrell: { client: 12 }, 'tyrell-lab': { client: 13 } } },
  };
}

export const toYaml = (file: object): string => stringify(file);
