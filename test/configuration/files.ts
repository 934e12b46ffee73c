/** Configuration files for tests. */
import { ConfigurationError } from '../../errors.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';

export const env = {
  NORTHWIND_CLIENT_ID: 'northwind-client-id',
  NORTHWIND_CLIENT_SECRET: 'northwind-secret-value',
  GLOBEX_CLIENT_ID: 'globex-client-id',
  GLOBEX_CLIENT_SECRET: 'globex-secret-value',
};

/** The example of the documentation. */
export const example = `organizations:
  northwind: { name: Northwind MSP }
  acme: { name: Acme, parent: northwind, tags: [gold] }
  globex: { name: Globex, parent: northwind }
  initech: { name: Initech, parent: northwind, enabled: true }
connections:
  northwind-halo:
    organization: northwind
    default: true
    resourceServer: northwind.halopsa.com
    authServer: northwind.halopsa.com/auth
    tenant: northwind
    onPremise: false
    clientId: \${NORTHWIND_CLIENT_ID}
    clientSecret: \${NORTHWIND_CLIENT_SECRET}
    scope: all
    rateLimit: { requests: 300, perSeconds: 300 }
  globex-halo: { organization: globex, resourceServer: globex.halopsa.com, clientId: \${GLOBEX_CLIENT_ID}, clientSecret: \${GLOBEX_CLIENT_SECRET} }
mappings:
  northwind-halo:
    northwind: { client: 1 }
    acme: { client: 12, contact: 5, site: 6, use: true }
`;

/** As halo's: good enough to see that it is asked. */
function normaliseServer(text: string): string {
  if (!/^[a-z0-9.:/-]+$/.test(text)) throw new Error(`"${text}" is not an address`);
  return `https://${text}`;
}

/** Those of the bundle, as far as these tests name them. */
const workflowNames = async (): Promise<readonly string[]> => [
  'listAgents',
  'openTicketsReport',
  'triageNewTicket',
];

export function fileOf(text: string, more: Partial<ConfigurationFile> = {}): ConfigurationFile {
  return { file: 'my.yaml', text, env, normaliseServer, workflowNames, ...more };
}

/** The lines that a refused file gets, without the first. */
export async function problemsOf(refused: Promise<unknown>): Promise<string[]> {
  try {
    await refused;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error('the file was not refused');
}

/** The example's organizations and connections, and triggers below them from line 23 on. */
export const withTriggers = (yaml: string): string => `${example}triggers:\n${yaml}`;

/** A trigger of the MSP in one line. */
export const trigger = (
  keys: string,
  { id = 't', type = 'always-pass', workflow = 'listAgents' } = {},
): string =>
  `  ${id}: { organization: northwind, type: ${type}, workflow: ${workflow}${keys === '' ? '' : `, ${keys}`} }\n`;

/**
 * Organizations as `slug: parent`, connections as `id: organization*` (* default), mappings as `client organization`.
 */
export function fileWith(parts: {
  organizations: Record<string, string | null>;
  connections?: Record<string, string>;
  mappings?: Record<string, string[]>;
}): string {
  const lines = ['organizations:'];
  for (const [slug, parent] of Object.entries(parts.organizations)) {
    lines.push(`  ${slug}: { name: ${slug.toUpperCase()}${parent === null ? '' : `, parent: ${parent}`} }`);
  }
  lines.push('connections:');
  for (const [id, owner] of Object.entries(parts.connections ?? {})) {
    const starred = owner.endsWith('*');
    lines.push(
      `  ${id}: { organization: ${owner.replace('*', '')}, resourceServer: h, clientId: c, ` +
        `clientSecret: '\${GLOBEX_CLIENT_SECRET}'${starred ? ', default: true' : ''} }`,
    );
  }
  lines.push('mappings:');
  for (const [on, clients] of Object.entries(parts.mappings ?? {})) {
    lines.push(
      `  ${on}:`,
      ...clients.map((pair) => `    ${pair.split(' ')[1]}: { client: ${pair.split(' ')[0]} }`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** One on records of Halo. */
export const records = (keys: string): string => trigger(keys, { type: 'new-ticket-record' });
