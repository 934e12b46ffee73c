import { readConfiguration } from '../organizations/configuration.ts';
import type { Configuration, Organization, Overrides } from '../organizations/types.ts';
import { retrying } from '../store/store.ts';
import { withDemo } from './demo.ts';
import { demandHere } from './here.ts';
import { Interrupted } from './interrupt.ts';
import { errorDocument } from './outcome.ts';
import type { ErrorDocument, Outcome } from './outcome.ts';
import { ownerOf } from './override.ts';
import { finishRun } from './run.ts';
import { withStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { tellIfSlow } from './slow.ts';
import { table } from './table.ts';

interface SmokeRow {
  readonly organization: string;
  readonly level: 'msp' | 'client';
  readonly connection: string | null;
  readonly because: string | null;
  readonly agents: number | null;
  readonly status: 'ok' | 'not installed' | 'failed';
  readonly error: ErrorDocument | null;
  readonly workflowId: string | null;
  readonly ms: number;
}

/** Enough to be quick with many clients, few enough not to look like a load test to a real Halo. */
const AT_A_TIME = 8;

/** An organization with a connection of its own uses that; any other one needs its mapping. */
const overridesFor = (configuration: Configuration, { slug }: Organization): Overrides =>
  configuration.connections.some((connection) => connection.organization === slug)
    ? {}
    : { halo: { use: 'mapping' } };

async function listAgents(
  stack: Stack,
  configuration: Configuration,
  organization: Organization,
): Promise<SmokeRow> {
  const { slug, parent } = organization;
  const nothing = { connection: null, because: null, agents: null } as const;
  const who = { organization: slug, level: parent === null ? 'msp' : 'client' } as const;
  const began = performance.now();
  try {
    const { output, error, notInstalled, connection, because, workflowId, ms } = await finishRun(
      stack,
      configuration,
      {
        workflow: 'listAgents',
        args: [],
        organization: slug,
        owner: ownerOf(configuration, { org: slug }),
        overrides: overridesFor(configuration, organization),
        startedBy: 'smoke',
      },
      { action: 'smoke', object: `organization ${slug}` },
    );
    if (notInstalled) return { ...who, ...nothing, status: 'not installed', error, workflowId, ms };
    if (error) return { ...who, connection, because, agents: null, status: 'failed', error, workflowId, ms };
    const { agents } = output as { agents: number };
    return { ...who, connection, because, agents, status: 'ok', error, workflowId, ms };
  } catch (cause) {
    if (cause instanceof Interrupted) throw cause;
    const ms = Math.round(performance.now() - began);
    return { ...who, ...nothing, status: 'failed', error: errorDocument(cause), workflowId: null, ms };
  }
}

/** Parents before their children, so that the MSP comes first. */
function inTreeOrder(configuration: Configuration): readonly Organization[] {
  const below = (parent: string | null): readonly Organization[] =>
    configuration.organizations
      .filter((organization) => organization.parent === parent)
      .flatMap((organization) => [organization, ...below(organization.slug)]);
  return below(null);
}

async function listEverywhere(stack: Stack): Promise<readonly SmokeRow[]> {
  const configuration = await retrying(() => readConfiguration(stack.store));
  const organizations = inTreeOrder(configuration).filter((organization) => organization.enabled);
  const rows: SmokeRow[] = [];
  const waiting = organizations.entries();
  const take = async (): Promise<void> => {
    for (const [index, organization] of waiting)
      rows[index] = await listAgents(stack, configuration, organization);
  };
  // All of them, also after one is interrupted: each ends its own run.
  const ends = await Promise.allSettled(Array.from({ length: AT_A_TIME }, take));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return rows;
}

function render(rows: readonly SmokeRow[]): string {
  const lines = rows.map((row) => [
    row.organization,
    row.level,
    row.connection ?? '-',
    row.because ?? '-',
    row.agents ?? '-',
    row.ms,
    row.workflowId ?? '-',
  ]);
  const notes = rows
    .filter((row) => row.error !== null)
    .map((row) =>
      row.status === 'failed'
        ? `failed: ${row.organization}: ${row.error?.type}: ${row.error?.message}`
        : `warning: ${row.error?.message}`,
    );
  const drawn = table(
    ['organization', 'level', 'connection', 'because', 'agents', 'ms', 'workflow id'],
    lines,
  );
  return [drawn, ...notes].join('\n\n');
}

/** What `haloflow smoke` does. */
export async function smokeTest(): Promise<Outcome> {
  demandHere('smoke');
  const rows = await withStack({ worker: 'missing' }, (stack) =>
    withDemo(stack.store, () => tellIfSlow('waiting for Halo …', listEverywhere(stack))),
  );
  const ok = rows.every((row) => row.status !== 'failed');
  return { ok, json: { ok, rows }, text: render(rows) };
}
