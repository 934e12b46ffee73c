/** The installation that the campaign disturbs, as a file for `haloflow apply`. */
import { stringify } from 'yaml';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import { DELIVERIES } from './disturbances/hostileTexts.ts';
import { GOLD } from './disturbances/neighbour.ts';
import { ROAMING } from './disturbances/roaming.ts';
import { ALERT, CLIENTS } from './people.ts';

/** A limit that is not what is tested here. */
export const RATE = { requests: 3_000, perSeconds: 10 };

export interface Tenants {
  /** The Halo of the MSP, where people work. */
  readonly home: SandboxTenant;
  /** Another Halo of it, as for tests. */
  readonly away: SandboxTenant;
}

const HOME_SECRET = 'FAULTS_SECRET';
const AWAY_SECRET = 'FAULTS_AWAY_SECRET';

export const secretsOf = ({ home, away }: Tenants): Record<string, string> => ({
  [HOME_SECRET]: home.clientSecret,
  [AWAY_SECRET]: away.clientSecret,
});

const connection = (
  { baseUrl, authUrl, tenant, clientId }: SandboxTenant,
  secret: string,
  writeSettleSeconds: number,
) => ({
  organization: 'northwind',
  resourceServer: baseUrl,
  authServer: authUrl,
  tenant,
  clientId,
  clientSecret: `\${${secret}}`,
  rateLimit: RATE,
  writeSettleSeconds,
});

/** `settleSeconds`: for how long after a request was cut off a Halo may still be at it. */
export function configurationOf({ home, away }: Tenants, settleSeconds: number): string {
  const followUp = {
    organization: 'northwind',
    type: 'new-ticket-record',
    workflow: 'followUp',
    runFor: { owner: true, allClients: true },
    overrides: { halo: { use: 'mapping' } },
    criteria: { field: 'ticket.summary', startsWith: `${ALERT} ` },
    parameters: { everySeconds: 10 },
  };
  const clients = Object.keys(CLIENTS).filter((slug) => slug !== 'northwind');
  return stringify({
    organizations: {
      northwind: { name: 'Northwind MSP' },
      ...Object.fromEntries(
        clients.map((slug) => [
          slug,
          { name: slug, parent: 'northwind', ...(slug === GOLD.organization ? { tags: [GOLD.tag] } : {}) },
        ]),
      ),
    },
    connections: {
      [ROAMING.home]: { ...connection(home, HOME_SECRET, settleSeconds), default: true },
      [ROAMING.away]: { ...connection(away, AWAY_SECRET, settleSeconds), catchAll: 'northwind' },
    },
    mappings: {
      [ROAMING.home]: Object.fromEntries(Object.entries(CLIENTS).map(([slug, client]) => [slug, { client }])),
    },
    triggers: {
      triage: { ...followUp, workflow: 'triageNewTicket', criteria: undefined },
      'follow-up': followUp,
      'follow-up-again': followUp,
      [ROAMING.trigger]: {
        ...followUp,
        workflow: ROAMING.workflow,
        connection: ROAMING.away,
        runAs: 'owner',
        overrides: { halo: { use: 'connection', connection: ROAMING.away } },
        criteria: { field: 'ticket.summary', startsWith: ROAMING.word },
      },
      [GOLD.trigger]: {
        organization: 'northwind',
        type: 'cron',
        workflow: GOLD.workflow,
        runFor: { owner: false, tags: [GOLD.tag] },
        parameters: { everySeconds: 10 },
      },
      [DELIVERIES.trigger]: {
        organization: 'northwind',
        type: 'webhook',
        workflow: DELIVERIES.workflow,
        runAs: 'owner',
        parameters: { deliveryKey: { headers: ['idempotency-key'] } },
      },
    },
  });
}
